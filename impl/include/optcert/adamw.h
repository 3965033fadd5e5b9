/* SPDX-License-Identifier: Apache-2.0
 * AdamW (Loshchilov & Hutter 2019, Alg. 2): theta first loses lr weight_decay theta, then takes Adam's step.
 * Specified in spec/adamw.acsl, .md. Domain: Adam's, and weight_decay finite and >= 0, lr weight_decay finite, also
 * in the working format. Arrays and NaN: as adam.h.
 * Rounding: Adam's increment and the decay's own error (theorems adamw_f64, adamw_f32). */
#ifndef OPTCERT_ADAMW_H
#define OPTCERT_ADAMW_H
#include "optcert/adam.h"

#ifdef __FRAMAC__
#include "adamw.acsl"
#endif

#define OC_TEMPLATE "optcert/adamw.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_adamw_plan) {
    OC_NAME(oc_adam_plan) adam;
    OC_REAL decay; /* lr * weight_decay */
} OC_NAME(oc_adamw_plan);

/* What the kernel needs at one step. */
typedef struct OC_NAME(oc_adamw_coef) {
    OC_NAME(oc_adam_coef) adam;
    OC_REAL decay;
} OC_NAME(oc_adamw_coef);

/* Validates hyper->lr, beta1, beta2, eps and weight_decay and fills the plan. */
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
    behavior bad_weight_decay:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta1);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      assumes !OC_NAME(DecayOk)(hyper->lr, hyper->weight_decay);
      ensures status: \result == OC_ERR_WEIGHT_DECAY;
    behavior valid:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->beta1);
      assumes OC_NAME(BetaOk)(hyper->beta2);
      assumes OC_NAME(EpsOk)(hyper->eps, hyper->flags);
      assumes OC_NAME(DecayOk)(hyper->lr, hyper->weight_decay);
      ensures status: \result == OC_OK;
      ensures lr64: Same(plan->adam.lr64, hyper->lr);
      ensures beta1_64: Same(plan->adam.beta1_64, hyper->beta1);
      ensures beta2_64: Same(plan->adam.beta2_64, hyper->beta2);
      ensures beta1: Same(plan->adam.beta1, OC_NAME(Round)(hyper->beta1));
      ensures weight1: Same(plan->adam.weight1, OC_NAME(Round)(Weight(hyper->beta1)));
      ensures beta2: Same(plan->adam.beta2, OC_NAME(Round)(hyper->beta2));
      ensures weight2: Same(plan->adam.weight2, OC_NAME(Round)(Weight(hyper->beta2)));
      ensures eps: Same(plan->adam.eps, OC_NAME(Round)(hyper->eps));
      ensures decay: Same(plan->decay, OC_NAME(Round)(AdamwDecay(hyper->lr, hyper->weight_decay)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adamw_plan_init)(OC_NAME(oc_adamw_plan) *plan, const oc_hyper *hyper);

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
      assumes !OC_NAME(AdamCoefOk)(plan->adam.lr64, plan->adam.beta1_64, plan->adam.beta2_64, k);
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes plan != \null && coef != \null;
      assumes k <= OC_STEP_MAX;
      assumes OC_NAME(AdamCoefOk)(plan->adam.lr64, plan->adam.beta1_64, plan->adam.beta2_64, k);
      ensures status: \result == OC_OK;
      ensures beta1: Same(coef->adam.beta1, plan->adam.beta1);
      ensures weight1: Same(coef->adam.weight1, plan->adam.weight1);
      ensures beta2: Same(coef->adam.beta2, plan->adam.beta2);
      ensures weight2: Same(coef->adam.weight2, plan->adam.weight2);
      ensures eps: Same(coef->adam.eps, plan->adam.eps);
      ensures step_size: Same(coef->adam.step_size, OC_NAME(Round)(AdamStepSize(plan->adam.lr64,
            plan->adam.beta1_64, k)));
      ensures inv_root: Same(coef->adam.inv_root, OC_NAME(Round)(AdamInvRoot(plan->adam.beta2_64, k)));
      ensures decay: Same(coef->decay, plan->decay);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adamw_coef_at)(const OC_NAME(oc_adamw_plan) *plan, uint64_t k,
                                                OC_NAME(oc_adamw_coef) *coef);

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
      Same(m[i], OC_NAME(AdamM)(coef->adam.beta1, coef->adam.weight1, \old(m[i]), \old(grad[i])));
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(AdamV)(coef->adam.beta2, coef->adam.weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(AdamwTheta)(coef->decay, coef->adam.step_size, coef->adam.inv_root,
            coef->adam.eps, \old(theta[i]), OC_NAME(AdamM)(coef->adam.beta1, coef->adam.weight1,
            \old(m[i]), \old(grad[i])), OC_NAME(AdamV)(coef->adam.beta2, coef->adam.weight2, \old(v[i]),
            \old(grad[i])))); */
void OC_NAME(oc_adamw_step)(const OC_NAME(oc_adamw_coef) *coef, size_t n, OC_REAL *restrict theta,
                            OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
