/* SPDX-License-Identifier: Apache-2.0
 * theta of Adam, given the new moments. Include after real.h. */
#ifndef OPTCERT_ADAM_ELEMENT_H
#define OPTCERT_ADAM_ELEMENT_H
#include <math.h>

/* t - step_size * m / (sqrt(v) * inv_root + eps) */
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
