/* SPDX-License-Identifier: Apache-2.0
 * Adam (Kingma & Ba 2015, Alg. 1; MLPA Def. 2.3). Both bias corrections are folded into two scalars per step, so that
 * an element costs one square root and one division. Specified in spec/adam.acsl, .md.
 * Domain: lr finite and > 0, 0 <= beta1, beta2 < 1, eps finite and > 0, all also in the working format; eps = 0 with
 * OC_ALLOW_ZERO_EPS; 0 <= k <= OC_STEP_MAX. m and v start at 0. v >= 0 stays >= 0.
 * Arrays have n elements each, n may be 0; none overlaps another or the plan. Each output element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: |theta' - t| <= u|t| + (1+u)(gamma(14u) Q + underflow), 13u in binary32, t the exact step and Q its
 * increment with |m|, |g| for m, g (theorems adam_f64, adam_f32). */
#ifndef OPTCERT_ADAM_H
#define OPTCERT_ADAM_H
#include "optcert/hyper.h"
#include "optcert/status.h"
#include "optcert/step_index.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "adam.acsl"
#endif

#define OC_TEMPLATE "optcert/adam.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_adam_plan) {
    double lr64, beta1_64, beta2_64; /* as given: the coefficients of a step are computed from these */
    OC_REAL beta1, weight1;          /* weight1 is 1 - beta1, from binary64 */
    OC_REAL beta2, weight2;          /* weight2 is 1 - beta2, from binary64 */
    OC_REAL eps;
} OC_NAME(oc_adam_plan);

/* What the kernel needs at one step. */
typedef struct OC_NAME(oc_adam_coef) {
    OC_REAL beta1, weight1, beta2, weight2, eps;
    OC_REAL step_size; /* lr / (1 - beta1^(k+1)) */
    OC_REAL inv_root;  /* 1 / sqrt(1 - beta2^(k+1)) */
} OC_NAME(oc_adam_coef);

/* Validates hyper->lr, beta1, beta2 and eps and fills the plan. */
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
    behavior bad_beta1:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes !OC_NAME(BetaOk)(hyper->beta1);
      ensures status: \result == OC_ERR_BETA1;
    behavior bad_beta2:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta1);
      assumes !OC_NAME(BetaOk)(hyper->beta2);
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta1);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes !OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      ensures status: \result == OC_ERR_EPS;
    behavior valid:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta1);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      ensures status: \result == OC_OK;
      ensures lr64: Same(plan->lr64, hyper->lr);
      ensures beta1_64: Same(plan->beta1_64, hyper->beta1);
      ensures beta2_64: Same(plan->beta2_64, hyper->beta2);
      ensures beta1: Same(plan->beta1, OC_NAME(Round)(hyper->beta1));
      ensures weight1: Same(plan->weight1, OC_NAME(Round)(Weight(hyper->beta1)));
      ensures beta2: Same(plan->beta2, OC_NAME(Round)(hyper->beta2));
      ensures weight2: Same(plan->weight2, OC_NAME(Round)(Weight(hyper->beta2)));
      ensures eps: Same(plan->eps, OC_NAME(Round)(hyper->eps));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adam_plan_init)(OC_NAME(oc_adam_plan) *plan, const oc_hyper *hyper);

/* The coefficients of step k = 0, 1, ... */
/*@ requires plan: plan == \null || \valid_read(plan);
    requires coef: coef == \null || \valid(coef);
    requires separated: \separated(plan, coef);
    terminates \true;
    exits \false;
    assigns *coef;
    ensures unchanged: \result != OC_OK && coef != \null ==> Same(*coef, \old(*coef));
    behavior null:
      assumes plan == \null || coef == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_step:
      assumes plan != \null && coef != \null;
      assumes k > OC_STEP_MAX;
      ensures status: \result == OC_ERR_STEP;
    behavior bad_range:
      assumes plan != \null && coef != \null;
      assumes k <= OC_STEP_MAX;
      assumes !OC_NAME(AdamCoefOk)(plan->lr64, plan->beta1_64, plan->beta2_64, k);
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes plan != \null && coef != \null;
      assumes k <= OC_STEP_MAX;
      assumes OC_NAME(AdamCoefOk)(plan->lr64, plan->beta1_64, plan->beta2_64, k);
      ensures status: \result == OC_OK;
      ensures beta1: Same(coef->beta1, plan->beta1);
      ensures weight1: Same(coef->weight1, plan->weight1);
      ensures beta2: Same(coef->beta2, plan->beta2);
      ensures weight2: Same(coef->weight2, plan->weight2);
      ensures eps: Same(coef->eps, plan->eps);
      ensures step_size: Same(coef->step_size, OC_NAME(Round)(AdamStepSize(plan->lr64, plan->beta1_64, k)));
      ensures inv_root: Same(coef->inv_root, OC_NAME(Round)(AdamInvRoot(plan->beta2_64, k)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adam_coef_at)(const OC_NAME(oc_adam_plan) *plan, uint64_t k,
                                               OC_NAME(oc_adam_coef) *coef);

/* One step on n coordinates. */
/*@ requires coef: \valid_read(coef);
    requires theta: \valid(theta + (0 .. n-1));
    requires m: \valid(m + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(coef, theta + (0 .. n-1), m + (0 .. n-1), v + (0 .. n-1),
          grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_NAME(AdamM)(coef->beta1, coef->weight1, \old(m[i]), \old(grad[i])));
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(AdamV)(coef->beta2, coef->weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(AdamTheta)(coef->step_size, coef->inv_root, coef->eps, \old(theta[i]),
            OC_NAME(AdamM)(coef->beta1, coef->weight1, \old(m[i]), \old(grad[i])),
            OC_NAME(AdamV)(coef->beta2, coef->weight2, \old(v[i]), \old(grad[i])))); */
void OC_NAME(oc_adam_step)(const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *restrict theta,
                           OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
