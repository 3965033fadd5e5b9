/* SPDX-License-Identifier: Apache-2.0
 * Adam: see optcert/adam.h. */
#include "optcert/adam.h"
#include "optcert/one_minus_pow.h"

#include "real.h"

#include "adam_element.h"
#include "check.h"
#include "element.h"

oc_status OC_NAME(oc_adam_plan_init)(OC_NAME(oc_adam_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_lr_ok)(hyper->lr)) {
        return OC_ERR_LR;
    }
    if (!OC_NAME(oc_beta_ok)(hyper->beta1)) {
        return OC_ERR_BETA1;
    }
    if (!OC_NAME(oc_beta_ok)(hyper->beta2)) {
        return OC_ERR_BETA2;
    }
    if (!OC_NAME(oc_eps_ok)(hyper->eps, hyper->flags)) {
        return OC_ERR_EPS;
    }
    const double weight1 = 1.0 - hyper->beta1;
    const double weight2 = 1.0 - hyper->beta2;
    plan->lr64 = hyper->lr;
    plan->beta1_64 = hyper->beta1;
    plan->beta2_64 = hyper->beta2;
    plan->beta1 = (OC_REAL)hyper->beta1;
    plan->weight1 = (OC_REAL)weight1;
    plan->beta2 = (OC_REAL)hyper->beta2;
    plan->weight2 = (OC_REAL)weight2;
    plan->eps = (OC_REAL)hyper->eps;
    return OC_OK;
}

oc_status OC_NAME(oc_adam_coef_at)(const OC_NAME(oc_adam_plan) *plan, uint64_t k, OC_NAME(oc_adam_coef) *coef)
{
    if (plan == NULL || coef == NULL) {
        return OC_ERR_NULL;
    }
    if (k > OC_STEP_MAX) {
        return OC_ERR_STEP;
    }
    const double c1 = oc_one_minus_pow(plan->beta1_64, k + 1);
    const double c2 = oc_one_minus_pow(plan->beta2_64, k + 1);
    const double step_size = plan->lr64 / c1;
    const double root = sqrt(c2);
    const double inv_root = 1.0 / root;
    if (!OC_NAME(oc_positive)((OC_REAL)step_size) || !OC_NAME(oc_positive)((OC_REAL)inv_root)) {
        return OC_ERR_RANGE;
    }
    coef->beta1 = plan->beta1;
    coef->weight1 = plan->weight1;
    coef->beta2 = plan->beta2;
    coef->weight2 = plan->weight2;
    coef->eps = plan->eps;
    coef->step_size = (OC_REAL)step_size;
    coef->inv_root = (OC_REAL)inv_root;
    return OC_OK;
}

void OC_NAME(oc_adam_step)(const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *restrict theta,
                           OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    const OC_NAME(oc_adam_coef) c = *coef;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant m_done: \forall integer j; 0 <= j < i ==>
          Same(m[j], OC_NAME(AdamM)(c.beta1, c.weight1, \at(m[j], Pre), \at(grad[j], Pre)));
        loop invariant v_done: \forall integer j; 0 <= j < i ==>
          Same(v[j], OC_NAME(AdamV)(c.beta2, c.weight2, \at(v[j], Pre), \at(grad[j], Pre)));
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(AdamTheta)(c.step_size, c.inv_root, c.eps, \at(theta[j], Pre),
                OC_NAME(AdamM)(c.beta1, c.weight1, \at(m[j], Pre), \at(grad[j], Pre)),
                OC_NAME(AdamV)(c.beta2, c.weight2, \at(v[j], Pre), \at(grad[j], Pre))));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j],
              Pre)) && Same(m[j], \at(m[j], Pre)) && Same(v[j], \at(v[j], Pre));
        loop assigns i, theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = OC_NAME(oc_mix)(c.beta1, c.weight1, m[i], grad[i]);
        v[i] = OC_NAME(oc_second_moment)(c.beta2, c.weight2, v[i], grad[i]);
        theta[i] = OC_NAME(oc_adam_theta)(c.step_size, c.inv_root, c.eps, theta[i], m[i], v[i]);
    }
}
