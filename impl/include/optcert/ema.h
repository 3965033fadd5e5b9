/* SPDX-License-Identifier: Apache-2.0
 * Exponential moving average of the iterates: avg' = rho avg + (1 - rho) theta. Specified in spec/ema.acsl, .md.
 * Domain: 0 <= rho < 1, also in the working format. avg starts at theta.
 * Arrays have n elements each, n may be 0; none overlaps another or the plan. Each output element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: gamma(2u) (rho|avg| + (1 - rho)|theta|) + 3 tiny, 3u in binary32 (theorems first_moment_f64, _f32). */
#ifndef OPTCERT_EMA_H
#define OPTCERT_EMA_H
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "ema.acsl"
#endif

#define OC_TEMPLATE "optcert/ema.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_ema_plan) {
    OC_REAL rho, weight; /* weight is 1 - rho, from binary64 */
} OC_NAME(oc_ema_plan);

/* Validates rho and fills the plan. */
/*@ requires plan: plan == \null || \valid(plan);
    terminates \true;
    exits \false;
    assigns *plan;
    ensures unchanged: \result != OC_OK && plan != \null ==> Same(*plan, \old(*plan));
    behavior null:
      assumes plan == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_decay:
      assumes plan != \null;
      assumes !OC_NAME(BetaOk)(rho);
      ensures status: \result == OC_ERR_DECAY;
    behavior valid:
      assumes plan != \null;
      assumes OC_NAME(BetaOk)(rho);
      ensures status: \result == OC_OK;
      ensures rho: Same(plan->rho, OC_NAME(Round)(rho));
      ensures weight: Same(plan->weight, OC_NAME(Round)(Weight(rho)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_ema_plan_init)(OC_NAME(oc_ema_plan) *plan, double rho);

/* One step on n coordinates. */
/*@ requires plan: \valid_read(plan);
    requires avg: \valid(avg + (0 .. n-1));
    requires theta: \valid_read(theta + (0 .. n-1));
    requires separated: \separated(plan, avg + (0 .. n-1), theta + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns avg[0 .. n-1];
    ensures avg: \forall integer i; 0 <= i < n ==>
      Same(avg[i], OC_NAME(Ema)(plan->rho, plan->weight, \old(avg[i]), \old(theta[i]))); */
void OC_NAME(oc_ema_step)(const OC_NAME(oc_ema_plan) *plan, size_t n, OC_REAL *restrict avg,
                          const OC_REAL *restrict theta);
#endif
