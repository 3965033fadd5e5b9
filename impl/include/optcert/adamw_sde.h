/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of AdamW: Adam's limit with decoupled decay. */
#ifndef OPTCERT_ADAMW_SDE_H
#define OPTCERT_ADAMW_SDE_H
#include "optcert/adam_sde.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "adamw_sde.acsl"
#endif

#define OC_TEMPLATE "optcert/adamw_sde.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_adamw_sde_plan) {
    OC_REAL lambda0;
} OC_NAME(oc_adamw_sde_plan);

/* Fills the plan from limit->lambda0 >= 0; else OC_ERR_LIMIT. */
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
      assumes !OC_NAME(AdamwLimitOk)(limit->lambda0);
      assigns \nothing;
      ensures status: \result == OC_ERR_LIMIT;
    behavior valid:
      assumes plan != \null && limit != \null;
      assumes OC_NAME(AdamwLimitOk)(limit->lambda0);
      assigns *plan;
      ensures status: \result == OC_OK;
      ensures lambda0: Same(plan->lambda0, OC_NAME(Round)(limit->lambda0));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adamw_sde_plan_init)(OC_NAME(oc_adamw_sde_plan) *plan, const oc_limit *limit);

/* Turns Adam's drift of theta on n coordinates (oc_adam_sde_coef) into AdamW's. */
/*@ requires plan: \valid_read(plan);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires theta: \valid_read(theta + (0 .. n-1));
    requires separated: \separated(plan, drift_theta + (0 .. n-1));
    requires separated_theta: \separated(theta + (0 .. n-1), drift_theta + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(AdamwDrift)(plan->lambda0, \old(drift_theta[i]), theta[i])); */
void OC_NAME(oc_adamw_sde_decay)(const OC_NAME(oc_adamw_sde_plan) *plan, size_t n,
                                 OC_REAL *restrict drift_theta, const OC_REAL *theta);
#endif
