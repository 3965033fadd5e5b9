/* SPDX-License-Identifier: Apache-2.0
 * Stochastic variance amplified gradient: see optcert/svag.h. */
#include "optcert/svag.h"

#include "real.h"

#include "element.h"

oc_status OC_NAME(oc_svag_coef_init)(OC_NAME(oc_svag_coef) *coef, double l)
{
    if (coef == NULL) {
        return OC_ERR_NULL;
    }
    if (!(1.0 <= l && l <= 0x1p26)) {
        return OC_ERR_RANGE;
    }
    const double ll = l * l;
    const double twice = ll + ll;
    const double radicand = twice - 1.0;
    const double root = sqrt(radicand);
    const double sum = 1.0 + root;
    const double difference = 1.0 - root;
    const double r1 = 0.5 * sum;
    const double r2 = 0.5 * difference;
    coef->r1 = (OC_REAL)r1;
    coef->r2 = (OC_REAL)r2;
    return OC_OK;
}

void OC_NAME(oc_svag_mix)(const OC_NAME(oc_svag_coef) *coef, size_t n, OC_REAL *restrict grad,
                          const OC_REAL *restrict grad1, const OC_REAL *restrict grad2)
{
    const OC_REAL r1 = coef->r1;
    const OC_REAL r2 = coef->r2;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant grad_done: \forall integer j; 0 <= j < i ==>
          Same(grad[j], OC_NAME(SvagMix)(r1, r2, grad1[j], grad2[j]));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(grad[j], \at(grad[j], Pre));
        loop assigns i, grad[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        grad[i] = OC_NAME(oc_mix)(r1, r2, grad1[i], grad2[i]);
    }
}
