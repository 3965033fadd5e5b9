/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of RMSprop. */
#include "optcert/rmsprop_sde.h"

#include "real.h"

#include "limit_element.h"

oc_status OC_NAME(oc_rmsprop_sde_plan_init)(OC_NAME(oc_rmsprop_sde_plan) *plan, const oc_limit *limit)
{
    if (plan == NULL || limit == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_positive_parameter)(limit->sigma0) || !OC_NAME(oc_nonnegative_parameter)(limit->eps0) ||
        !OC_NAME(oc_positive_parameter)(limit->c2)) {
        return OC_ERR_LIMIT;
    }
    plan->sigma0 = (OC_REAL)limit->sigma0;
    plan->eps0 = (OC_REAL)limit->eps0;
    plan->c2 = (OC_REAL)limit->c2;
    return OC_OK;
}

void OC_NAME(oc_rmsprop_sde_coef)(const OC_NAME(oc_rmsprop_sde_plan) *plan, size_t n,
                                  OC_REAL *restrict drift_theta, OC_REAL *restrict diffusion_theta,
                                  OC_REAL *restrict drift_u, const OC_REAL *u, const OC_REAL *grad,
                                  const OC_REAL *sd)
{
    const OC_REAL sigma0 = plan->sigma0;
    const OC_REAL eps0 = plan->eps0;
    const OC_REAL c2 = plan->c2;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant drift_theta_done: \forall integer j; 0 <= j < i ==>
          Same(drift_theta[j], OC_NAME(RmspropDrift)(sigma0, eps0, u[j], grad[j]));
        loop invariant diffusion_theta_done: \forall integer j; 0 <= j < i ==>
          Same(diffusion_theta[j], OC_NAME(RmspropDiffusion)(sigma0, eps0, u[j], sd[j]));
        loop invariant drift_u_done: \forall integer j; 0 <= j < i ==>
          Same(drift_u[j], OC_NAME(RelaxU)(c2, sd[j], u[j]));
        loop invariant drift_theta_rest: \forall integer j; i <= j < n ==> Same(drift_theta[j], \at(drift_theta[j], Pre));
        loop invariant diffusion_theta_rest: \forall integer j; i <= j < n ==> Same(diffusion_theta[j], \at(diffusion_theta[j], Pre));
        loop invariant drift_u_rest: \forall integer j; i <= j < n ==> Same(drift_u[j], \at(drift_u[j], Pre));
        loop assigns i, drift_theta[0 .. n-1], diffusion_theta[0 .. n-1], drift_u[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL p = OC_NAME(oc_preconditioner)(sigma0, eps0, u[i]);
        const OC_REAL pull = grad[i] / p;
        const OC_REAL noise = sigma0 * sd[i];
        const OC_REAL spread = noise / p;
        drift_theta[i] = OC_NAME(oc_minus)(pull);
        diffusion_theta[i] = OC_NAME(oc_minus)(spread);
        drift_u[i] = OC_NAME(oc_relax_u)(c2, sd[i], u[i]);
    }
}
