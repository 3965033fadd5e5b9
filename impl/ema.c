/* SPDX-License-Identifier: Apache-2.0
 * Exponential moving average of the iterates: see optcert/ema.h. */
#include "optcert/ema.h"

#include "real.h"

#include "check.h"
#include "element.h"

oc_status OC_NAME(oc_ema_plan_init)(OC_NAME(oc_ema_plan) *plan, double rho)
{
    if (plan == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_beta_ok)(rho)) {
        return OC_ERR_DECAY;
    }
    const double weight = 1.0 - rho;
    plan->rho = (OC_REAL)rho;
    plan->weight = (OC_REAL)weight;
    return OC_OK;
}

void OC_NAME(oc_ema_step)(const OC_NAME(oc_ema_plan) *plan, size_t n, OC_REAL *restrict avg,
                          const OC_REAL *restrict theta)
{
    const OC_REAL rho = plan->rho;
    const OC_REAL weight = plan->weight;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant avg_done: \forall integer j; 0 <= j < i ==>
          Same(avg[j], OC_NAME(Ema)(rho, weight, \at(avg[j], Pre), \at(theta[j], Pre)));
        loop invariant rest: \forall integer j; i <= j < n ==> Same(avg[j], \at(avg[j], Pre));
        loop assigns i, avg[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        avg[i] = OC_NAME(oc_mix)(rho, weight, avg[i], theta[i]);
    }
}
