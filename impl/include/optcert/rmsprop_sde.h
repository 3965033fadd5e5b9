/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of RMSprop (MLPA Def. 4.1); one step of RMSprop lasts eta^2. */
#ifndef OPTCERT_RMSPROP_SDE_H
#define OPTCERT_RMSPROP_SDE_H
#include "optcert/limit.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "rmsprop_sde.acsl"
#endif

#define OC_TEMPLATE "optcert/rmsprop_sde.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_rmsprop_sde_plan) {
    OC_REAL sigma0, eps0, c2;
} OC_NAME(oc_rmsprop_sde_plan);

/* Fills the plan from limit->sigma0, c2 > 0 and eps0 >= 0; else OC_ERR_LIMIT. */
/*@ requires plan: plan == \null || \valid(plan);
    requires limit: limit == \null || \valid_read(limit);
    requires separated: \separated(plan, limit);
    terminates \true;
    exits \false;
    assigns *plan;
    behavior null:
      assumes plan == \null || limit == \null;
      assigns \nothing;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_limit:
      assumes plan != \null && limit != \null;
      assumes !OC_NAME(RmspropLimitOk)(limit->sigma0, limit->eps0, limit->c2);
      assigns \nothing;
      ensures status: \result == OC_ERR_LIMIT;
    behavior valid:
      assumes plan != \null && limit != \null;
      assumes OC_NAME(RmspropLimitOk)(limit->sigma0, limit->eps0, limit->c2);
      assigns *plan;
      ensures status: \result == OC_OK;
      ensures sigma0: Same(plan->sigma0, OC_NAME(Round)(limit->sigma0));
      ensures eps0: Same(plan->eps0, OC_NAME(Round)(limit->eps0));
      ensures c2: Same(plan->c2, OC_NAME(Round)(limit->c2));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_rmsprop_sde_plan_init)(OC_NAME(oc_rmsprop_sde_plan) *plan, const oc_limit *limit);

/* Coefficients on n coordinates: grad is grad f, sd the diagonal of S^(1/2). u >= 0, and u > 0 where eps0 = 0. */
/*@ requires plan: \valid_read(plan);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires diffusion_theta: \valid(diffusion_theta + (0 .. n-1));
    requires drift_u: \valid(drift_u + (0 .. n-1));
    requires u: \valid_read(u + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift_theta + (0 .. n-1), diffusion_theta + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_u_drift_theta: \separated(u + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_u_diffusion_theta: \separated(u + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_u_drift_u: \separated(u + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_grad_drift_theta: \separated(grad + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_grad_diffusion_theta: \separated(grad + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_grad_drift_u: \separated(grad + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_sd_drift_theta: \separated(sd + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_sd_diffusion_theta: \separated(sd + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_sd_drift_u: \separated(sd + (0 .. n-1), drift_u + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1], diffusion_theta[0 .. n-1], drift_u[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(RmspropDrift)(plan->sigma0, plan->eps0, u[i], grad[i]));
    ensures diffusion_theta: \forall integer i; 0 <= i < n ==>
      Same(diffusion_theta[i], OC_NAME(RmspropDiffusion)(plan->sigma0, plan->eps0, u[i], sd[i]));
    ensures drift_u: \forall integer i; 0 <= i < n ==>
      Same(drift_u[i], OC_NAME(RelaxU)(plan->c2, sd[i], u[i])); */
void OC_NAME(oc_rmsprop_sde_coef)(const OC_NAME(oc_rmsprop_sde_plan) *plan, size_t n,
                                  OC_REAL *restrict drift_theta, OC_REAL *restrict diffusion_theta,
                                  OC_REAL *restrict drift_u, const OC_REAL *u, const OC_REAL *grad,
                                  const OC_REAL *sd);
#endif
