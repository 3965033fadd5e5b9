/* SPDX-License-Identifier: Apache-2.0
 * Heavy ball: see optcert/sgd_momentum.h. */
#include "optcert/sgd_momentum.h"

#include "real.h"

#include "check.h"
#include "element.h"

oc_status OC_NAME(oc_sgd_momentum_plan_init)(OC_NAME(oc_sgd_momentum_plan) *plan, const oc_hyper *hyper)
{
    if (plan == NULL || hyper == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_lr_ok)(hyper->lr)) {
        return OC_ERR_LR;
    }
    if (!OC_NAME(oc_beta_ok)(hyper->momentum)) {
        return OC_ERR_MOMENTUM;
    }
    const OC_REAL momentum = (OC_REAL)hyper->momentum;
    plan->lr = (OC_REAL)hyper->lr;
    plan->momentum = momentum;
    return OC_OK;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures m: Same(\result, OC_NAME(SgdMomentumM)(momentum, m, g)); */
static inline OC_REAL OC_NAME(oc_momentum)(OC_REAL momentum, OC_REAL m, OC_REAL g)
{
    const OC_REAL a = momentum * m;
    return a + g;
}

void OC_NAME(oc_sgd_momentum_step)(const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict m, const OC_REAL *restrict grad)
{
    const OC_REAL lr = plan->lr;
    const OC_REAL momentum = plan->momentum;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant m_done: \forall integer j; 0 <= j < i ==>
          Same(m[j], OC_NAME(SgdMomentumM)(momentum, \at(m[j], Pre), \at(grad[j], Pre)));
        loop invariant theta_done: \forall integer j; 0 <= j < i ==>
          Same(theta[j], OC_NAME(SgdMomentumTheta)(lr, \at(theta[j], Pre), OC_NAME(SgdMomentumM)(momentum,
                \at(m[j], Pre), \at(grad[j], Pre))));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(theta[j], \at(theta[j],
              Pre)) && Same(m[j], \at(m[j], Pre));
        loop assigns i, theta[0 .. n-1], m[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = OC_NAME(oc_momentum)(momentum, m[i], grad[i]);
        theta[i] = OC_NAME(oc_descend)(lr, theta[i], m[i]);
    }
}
