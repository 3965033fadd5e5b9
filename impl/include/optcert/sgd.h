/* SPDX-License-Identifier: Apache-2.0
 * Stochastic gradient descent: theta' = theta - lr grad. Specified in spec/sgd.acsl, spec/sgd.md.
 * Domain: lr finite and > 0, also in the working format.
 * Arrays have n elements each, n may be 0; none overlaps another or the plan. Each output element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: |theta' - t| <= u|t| + (1+u)(gamma(u)|lr grad| + tiny), t the exact step; 2u for u inside gamma in
 * binary32, whose lr is rounded first (theorems sgd_f64, sgd_f32). */
#ifndef OPTCERT_SGD_H
#define OPTCERT_SGD_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "sgd.acsl"
#endif

#define OC_TEMPLATE "optcert/sgd.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_sgd_plan) {
    OC_REAL lr;
} OC_NAME(oc_sgd_plan);

/* Validates hyper->lr and fills the plan. */
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
    behavior valid:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      ensures status: \result == OC_OK;
      ensures lr: Same(plan->lr, OC_NAME(Round)(hyper->lr));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_sgd_plan_init)(OC_NAME(oc_sgd_plan) *plan, const oc_hyper *hyper);

/* One step on n coordinates. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1];
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(SgdTheta)(plan->lr, \old(theta[i]), \old(grad[i]))); */
void OC_NAME(oc_sgd_step)(const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *restrict theta,
                          const OC_REAL *restrict grad);
#endif
