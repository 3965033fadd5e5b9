/* SPDX-License-Identifier: Apache-2.0
 * One coordinate of the updates, one rounding per statement. Include after real.h. */
#ifndef OPTCERT_ELEMENT_H
#define OPTCERT_ELEMENT_H
#include <math.h>

/* x - step * d */
static inline OC_REAL OC_NAME(oc_descend)(OC_REAL step, OC_REAL x, OC_REAL d)
{
    const OC_REAL p = step * d;
    return x - p;
}

/* p * x + q * y */
static inline OC_REAL OC_NAME(oc_mix)(OC_REAL p, OC_REAL q, OC_REAL x, OC_REAL y)
{
    const OC_REAL a = p * x;
    const OC_REAL b = q * y;
    return a + b;
}

/* beta2 * v + weight2 * g^2 */
static inline OC_REAL OC_NAME(oc_second_moment)(OC_REAL beta2, OC_REAL weight2, OC_REAL v, OC_REAL g)
{
    const OC_REAL gg = g * g;
    return OC_NAME(oc_mix)(beta2, weight2, v, gg);
}

#endif
