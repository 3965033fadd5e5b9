/* SPDX-License-Identifier: GPL-3.0-or-later
 * The true step on blurred coefficients. See allowance.h. */
#include "allowance.h"
#include "blur.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct optcert_truth {
    const oc_ref_dialect *dialect;
    const oc_ref_format *format;
    optcert_hyper hyper;
    size_t n;
    uint64_t step;
    double unit, eta;    /* unit roundoff, smallest positive number of the format */
    double product_loss; /* what a product with lr may lose at this step, in etas of a moment */
    oc_ref_coef blurred; /* the coefficients as balls */
    oc_ref_ball grad;
    oc_ref_ball *theta, *slot[OC_REF_SLOTS];
};

static oc_ref_ball *balls_new(size_t n)
{
    oc_ref_ball *balls = calloc(n + 1, sizeof *balls); /* + 1: n may be 0 */
    for (size_t i = 0; balls != NULL && i < n; i++) {
        oc_ref_ball_init(&balls[i], OC_REF_PREC);
    }
    return balls;
}

static void balls_free(oc_ref_ball *balls, size_t n)
{
    for (size_t i = 0; balls != NULL && i < n; i++) {
        oc_ref_ball_clear(&balls[i]);
    }
    free(balls);
}

void optcert_truth_free(optcert_truth *truth)
{
    if (truth == NULL) {
        return;
    }
    oc_ref_coef_clear(&truth->blurred);
    oc_ref_ball_clear(&truth->grad);
    balls_free(truth->theta, truth->n);
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        balls_free(truth->slot[s], truth->n);
    }
    free(truth);
}

static bool allocate(optcert_truth *truth)
{
    truth->theta = balls_new(truth->n);
    bool whole = truth->theta != NULL;
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        truth->slot[s] = balls_new(truth->n);
        whole = whole && truth->slot[s] != NULL;
    }
    return whole;
}

optcert_truth *optcert_truth_new(const oc_ref_dialect *dialect, const oc_ref_format *format, size_t n,
                                 const optcert_hyper *hyper)
{
    optcert_truth *truth = calloc(1, sizeof *truth);
    if (truth == NULL) {
        return NULL;
    }
    truth->dialect = dialect;
    truth->format = format;
    truth->hyper = *hyper;
    truth->n = n;
    truth->unit = ldexp(1, -(int)format->prec);
    truth->eta = ldexp(1, (int)format->emin - 1);
    oc_ref_coef_init(&truth->blurred, hyper, OC_REF_PREC);
    optcert_blur_hyper(&truth->blurred, hyper, truth->unit);
    oc_ref_ball_init(&truth->grad, OC_REF_PREC);
    if (!allocate(truth)) {
        optcert_truth_free(truth);
        return NULL;
    }
    return truth;
}

void optcert_truth_set_slot(optcert_truth *truth, size_t slot, const double *values)
{
    for (size_t i = 0; i < truth->n; i++) {
        oc_ref_ball_set_d(&truth->slot[slot][i], values[i]);
    }
}

void optcert_truth_set_step(optcert_truth *truth, uint64_t step)
{
    truth->step = step;
}

/* c1/sqrt(c2) where an arrangement may multiply by lr sqrt(c2)/c1 instead of lr; at least 1. */
static double folding(const optcert_truth *truth)
{
    const unsigned both = OC_REF_BETA1 | OC_REF_BETA2;
    if ((truth->dialect->uses & both) != both) {
        return 1;
    }
    const oc_ref_ball *c = truth->blurred.c;
    return fmax(1, mpfr_get_d(c[C_C1].mid, MPFR_RNDU) / sqrt(mpfr_get_d(c[C_C2].mid, MPFR_RNDD)));
}

/* The bias corrections of this step. */
static void prepare(optcert_truth *truth)
{
    oc_ref_coef *coef = &truth->blurred;
    const optcert_hyper *h = &truth->hyper;
    const double k = (double)truth->step + 1;
    oc_ref_coef_at(coef, truth->step, h->beta1, h->beta2);
    optcert_blur_correction(&coef->c[C_C1], h->beta1, k, truth->unit);
    optcert_blur_correction(&coef->c[C_C2], h->beta2, k, truth->unit);
    truth->product_loss = folding(truth) / h->lr;
}

/* Losses to underflow, expressed on the inputs of the element: see the derivation. */
static double state_loss(const optcert_truth *truth, size_t slot)
{
    const bool second = truth->dialect->slot[slot][0] == 'v';
    const optcert_hyper *h = &truth->hyper;
    const bool momentum = (truth->dialect->uses & OC_REF_MOMENTUM) != 0;
    const double kept = (truth->dialect->uses & OC_REF_BETA2) != 0 ? h->beta2 : 1; /* AdaGrad forgets nothing */
    const double decay = second ? kept : momentum ? h->momentum : h->beta1;
    const double etas = second ? OPTCERT_ETAS : OPTCERT_ETAS + truth->product_loss;
    return optcert_state_loss(etas * truth->eta, decay);
}

/* Sums that end in theta': NAdam's two terms may be taken off one after the other. */
static int last_sums(const optcert_truth *truth)
{
    return strncmp(truth->dialect->name, "nadam", 5) == 0 ? 2 : 1;
}

static void step_element(optcert_truth *truth, size_t i, double theta, double grad)
{
    oc_ref_ball *slot[OC_REF_SLOTS] = {NULL};
    const bool decays = (truth->dialect->uses & OC_REF_WEIGHT_DECAY) != 0;
    oc_ref_ball_set_d(&truth->theta[i], theta);
    optcert_blur(&truth->theta[i], decays ? OPTCERT_ROUNDINGS_THETA : 0, truth->unit);
    oc_ref_ball_set_d(&truth->grad, grad);
    optcert_blur(&truth->grad, OPTCERT_ROUNDINGS_GRAD, truth->unit);
    optcert_widen(&truth->grad, (OPTCERT_ETAS + truth->product_loss) * truth->eta);
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        slot[s] = &truth->slot[s][i];
        optcert_widen(slot[s], state_loss(truth, s));
    }
    truth->dialect->element(&truth->blurred, &truth->theta[i], slot, &truth->grad);
    optcert_blur(&truth->theta[i], last_sums(truth), truth->unit);
    optcert_widen(&truth->theta[i], truth->eta);
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        optcert_widen(slot[s], OPTCERT_ETAS * truth->eta);
    }
}

void optcert_truth_step(optcert_truth *truth, const double *theta, const double *grad)
{
    prepare(truth);
    for (size_t i = 0; i < truth->n; i++) {
        step_element(truth, i, theta[i], grad[i]);
    }
    truth->step++;
}

const oc_ref_ball *optcert_truth_theta(const optcert_truth *truth, size_t i)
{
    return &truth->theta[i];
}

const oc_ref_ball *optcert_truth_slot(const optcert_truth *truth, size_t slot, size_t i)
{
    return &truth->slot[slot][i];
}
