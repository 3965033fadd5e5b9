/* SPDX-License-Identifier: Apache-2.0
 * Scaling rules for a batch kappa times as large: linear for SGD, square root for the adaptive methods (MLPA Sect.
 * 5), rho^kappa for an average. In binary64. Specified in spec/scaling.acsl, scaling_ema.acsl, scaling.md; what they
 * keep is proved in spec/scaling_real.acsl.
 * Domain: kappa finite and > 0, kappa (1 - beta) < 1 as computed, else OC_ERR_KAPPA_RANGE. A result that is no valid
 * parameter, by overflow or underflow, is OC_ERR_RANGE.
 * Rounding: each output is exactly the stated sequence of roundings; its error is bounded by theorems
 * scaled_linear_error, scaled_up_error (lr, weight_decay), scaled_down_error (eps) and scaled_beta_error. */
#ifndef OPTCERT_SCALING_H
#define OPTCERT_SCALING_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#ifdef __FRAMAC__
#include "scaling.acsl"
#include "scaling_ema.acsl"
#endif

/* Each rule validates the fields of `from` that it uses and kappa, changes those fields and copies all others.
 * `to` may be `from`. On error *to is unchanged. */
/*@ requires from: from == \null || \valid_read(from);
    requires to: to == \null || \valid(to);
    requires alias: from == to || \separated(from, to);
    terminates \true;
    exits \false;
    assigns *to;
    ensures unchanged: \result != OC_OK && to != \null ==> Same(*to, \old(*to));
    behavior null:
      assumes from == \null || to == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_kappa:
      assumes from != \null && to != \null;
      assumes !KappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_lr:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes !(LrOk_f64(from->lr));
      ensures status: \result == OC_ERR_LR;
    behavior bad_range:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes !(LrOk_f64(ScaleLinear(from->lr, kappa)));
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes LrOk_f64(ScaleLinear(from->lr, kappa));
      ensures status: \result == OC_OK;
      ensures lr: Same(to->lr, ScaleLinear(\old(from->lr), kappa));
      ensures beta1: Same(to->beta1, \old(from->beta1));
      ensures beta2: Same(to->beta2, \old(from->beta2));
      ensures eps: Same(to->eps, \old(from->eps));
      ensures weight_decay: Same(to->weight_decay, \old(from->weight_decay));
      ensures momentum: Same(to->momentum, \old(from->momentum));
      ensures flags: to->flags == \old(from->flags);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status oc_scale_sgd(const oc_hyper *from, double kappa, oc_hyper *to);

/*@ requires from: from == \null || \valid_read(from);
    requires to: to == \null || \valid(to);
    requires alias: from == to || \separated(from, to);
    terminates \true;
    exits \false;
    assigns *to;
    ensures unchanged: \result != OC_OK && to != \null ==> Same(*to, \old(*to));
    behavior null:
      assumes from == \null || to == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_kappa:
      assumes from != \null && to != \null;
      assumes !KappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_lr:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes !(LrOk_f64(from->lr));
      ensures status: \result == OC_ERR_LR;
    behavior bad_beta2:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes !(BetaOk_f64(from->beta2));
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes !(EpsOk_f64(from->eps, from->flags));
      ensures status: \result == OC_ERR_EPS;
    behavior bad_kappa_range:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes !(ScaleAllows(from->beta2, kappa));
      ensures status: \result == OC_ERR_KAPPA_RANGE;
    behavior bad_range:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes ScaleAllows(from->beta2, kappa);
      assumes !(ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa));
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes ScaleAllows(from->beta2, kappa);
      assumes ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa);
      ensures status: \result == OC_OK;
      ensures lr: Same(to->lr, ScaleLr(\old(from->lr), kappa));
      ensures beta1: Same(to->beta1, \old(from->beta1));
      ensures beta2: Same(to->beta2, ScaleBeta(\old(from->beta2), kappa));
      ensures eps: Same(to->eps, ScaleEps(\old(from->eps), kappa));
      ensures weight_decay: Same(to->weight_decay, \old(from->weight_decay));
      ensures momentum: Same(to->momentum, \old(from->momentum));
      ensures flags: to->flags == \old(from->flags);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status oc_scale_rmsprop(const oc_hyper *from, double kappa, oc_hyper *to);

/*@ requires from: from == \null || \valid_read(from);
    requires to: to == \null || \valid(to);
    requires alias: from == to || \separated(from, to);
    terminates \true;
    exits \false;
    assigns *to;
    ensures unchanged: \result != OC_OK && to != \null ==> Same(*to, \old(*to));
    behavior null:
      assumes from == \null || to == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_kappa:
      assumes from != \null && to != \null;
      assumes !KappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_lr:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes !(LrOk_f64(from->lr));
      ensures status: \result == OC_ERR_LR;
    behavior bad_beta2:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes !(BetaOk_f64(from->beta2));
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes !(EpsOk_f64(from->eps, from->flags));
      ensures status: \result == OC_ERR_EPS;
    behavior bad_beta1:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes !(BetaOk_f64(from->beta1));
      ensures status: \result == OC_ERR_BETA1;
    behavior bad_kappa_range:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes !(ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa));
      ensures status: \result == OC_ERR_KAPPA_RANGE;
    behavior bad_range:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa);
      assumes !(ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa) &&
        BetaOk_f64(ScaleBeta(from->beta1, kappa)));
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes from != \null && to != \null;
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa);
      assumes ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa) &&
        BetaOk_f64(ScaleBeta(from->beta1, kappa));
      ensures status: \result == OC_OK;
      ensures lr: Same(to->lr, ScaleLr(\old(from->lr), kappa));
      ensures beta1: Same(to->beta1, ScaleBeta(\old(from->beta1), kappa));
      ensures beta2: Same(to->beta2, ScaleBeta(\old(from->beta2), kappa));
      ensures eps: Same(to->eps, ScaleEps(\old(from->eps), kappa));
      ensures weight_decay: Same(to->weight_decay, \old(from->weight_decay));
      ensures momentum: Same(to->momentum, \old(from->momentum));
      ensures flags: to->flags == \old(from->flags);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status oc_scale_adam(const oc_hyper *from, double kappa, oc_hyper *to);

/*@ requires from: from == \null || \valid_read(from);
    requires to: to == \null || \valid(to);
    requires alias: from == to || \separated(from, to);
    terminates \true;
    exits \false;
    assigns *to;
    ensures unchanged: \result != OC_OK && to != \null ==> Same(*to, \old(*to));
    behavior null:
      assumes from == \null || to == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_weight_decay:
      assumes from != \null && to != \null;
      assumes !(Nonnegative_f64(from->weight_decay));
      ensures status: \result == OC_ERR_WEIGHT_DECAY;
    behavior bad_kappa:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes !KappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_lr:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes !(LrOk_f64(from->lr));
      ensures status: \result == OC_ERR_LR;
    behavior bad_beta2:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes !(BetaOk_f64(from->beta2));
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes !(EpsOk_f64(from->eps, from->flags));
      ensures status: \result == OC_ERR_EPS;
    behavior bad_beta1:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes !(BetaOk_f64(from->beta1));
      ensures status: \result == OC_ERR_BETA1;
    behavior bad_kappa_range:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes !(ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa));
      ensures status: \result == OC_ERR_KAPPA_RANGE;
    behavior bad_range:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa);
      assumes !(ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa) &&
        BetaOk_f64(ScaleBeta(from->beta1, kappa)) && Nonnegative_f64(ScaleDecay(from->weight_decay, kappa)));
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes from != \null && to != \null;
      assumes Nonnegative_f64(from->weight_decay);
      assumes KappaOk(kappa);
      assumes LrOk_f64(from->lr);
      assumes BetaOk_f64(from->beta2);
      assumes EpsOk_f64(from->eps, from->flags);
      assumes BetaOk_f64(from->beta1);
      assumes ScaleAllows(from->beta1, kappa) && ScaleAllows(from->beta2, kappa);
      assumes ScaleOutputOk(from->lr, from->beta2, from->eps, from->flags, kappa) &&
        BetaOk_f64(ScaleBeta(from->beta1, kappa)) && Nonnegative_f64(ScaleDecay(from->weight_decay, kappa));
      ensures status: \result == OC_OK;
      ensures lr: Same(to->lr, ScaleLr(\old(from->lr), kappa));
      ensures beta1: Same(to->beta1, ScaleBeta(\old(from->beta1), kappa));
      ensures beta2: Same(to->beta2, ScaleBeta(\old(from->beta2), kappa));
      ensures eps: Same(to->eps, ScaleEps(\old(from->eps), kappa));
      ensures weight_decay: Same(to->weight_decay, ScaleDecay(\old(from->weight_decay), kappa));
      ensures momentum: Same(to->momentum, \old(from->momentum));
      ensures flags: to->flags == \old(from->flags);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status oc_scale_adamw(const oc_hyper *from, double kappa, oc_hyper *to);

/* The averaging decay rho^kappa of an iterate average, 0 <= rho < 1, 2^-20 <= kappa <= 2^20, to (1/2 + 2^-26) ulp, the same
 * bits on every IEEE 754 machine. 0, no averaging, stays 0. OC_ERR_RANGE also when rho or the result is outside [2^-800, 1). */
/*@ requires out: out == \null || \valid(out);
    terminates \true;
    exits \false;
    assigns *out;
    ensures unchanged: \result != OC_OK && out != \null ==> Same(*out, \old(*out));
    behavior null:
      assumes out == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_decay:
      assumes out != \null;
      assumes !RhoOk(rho);
      ensures status: \result == OC_ERR_DECAY;
    behavior bad_kappa:
      assumes out != \null;
      assumes RhoOk(rho) && !RhoKappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_range:
      assumes out != \null;
      assumes RhoOk(rho) && RhoKappaOk(kappa) && !RhoKappaInDomain(kappa);
      ensures status: \result == OC_ERR_RANGE;
    behavior zero:
      assumes out != \null;
      assumes RhoOk(rho) && RhoKappaOk(kappa) && RhoKappaInDomain(kappa) && RhoZero(rho);
      ensures status: \result == OC_OK;
      ensures zero: Same(*out, (double)0.0);
    behavior too_small:
      assumes out != \null;
      assumes RhoOk(rho) && RhoKappaOk(kappa) && RhoKappaInDomain(kappa) && !RhoZero(rho) && !RhoInDomain(rho);
      ensures status: \result == OC_ERR_RANGE;
    behavior computed:
      assumes out != \null;
      assumes RhoOk(rho) && RhoKappaOk(kappa) && RhoKappaInDomain(kappa) && !RhoZero(rho) && RhoInDomain(rho);
      ensures status: \result == OC_OK || \result == OC_ERR_RANGE;
      ensures pow: \result == OC_OK ==> RhoPow(rho, kappa, *out) && RhoResultOk(*out);
      ensures range: \result == OC_ERR_RANGE ==>
        \exists double x; RhoPow(rho, kappa, x) && !RhoResultOk(x);
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status oc_scale_ema(double rho, double kappa, double *out);

#endif
