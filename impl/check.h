/* SPDX-License-Identifier: Apache-2.0
 * What a hyper-parameter must satisfy, in binary64 and after rounding to the working format. Include after real.h. */
#ifndef OPTCERT_CHECK_H
#define OPTCERT_CHECK_H
#include "optcert/hyper.h"

#ifdef __FRAMAC__
#include "hyper.acsl"
#endif

#include <stdbool.h>

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures positive: \result <==> OC_NAME(Positive)(x); */
static inline bool OC_NAME(oc_positive)(OC_REAL x)
{
    return (OC_REAL)0.0 < x && x <= OC_MAX;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures nonnegative: \result <==> OC_NAME(Nonnegative)(x); */
static inline bool OC_NAME(oc_nonnegative)(OC_REAL x)
{
    return (OC_REAL)0.0 <= x && x <= OC_MAX;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(LrOk)(lr); */
static inline bool OC_NAME(oc_lr_ok)(double lr)
{
    return lr <= 0x1.fffffffffffffp1023 && OC_NAME(oc_positive)((OC_REAL)lr);
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(BetaOk)(beta); */
static inline bool OC_NAME(oc_beta_ok)(double beta)
{
    return 0.0 <= beta && beta < 1.0 && (OC_REAL)beta < (OC_REAL)1.0;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(EpsOk)(eps, flags); */
static inline bool OC_NAME(oc_eps_ok)(double eps, unsigned flags)
{
    return 0.0 <= eps && eps <= 0x1.fffffffffffffp1023 &&
           (OC_NAME(oc_positive)((OC_REAL)eps) ||
            (OC_NAME(oc_nonnegative)((OC_REAL)eps) && (flags & OC_ALLOW_ZERO_EPS) != 0u));
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(DecayOk)(lr, weight_decay); */
static inline bool OC_NAME(oc_decay_ok)(double lr, double weight_decay)
{
    const double decay = lr * weight_decay;
    return 0.0 <= weight_decay && OC_NAME(oc_nonnegative)((OC_REAL)decay);
}

#endif
