/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of AdamW. */
#include "optcert/adamw_sde.h"

#include "real.h"

#include "limit_element.h"

oc_status OC_NAME(oc_adamw_sde_plan_init)(OC_NAME(oc_adamw_sde_plan) *plan, const oc_limit *limit)
{
    if (plan == NULL || limit == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_nonnegative_parameter)(limit->lambda0)) {
        return OC_ERR_LIMIT;
    }
    plan->lambda0 = (OC_REAL)limit->lambda0;
    return OC_OK;
}

void OC_NAME(oc_adamw_sde_decay)(const OC_NAME(oc_adamw_sde_plan) *plan, size_t n,
                                 OC_REAL *restrict drift_theta, const OC_REAL *theta)
{
    const OC_REAL lambda0 = plan->lambda0;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant drift_theta_done: \forall integer j; 0 <= j < i ==>
          Same(drift_theta[j], OC_NAME(AdamwDrift)(lambda0, \at(drift_theta[j], Pre), theta[j]));
        loop invariant drift_theta_rest: \forall integer j; i <= j < n ==> Same(drift_theta[j], \at(drift_theta[j], Pre));
        loop assigns i, drift_theta[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL decay = lambda0 * theta[i];
        drift_theta[i] = drift_theta[i] - decay;
    }
}
