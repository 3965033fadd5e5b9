/* SPDX-License-Identifier: Apache-2.0
 * theta of Adam, given the new moments. Include after real.h. */
#ifndef OPTCERT_ADAM_ELEMENT_H
#define OPTCERT_ADAM_ELEMENT_H
#ifdef __FRAMAC__
#include "adam.acsl"
#endif

#include <math.h>

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures theta: Same(\result, OC_NAME(AdamTheta)(step_size, inv_root, eps, t, m, v)); */
static inline OC_REAL OC_NAME(oc_adam_theta)(OC_REAL step_size, OC_REAL inv_root, OC_REAL eps, OC_REAL t, OC_REAL m,
                                             OC_REAL v)
{
    const OC_REAL r = OC_SQRT(v);
    const OC_REAL s = r * inv_root;
    const OC_REAL d = s + eps;
    const OC_REAL p = step_size * m;
    const OC_REAL q = p / d;
    return t - q;
}

#endif
