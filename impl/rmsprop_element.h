/* SPDX-License-Identifier: Apache-2.0
 * theta of RMSprop, given the second moment that divides. Include after real.h. */
#ifndef OPTCERT_RMSPROP_ELEMENT_H
#define OPTCERT_RMSPROP_ELEMENT_H
#ifdef __FRAMAC__
#include "rmsprop.acsl"
#endif

#include <math.h>

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures theta: Same(\result, OC_NAME(RmspropTheta)(lr, eps, t, v, g)); */
static inline OC_REAL OC_NAME(oc_rmsprop_theta)(OC_REAL lr, OC_REAL eps, OC_REAL t, OC_REAL v, OC_REAL g)
{
    const OC_REAL r = OC_SQRT(v);
    const OC_REAL d = r + eps;
    const OC_REAL p = lr * g;
    const OC_REAL q = p / d;
    return t - q;
}

#endif
