/* SPDX-License-Identifier: Apache-2.0
 * RMSprop with the new second moment in the denominator: see optcert/rmsprop_newv.h. */
#include "optcert/rmsprop_newv.h"

#include "real.h"

#include "element.h"
#include "rmsprop_element.h"

oc_status OC_NAME(oc_rmsprop_newv_plan_init)(OC_NAME(oc_rmsprop_newv_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    OC_NAME(oc_rmsprop_plan) valid;
    const oc_status status = OC_NAME(oc_rmsprop_plan_init)(&valid, hyper);
    if (status == OC_OK) {
        *plan = valid;
    }
    return status;
}

void OC_NAME(oc_rmsprop_newv_step)(const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    const OC_REAL lr = plan->lr;
    const OC_REAL beta2 = plan->beta2;
    const OC_REAL weight2 = plan->weight2;
    const OC_REAL eps = plan->eps;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant v_done: \forall integer j; 0 <= j < i ==>
          Same(v[j], OC_NAME(RmspropV)(beta2, weight2, \at(v[j], Pre), \at(grad[j], Pre)));
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(RmspropNewvTheta)(lr, beta2, weight2, eps, \at(theta[j], Pre), \at(v[j],
                Pre), \at(grad[j], Pre)));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j],
              Pre)) && Same(v[j], \at(v[j], Pre));
        loop assigns i, theta[0 .. n-1], v[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        v[i] = OC_NAME(oc_second_moment)(beta2, weight2, v[i], grad[i]);
        theta[i] = OC_NAME(oc_rmsprop_theta)(lr, eps, theta[i], v[i], grad[i]);
    }
}
