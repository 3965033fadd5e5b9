/* SPDX-License-Identifier: Apache-2.0
 * What a hyper-parameter must satisfy, in binary64 and after rounding to the working format. Include after real.h. */
#ifndef OPTCERT_CHECK_H
#define OPTCERT_CHECK_H
#include "optcert/hyper.h"

#include <stdbool.h>

/* finite and > 0 */
static inline bool OC_NAME(oc_positive)(OC_REAL x)
{
    return (OC_REAL)0.0 < x && x <= OC_MAX;
}

/* finite and >= 0 */
static inline bool OC_NAME(oc_nonnegative)(OC_REAL x)
{
    return (OC_REAL)0.0 <= x && x <= OC_MAX;
}

static inline bool OC_NAME(oc_lr_ok)(double lr)
{
    return lr <= 0x1.fffffffffffffp1023 && OC_NAME(oc_positive)((OC_REAL)lr);
}

static inline bool OC_NAME(oc_beta_ok)(double beta)
{
    return 0.0 <= beta && beta < 1.0 && (OC_REAL)beta < (OC_REAL)1.0;
}

static inline bool OC_NAME(oc_eps_ok)(double eps, unsigned flags)
{
    return 0.0 <= eps && eps <= 0x1.fffffffffffffp1023 &&
           (OC_NAME(oc_positive)((OC_REAL)eps) ||
            (OC_NAME(oc_nonnegative)((OC_REAL)eps) && (flags & OC_ALLOW_ZERO_EPS) != 0u));
}

#endif
