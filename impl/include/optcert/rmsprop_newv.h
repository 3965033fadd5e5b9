/* SPDX-License-Identifier: Apache-2.0
 * RMSprop, dialect rmsprop/new-v: v' = beta2 v + (1 - beta2) grad^2 first, then theta' = theta - lr grad / (sqrt(v') +
 * eps). Specified in spec/rmsprop_newv.acsl, .md. Domain, arrays and NaN: as rmsprop.h.
 * Rounding: as rmsprop.h with gamma(6u), 8u in binary32 (theorems rmsprop_newv_f64, rmsprop_newv_f32). */
#ifndef OPTCERT_RMSPROP_NEWV_H
#define OPTCERT_RMSPROP_NEWV_H
#include "optcert/rmsprop.h"

#ifdef __FRAMAC__
#include "rmsprop_newv.acsl"
#endif

#define OC_TEMPLATE "optcert/rmsprop_newv.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef OC_NAME(oc_rmsprop_plan) OC_NAME(oc_rmsprop_newv_plan);

/* Validates hyper->lr, beta2 (RMSprop's beta) and eps and fills the plan. */
/*@ requires plan: plan == \null || \valid(plan);
    requires hyper: hyper == \null || \valid_read(hyper);
    requires separated: \separated(plan, hyper);
    terminates \true;
    exits \false;
    assigns *plan;
    ensures unchanged: \result != OC_OK && plan != \null ==> Same(*plan, \old(*plan));
    behavior null:
      assumes plan == \null || hyper == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_lr:
      assumes plan != \null && hyper != \null;
      assumes !OC_NAME(LrOk)(hyper->lr);
      ensures status: \result == OC_ERR_LR;
    behavior bad_beta2:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes !OC_NAME(BetaOk)(hyper->beta2);
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes !OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      ensures status: \result == OC_ERR_EPS;
    behavior valid:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      ensures status: \result == OC_OK;
      ensures lr: Same(plan->lr, OC_NAME(Round)(hyper->lr));
      ensures beta2: Same(plan->beta2, OC_NAME(Round)(hyper->beta2));
      ensures weight2: Same(plan->weight2, OC_NAME(Round)(Weight(hyper->beta2)));
      ensures eps: Same(plan->eps, OC_NAME(Round)(hyper->eps));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_rmsprop_newv_plan_init)(OC_NAME(oc_rmsprop_newv_plan) *plan,
                                                         const oc_hyper *hyper);

/* One step on n coordinates. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), v + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], v[0 .. n-1];
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(RmspropV)(plan->beta2, plan->weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(RmspropNewvTheta)(plan->lr, plan->beta2, plan->weight2, plan->eps,
            \old(theta[i]), \old(v[i]), \old(grad[i]))); */
void OC_NAME(oc_rmsprop_newv_step)(const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
