/* SPDX-License-Identifier: Apache-2.0
 * Parts of the limits' coefficients on one coordinate, and the checks of their parameters. Include after real.h. */
#ifndef OPTCERT_LIMIT_ELEMENT_H
#define OPTCERT_LIMIT_ELEMENT_H
#include "optcert/limit.h"

#include "check.h"

#ifdef __FRAMAC__
#include "limit.acsl"
#endif

#include <math.h>

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(PositiveParameter)(x); */
static inline bool OC_NAME(oc_positive_parameter)(double x)
{
    return x <= 0x1.fffffffffffffp1023 && OC_NAME(oc_positive)((OC_REAL)x);
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(NonnegativeParameter)(x); */
static inline bool OC_NAME(oc_nonnegative_parameter)(double x)
{
    return 0.0 <= x && OC_NAME(oc_nonnegative)((OC_REAL)x);
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures preconditioner: Same(\result, OC_NAME(Preconditioner)(sigma0, eps0, u)); */
static inline OC_REAL OC_NAME(oc_preconditioner)(OC_REAL sigma0, OC_REAL eps0, OC_REAL u)
{
    const OC_REAL r = OC_SQRT(u);
    const OC_REAL s = sigma0 * r;
    return s + eps0;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures relax: Same(\result, OC_NAME(RelaxU)(c2, sd, u)); */
static inline OC_REAL OC_NAME(oc_relax_u)(OC_REAL c2, OC_REAL sd, OC_REAL u)
{
    const OC_REAL variance = sd * sd;
    const OC_REAL gap = variance - u;
    return c2 * gap;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures minus: Same(\result, OC_NAME(Minus)(x)); */
static inline OC_REAL OC_NAME(oc_minus)(OC_REAL x)
{
    return (OC_REAL)0.0 - x;
}

#endif
