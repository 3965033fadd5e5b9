/* SPDX-License-Identifier: Apache-2.0
 * Heavy ball (Polyak 1964): m' = momentum m + grad; theta' = theta - lr m'. Specified in spec/sgd_momentum.acsl, .md.
 * Domain: lr finite and > 0, 0 <= momentum < 1, also in the working format. m starts at 0.
 * Arrays have n elements each, n may be 0; none overlaps another or the plan. Each output element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: theorem sgd_momentum_error. */
#ifndef OPTCERT_SGD_MOMENTUM_H
#define OPTCERT_SGD_MOMENTUM_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "sgd_momentum.acsl"
#endif

#define OC_TEMPLATE "optcert/sgd_momentum.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_sgd_momentum_plan) {
    OC_REAL lr, momentum;
} OC_NAME(oc_sgd_momentum_plan);

/* Validates hyper->lr and hyper->momentum and fills the plan. */
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
    behavior bad_momentum:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes !OC_NAME(BetaOk)(hyper->momentum);
      ensures status: \result == OC_ERR_MOMENTUM;
    behavior valid:
      assumes plan != \null && hyper != \null;
      assumes OC_NAME(LrOk)(hyper->lr);
      assumes OC_NAME(BetaOk)(hyper->momentum);
      ensures status: \result == OC_OK;
      ensures lr: Same(plan->lr, OC_NAME(Round)(hyper->lr));
      ensures momentum: Same(plan->momentum, OC_NAME(Round)(hyper->momentum));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_sgd_momentum_plan_init)(OC_NAME(oc_sgd_momentum_plan) *plan,
                                                         const oc_hyper *hyper);

/* One step on n coordinates. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires m: \valid(m + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), m + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_NAME(SgdMomentumM)(plan->momentum, \old(m[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(SgdMomentumTheta)(plan->lr, \old(theta[i]),
            OC_NAME(SgdMomentumM)(plan->momentum, \old(m[i]), \old(grad[i])))); */
void OC_NAME(oc_sgd_momentum_step)(const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict m, const OC_REAL *restrict grad);
#endif
