/* SPDX-License-Identifier: Apache-2.0
 * RMSprop (MLPA Def. 2.2): theta' = theta - lr grad / (sqrt(v) + eps), then v' = beta2 v + (1 - beta2) grad^2: the
 * old v divides. Specified in spec/rmsprop.acsl, .md.
 * Domain: lr finite and > 0, 0 <= beta2 < 1, eps finite and > 0, all also in the working format; eps = 0 with
 * OC_ALLOW_ZERO_EPS. v >= 0 stays >= 0; where v = 0 = eps, grad = 0 gives a NaN.
 * Arrays have n elements each, n may be 0; none overlaps another or the plan. Each output element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: |theta' - t| <= u|t| + (1+u)(gamma(4u)|lr grad / (sqrt(v) + eps)| + underflow), 5u in binary32 (theorems
 * rmsprop_f64, rmsprop_f32); v' to gamma(3u), 4u in binary32 (second_moment_f64, _f32). */
#ifndef OPTCERT_RMSPROP_H
#define OPTCERT_RMSPROP_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "rmsprop.acsl"
#endif

#define OC_TEMPLATE "optcert/rmsprop.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_rmsprop_plan) {
    OC_REAL lr, beta2, weight2, eps; /* weight2 is 1 - beta2, from binary64 */
} OC_NAME(oc_rmsprop_plan);

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
OC_MUST_USE oc_status OC_NAME(oc_rmsprop_plan_init)(OC_NAME(oc_rmsprop_plan) *plan, const oc_hyper *hyper);

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
      Same(theta[i], OC_NAME(RmspropTheta)(plan->lr, plan->eps, \old(theta[i]), \old(v[i]),
            \old(grad[i]))); */
void OC_NAME(oc_rmsprop_step)(const OC_NAME(oc_rmsprop_plan) *plan, size_t n, OC_REAL *restrict theta,
                              OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
