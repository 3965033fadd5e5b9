/* SPDX-License-Identifier: Apache-2.0
 * One coordinate of the updates, one rounding per statement. Include after real.h. */
#ifndef OPTCERT_ELEMENT_H
#define OPTCERT_ELEMENT_H
#ifdef __FRAMAC__
#include "element.acsl"
#endif

#include <math.h>

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures descend: Same(\result, OC_NAME(Descend)(step, x, d)); */
static inline OC_REAL OC_NAME(oc_descend)(OC_REAL step, OC_REAL x, OC_REAL d)
{
    const OC_REAL p = step * d;
    return x - p;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures mix: Same(\result, OC_NAME(Mix)(p, q, x, y)); */
static inline OC_REAL OC_NAME(oc_mix)(OC_REAL p, OC_REAL q, OC_REAL x, OC_REAL y)
{
    const OC_REAL a = p * x;
    const OC_REAL b = q * y;
    return a + b;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures second_moment: Same(\result, OC_NAME(SecondMoment)(beta2, weight2, v, g)); */
static inline OC_REAL OC_NAME(oc_second_moment)(OC_REAL beta2, OC_REAL weight2, OC_REAL v, OC_REAL g)
{
    const OC_REAL gg = g * g;
    return OC_NAME(oc_mix)(beta2, weight2, v, gg);
}

#endif
