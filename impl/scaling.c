/* SPDX-License-Identifier: Apache-2.0
 * Scaling rules of the optimizers, in binary64. */
#include "optcert/scaling.h"

#include "optcert/real_f64.h" /* hyper-parameters are binary64 for every working format */

#include "check.h"

#ifdef __FRAMAC__
#include "scaling_real.acsl"
#endif

#include <math.h>
#include <stddef.h>

/* Whether kappa (1 - beta) < 1: else the square-root rule has no answer. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures allows: \result <==> ScaleAllows(beta, kappa); */
static inline bool oc_scale_allows(double beta, double kappa)
{
    const double w = 1.0 - beta;
    const double kw = kappa * w;
    return kw < 1.0;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures beta: Same(\result, ScaleBeta(beta, kappa)); */
static inline double oc_scaled_beta(double beta, double kappa)
{
    const double w = 1.0 - beta;
    const double kw = kappa * w;
    return 1.0 - kw;
}

/* The inputs that all adaptive rules share. */
/*@ requires from: \valid_read(from);
    terminates \true;
    exits \false;
    assigns \nothing;
    behavior bad_kappa:
      assumes !KappaOk(kappa);
      ensures status: \result == OC_ERR_KAPPA;
    behavior bad_lr:
      assumes KappaOk(kappa) && !LrOk_f64(from->lr);
      ensures status: \result == OC_ERR_LR;
    behavior bad_beta2:
      assumes KappaOk(kappa) && LrOk_f64(from->lr) && !BetaOk_f64(from->beta2);
      ensures status: \result == OC_ERR_BETA2;
    behavior bad_eps:
      assumes KappaOk(kappa) && LrOk_f64(from->lr) && BetaOk_f64(from->beta2);
      assumes !EpsOk_f64(from->eps, from->flags);
      ensures status: \result == OC_ERR_EPS;
    behavior valid:
      assumes KappaOk(kappa) && ScaleInputOk(from->lr, from->beta2, from->eps, from->flags);
      ensures status: \result == OC_OK;
    complete behaviors;
    disjoint behaviors; */
static oc_status oc_scale_check(const oc_hyper *from, double kappa)
{
    if (!oc_positive_f64(kappa)) {
        return OC_ERR_KAPPA;
    }
    if (!oc_lr_ok_f64(from->lr)) {
        return OC_ERR_LR;
    }
    if (!oc_beta_ok_f64(from->beta2)) {
        return OC_ERR_BETA2;
    }
    if (!oc_eps_ok_f64(from->eps, from->flags)) {
        return OC_ERR_EPS;
    }
    return OC_OK;
}

/* The square-root rule on what all adaptive rules share: lr, beta2, eps. */
/*@ requires from: \valid_read(from);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures lr: Same(\result.lr, ScaleLr(from->lr, kappa));
    ensures beta1: Same(\result.beta1, from->beta1);
    ensures beta2: Same(\result.beta2, ScaleBeta(from->beta2, kappa));
    ensures eps: Same(\result.eps, ScaleEps(from->eps, kappa));
    ensures weight_decay: Same(\result.weight_decay, from->weight_decay);
    ensures momentum: Same(\result.momentum, from->momentum);
    ensures flags: \result.flags == from->flags; */
static oc_hyper oc_scale_apply(const oc_hyper *from, double kappa)
{
    oc_hyper h = *from;
    const double root = sqrt(kappa);
    h.lr = from->lr * root;
    h.beta2 = oc_scaled_beta(from->beta2, kappa);
    h.eps = from->eps / root;
    return h;
}

/* Whether the outputs that all adaptive rules share are hyper-parameters again. */
/*@ requires h: \valid_read(h);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> ScaleInputOk(h->lr, h->beta2, h->eps, h->flags); */
static bool oc_scale_in_range(const oc_hyper *h)
{
    return oc_lr_ok_f64(h->lr) && oc_beta_ok_f64(h->beta2) && oc_eps_ok_f64(h->eps, h->flags);
}

oc_status oc_scale_sgd(const oc_hyper *from, double kappa, oc_hyper *to)
{
    if (from == NULL || to == NULL) {
        return OC_ERR_NULL;
    }
    if (!oc_positive_f64(kappa)) {
        return OC_ERR_KAPPA;
    }
    if (!oc_lr_ok_f64(from->lr)) {
        return OC_ERR_LR;
    }
    const double lr = kappa * from->lr;
    if (!oc_lr_ok_f64(lr)) {
        return OC_ERR_RANGE;
    }
    *to = *from;
    to->lr = lr;
    return OC_OK;
}

oc_status oc_scale_rmsprop(const oc_hyper *from, double kappa, oc_hyper *to)
{
    if (from == NULL || to == NULL) {
        return OC_ERR_NULL;
    }
    const oc_status status = oc_scale_check(from, kappa);
    if (status != OC_OK) {
        return status;
    }
    if (!oc_scale_allows(from->beta2, kappa)) {
        return OC_ERR_KAPPA_RANGE;
    }
    const oc_hyper h = oc_scale_apply(from, kappa);
    if (!oc_scale_in_range(&h)) {
        return OC_ERR_RANGE;
    }
    *to = h;
    return OC_OK;
}

oc_status oc_scale_adam(const oc_hyper *from, double kappa, oc_hyper *to)
{
    if (from == NULL || to == NULL) {
        return OC_ERR_NULL;
    }
    const oc_status status = oc_scale_check(from, kappa);
    if (status != OC_OK) {
        return status;
    }
    if (!oc_beta_ok_f64(from->beta1)) {
        return OC_ERR_BETA1;
    }
    if (!oc_scale_allows(from->beta1, kappa) || !oc_scale_allows(from->beta2, kappa)) {
        return OC_ERR_KAPPA_RANGE;
    }
    oc_hyper h = oc_scale_apply(from, kappa);
    h.beta1 = oc_scaled_beta(from->beta1, kappa);
    if (!oc_scale_in_range(&h) || !oc_beta_ok_f64(h.beta1)) {
        return OC_ERR_RANGE;
    }
    *to = h;
    return OC_OK;
}

oc_status oc_scale_adamw(const oc_hyper *from, double kappa, oc_hyper *to)
{
    if (from == NULL || to == NULL) {
        return OC_ERR_NULL;
    }
    if (!oc_nonnegative_f64(from->weight_decay)) {
        return OC_ERR_WEIGHT_DECAY;
    }
    const double root = sqrt(kappa);
    const double weight_decay = from->weight_decay * root;
    oc_hyper h;
    const oc_status status = oc_scale_adam(from, kappa, &h);
    if (status != OC_OK) {
        return status;
    }
    if (!oc_nonnegative_f64(weight_decay)) {
        return OC_ERR_RANGE;
    }
    h.weight_decay = weight_decay;
    *to = h;
    return OC_OK;
}
