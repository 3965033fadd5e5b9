/* SPDX-License-Identifier: GPL-3.0-or-later
 * The true step on blurred coefficients. See allowance.h. */
#include "allowance.h"
#include "coef.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDINGS = 6,
    ROUNDINGS_C = 2 * ROUNDINGS,
    ROUNDINGS_LERP = 3,
    ROUNDINGS_GRAD = 2,
    ROUNDINGS_THETA = 2,
    ETAS = 4
};

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

/* rad += amount, for numbers only: special values are exact. */
static void widen(oc_ref_ball *x, double amount)
{
    if (mpfr_number_p(x->mid)) {
        mpfr_add_d(x->rad, x->rad, amount, MPFR_RNDU);
    }
}

/* rad += |mid| * roundings * u */
static void blur(const optcert_truth *truth, oc_ref_ball *x, double roundings)
{
    mpfr_t size;
    if (!mpfr_number_p(x->mid)) {
        return;
    }
    mpfr_init2(size, OC_REF_RAD_PREC);
    mpfr_abs(size, x->mid, MPFR_RNDU);
    mpfr_mul_d(size, size, roundings * truth->unit, MPFR_RNDU);
    mpfr_add(x->rad, x->rad, size, MPFR_RNDU);
    mpfr_clear(size);
}

/* What stays the same at every step. NAdam's schedule is built from beta1, and inherits its radius. */
static void blur_hyper(optcert_truth *truth)
{
    static const int plain[] = {C_LR, C_BETA1, C_BETA2, C_EPS, C_WEIGHT_DECAY, C_MOMENTUM, C_UNDAMPED};
    const optcert_hyper *h = &truth->hyper;
    oc_ref_coef *coef = &truth->blurred;
    oc_ref_coef_init(coef, h, OC_REF_PREC);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        blur(truth, &coef->c[plain[i]], ROUNDINGS);
    }
    widen(&coef->c[C_BETA1], ROUNDINGS_LERP * (1 - h->beta1) * truth->unit);
    widen(&coef->c[C_BETA2], ROUNDINGS_LERP * (1 - h->beta2) * truth->unit);
    blur(truth, &coef->c[C_W1], ROUNDINGS + h->beta1 / (1 - h->beta1));
    blur(truth, &coef->c[C_W2], ROUNDINGS + h->beta2 / (1 - h->beta2));
}

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
    blur_hyper(truth);
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

/* (2k + 4) beta^k / (1 - beta^k); in doubles, where the last digits of a count do not matter. */
static double power_roundings(double beta, double k)
{
    if (beta == 0) {
        return 0;
    }
    const double exponent = k * log(beta);
    return (2 * k + 4) * exp(exponent) / -expm1(exponent);
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
    blur(truth, &coef->c[C_C1], ROUNDINGS_C + power_roundings(h->beta1, k));
    blur(truth, &coef->c[C_C2], ROUNDINGS_C + power_roundings(h->beta2, k));
    truth->product_loss = folding(truth) / h->lr;
}

/* Losses to underflow, expressed on the inputs of the element: see the derivation. */
static double state_loss(const optcert_truth *truth, size_t slot)
{
    const bool second = truth->dialect->slot[slot][0] == 'v';
    const optcert_hyper *h = &truth->hyper;
    const bool momentum = (truth->dialect->uses & OC_REF_MOMENTUM) != 0;
    const double decay = second ? h->beta2 : momentum ? h->momentum : h->beta1;
    const double etas = second ? ETAS : ETAS + truth->product_loss;
    return decay > 0 ? etas * truth->eta / decay : 0;
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
    blur(truth, &truth->theta[i], decays ? ROUNDINGS_THETA : 0);
    oc_ref_ball_set_d(&truth->grad, grad);
    blur(truth, &truth->grad, ROUNDINGS_GRAD);
    widen(&truth->grad, (ETAS + truth->product_loss) * truth->eta);
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        slot[s] = &truth->slot[s][i];
        widen(slot[s], state_loss(truth, s));
    }
    truth->dialect->element(&truth->blurred, &truth->theta[i], slot, &truth->grad);
    blur(truth, &truth->theta[i], last_sums(truth));
    widen(&truth->theta[i], truth->eta);
    for (size_t s = 0; s < truth->dialect->slots; s++) {
        widen(slot[s], ETAS * truth->eta);
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
