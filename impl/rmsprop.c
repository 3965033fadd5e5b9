/* SPDX-License-Identifier: Apache-2.0
 * RMSprop with the old second moment in the denominator: see optcert/rmsprop.h. */
#include "optcert/rmsprop.h"

#include "real.h"

#include "check.h"
#include "element.h"
#include "rmsprop_element.h"

oc_status OC_NAME(oc_rmsprop_plan_init)(OC_NAME(oc_rmsprop_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_lr_ok)(hyper->lr)) {
        return OC_ERR_LR;
    }
    if (!OC_NAME(oc_beta_ok)(hyper->beta2)) {
        return OC_ERR_BETA2;
    }
    if (!OC_NAME(oc_eps_ok)(hyper->eps, hyper->flags)) {
        return OC_ERR_EPS;
    }
    const double weight2 = 1.0 - hyper->beta2;
    plan->lr = (OC_REAL)hyper->lr;
    plan->beta2 = (OC_REAL)hyper->beta2;
    plan->weight2 = (OC_REAL)weight2;
    plan->eps = (OC_REAL)hyper->eps;
    return OC_OK;
}

void OC_NAME(oc_rmsprop_step)(const OC_NAME(oc_rmsprop_plan) *plan, size_t n, OC_REAL *restrict theta,
                              OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    const OC_REAL lr = plan->lr;
    const OC_REAL beta2 = plan->beta2;
    const OC_REAL weight2 = plan->weight2;
    const OC_REAL eps = plan->eps;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant v_done: \forall integer j; 0 <= j < i ==>
          Same(v[j], OC_NAME(RmspropV)(beta2, weight2, \at(v[j], Pre), \at(grad[j], Pre)));
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(RmspropTheta)(lr, eps, \at(theta[j], Pre), \at(v[j], Pre), \at(grad[j],
                Pre)));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j],
              Pre)) && Same(v[j], \at(v[j], Pre));
        loop assigns i, theta[0 .. n-1], v[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        theta[i] = OC_NAME(oc_rmsprop_theta)(lr, eps, theta[i], v[i], grad[i]);
        v[i] = OC_NAME(oc_second_moment)(beta2, weight2, v[i], grad[i]);
    }
}
