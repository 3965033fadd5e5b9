/* SPDX-License-Identifier: Apache-2.0
 * Parts of the integrators' steps on one coordinate, one rounding per statement. Include after real.h. */
#ifndef OPTCERT_INTEGRATOR_H
#define OPTCERT_INTEGRATOR_H
#ifdef __FRAMAC__
#include "integrator.acsl"
#endif

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures drift: Same(\result, OC_NAME(Drift)(h, x, a)); */
static inline OC_REAL OC_NAME(oc_drift)(OC_REAL h, OC_REAL x, OC_REAL a)
{
    const OC_REAL p = a * h;
    return x + p;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures noise: Same(\result, OC_NAME(Noise)(root, b, z)); */
static inline OC_REAL OC_NAME(oc_noise)(OC_REAL root, OC_REAL b, OC_REAL z)
{
    const OC_REAL s = b * root;
    return s * z;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures square_less_one: Same(\result, OC_NAME(SquareLessOne)(z)); */
static inline OC_REAL OC_NAME(oc_square_less_one)(OC_REAL z)
{
    const OC_REAL zz = z * z;
    return zz - (OC_REAL)1.0;
}

#endif
