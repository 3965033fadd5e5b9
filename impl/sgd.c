/* SPDX-License-Identifier: Apache-2.0
 * Stochastic gradient descent: see optcert/sgd.h. */
#include "optcert/sgd.h"

#include "real.h"

#include "check.h"
#include "element.h"

oc_status OC_NAME(oc_sgd_plan_init)(OC_NAME(oc_sgd_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_lr_ok)(hyper->lr)) {
        return OC_ERR_LR;
    }
    plan->lr = (OC_REAL)hyper->lr;
    return OC_OK;
}

void OC_NAME(oc_sgd_step)(const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *restrict theta,
                          const OC_REAL *restrict grad)
{
    const OC_REAL lr = plan->lr;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(SgdTheta)(lr, \at(theta[j], Pre), \at(grad[j], Pre)));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j], Pre));
        loop assigns i, theta[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        theta[i] = OC_NAME(oc_descend)(lr, theta[i], grad[i]);
    }
}
