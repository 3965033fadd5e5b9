/* SPDX-License-Identifier: Apache-2.0
 * AdamW: see optcert/adamw.h. */
#include "optcert/adamw.h"

#include "real.h"

#include "adam_element.h"
#include "check.h"
#include "element.h"

oc_status OC_NAME(oc_adamw_plan_init)(OC_NAME(oc_adamw_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    OC_NAME(oc_adam_plan) adam;
    const oc_status status = OC_NAME(oc_adam_plan_init)(&adam, hyper);
    if (status != OC_OK) {
        return status;
    }
    const double decay = hyper->lr * hyper->weight_decay;
    if (!OC_NAME(oc_decay_ok)(hyper->lr, hyper->weight_decay)) {
        return OC_ERR_WEIGHT_DECAY;
    }
    plan->adam = adam;
    plan->decay = (OC_REAL)decay;
    return OC_OK;
}

oc_status OC_NAME(oc_adamw_coef_at)(const OC_NAME(oc_adamw_plan) *plan, uint64_t k,
                                    OC_NAME(oc_adamw_coef) *coef)
{
    if (plan == NULL || coef == NULL) {
        return OC_ERR_NULL;
    }
    OC_NAME(oc_adam_coef) adam;
    const oc_status status = OC_NAME(oc_adam_coef_at)(&plan->adam, k, &adam);
    if (status == OC_OK) {
        coef->adam = adam;
        coef->decay = plan->decay;
    }
    return status;
}

void OC_NAME(oc_adamw_step)(const OC_NAME(oc_adamw_coef) *coef, size_t n, OC_REAL *restrict theta,
                            OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    const OC_NAME(oc_adam_coef) c = coef->adam;
    const OC_REAL decay = coef->decay;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant m_done: \forall integer j; 0 <= j < i ==>
          Same(m[j], OC_NAME(AdamM)(c.beta1, c.weight1, \at(m[j], Pre), \at(grad[j], Pre)));
        loop invariant v_done: \forall integer j; 0 <= j < i ==>
          Same(v[j], OC_NAME(AdamV)(c.beta2, c.weight2, \at(v[j], Pre), \at(grad[j], Pre)));
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(AdamwTheta)(decay, c.step_size, c.inv_root, c.eps, \at(theta[j], Pre),
                OC_NAME(AdamM)(c.beta1, c.weight1, \at(m[j], Pre), \at(grad[j], Pre)),
                OC_NAME(AdamV)(c.beta2, c.weight2, \at(v[j], Pre), \at(grad[j], Pre))));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j],
              Pre)) && Same(m[j], \at(m[j], Pre)) && Same(v[j], \at(v[j], Pre));
        loop assigns i, theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = OC_NAME(oc_mix)(c.beta1, c.weight1, m[i], grad[i]);
        v[i] = OC_NAME(oc_second_moment)(c.beta2, c.weight2, v[i], grad[i]);
        const OC_REAL t = OC_NAME(oc_descend)(decay, theta[i], theta[i]);
        theta[i] = OC_NAME(oc_adam_theta)(c.step_size, c.inv_root, c.eps, t, m[i], v[i]);
    }
}
