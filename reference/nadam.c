/* SPDX-License-Identifier: GPL-3.0-or-later
 * NAdam (Dozat 2016): Adam whose numerator looks one step ahead,
 *   mhat = mu_(t+1) m' / (1 - mu_1 ... mu_(t+1)) + (1 - mu_t) g / (1 - mu_1 ... mu_t),  t = k + 1,
 * with the schedule mu_t = beta1 (1 - 0.96^(t psi) / 2), psi = 0.004 (both as binary64, as frameworks
 * have them), or with mu_t = beta1 throughout. */
#include "adam.h"
#include "elements.h"
#include "nadam.h"

static const double schedule_base = 0.96;
static const double schedule_psi = 0.004;

/* The schedule's own part, mu_t / beta1 = 1 - 0.96^(t psi) / 2, is the same for every beta1. It has no closed form:
 * a jump to step k costs k multiplications. Marks on the way save them to whoever comes again with another beta1. */
enum { MARK_EVERY = 4096 };
static const int marked_ball[COEF_MARK] = {C_POWER, C_FACTOR, C_FACTOR_NEXT, C_FACTORS};

/* c[C_POWER] *= 0.96^psi; r = the factor that this power belongs to */
static void next_factor(oc_ref_coef *coef, oc_ref_ball *r)
{
    oc_ref_ball_mul(&coef->c[C_POWER], &coef->c[C_POWER], &coef->c[C_RATIO]);
    oc_ref_ball_set_d(r, 0.5);
    oc_ref_ball_mul(r, r, &coef->c[C_POWER]);
    oc_ref_ball_one_minus(r, r);
}

/* t = 1 */
static void schedule_start(oc_ref_coef *coef)
{
    oc_ref_ball *ratio = &coef->c[C_RATIO];
    mpfr_t psi;
    mpfr_init2(psi, 53);
    mpfr_set_d(psi, schedule_psi, MPFR_RNDN);
    mpfr_set_d(ratio->mid, schedule_base, MPFR_RNDN);
    mpfr_pow(ratio->mid, ratio->mid, psi, MPFR_RNDN);
    mpfr_set_ui_2exp(ratio->rad, 1, mpfr_get_exp(ratio->mid) - (mpfr_exp_t)mpfr_get_prec(ratio->mid) - 1, MPFR_RNDU);
    mpfr_clear(psi);
    oc_ref_ball_set_d(&coef->c[C_POWER], 1);
    next_factor(coef, &coef->c[C_FACTOR]);
    oc_ref_ball_set(&coef->c[C_FACTORS], &coef->c[C_FACTOR]);
    next_factor(coef, &coef->c[C_FACTOR_NEXT]);
    coef->schedule = 1;
}

static void schedule_advance(oc_ref_coef *coef)
{
    oc_ref_ball_set(&coef->c[C_FACTOR], &coef->c[C_FACTOR_NEXT]);
    oc_ref_ball_mul(&coef->c[C_FACTORS], &coef->c[C_FACTORS], &coef->c[C_FACTOR]);
    next_factor(coef, &coef->c[C_FACTOR_NEXT]);
    coef->schedule++;
    if (coef->schedule % MARK_EVERY == 0 && coef->schedule > coef->marked) {
        for (int i = 0; i < COEF_MARK; i++) {
            oc_ref_ball_set(&coef->mark[i], &coef->c[marked_ball[i]]);
        }
        coef->marked = coef->schedule;
    }
}

static void schedule_from_mark(oc_ref_coef *coef)
{
    for (int i = 0; i < COEF_MARK; i++) {
        oc_ref_ball_set(&coef->c[marked_ball[i]], &coef->mark[i]);
    }
    coef->schedule = coef->marked;
}

/* r = x^n, n > 0, by squaring; x and r differ */
static void power(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *x, uint64_t n)
{
    oc_ref_ball *square = &coef->t[4];
    oc_ref_ball_set(square, x);
    oc_ref_ball_set_d(r, 1);
    for (uint64_t left = n; left > 0; left >>= 1) {
        if (left & 1) {
            oc_ref_ball_mul(r, r, square);
        }
        oc_ref_ball_mul(square, square, square);
    }
}

/* mu_1 ... mu_t = beta1^t times the product of the schedule's own part */
static void find_momenta(oc_ref_coef *coef, uint64_t t)
{
    oc_ref_ball *c = coef->c;
    oc_ref_ball_mul(&c[C_MU], &c[C_BETA1], &c[C_FACTOR]);
    oc_ref_ball_mul(&c[C_MU_NEXT], &c[C_BETA1], &c[C_FACTOR_NEXT]);
    power(coef, &coef->t[5], &c[C_BETA1], t);
    oc_ref_ball_mul(&c[C_PRODUCT], &coef->t[5], &c[C_FACTORS]);
    oc_ref_ball_mul(&c[C_PRODUCT_NEXT], &c[C_PRODUCT], &c[C_MU_NEXT]);
    coef->momenta = t;
}

uint64_t oc_ref_nadam_schedule(oc_ref_coef *coef)
{
    const uint64_t t = coef->step + 1;
    if (coef->schedule == 0 || coef->schedule > t) {
        schedule_start(coef);
    }
    if (coef->schedule < coef->marked && coef->marked <= t) {
        schedule_from_mark(coef);
    }
    const uint64_t from = coef->schedule;
    while (coef->schedule < t) {
        schedule_advance(coef);
    }
    if (coef->momenta != t) {
        find_momenta(coef, t);
    }
    return t - from;
}

/* r = weight x / one_minus_product */
static void ahead_term(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *weight, const oc_ref_ball *x,
                       const oc_ref_ball *one_minus_product)
{
    oc_ref_ball_mul(&coef->t[4], weight, x);
    oc_ref_ball_div(r, &coef->t[4], one_minus_product);
}

void oc_ref_nadam_numerator(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad,
                            const oc_ref_ball *product, const oc_ref_ball *next_product)
{
    oc_ref_ball_one_minus(&coef->t[2], next_product);
    ahead_term(coef, &coef->t[0], &coef->c[C_MU_NEXT], m, &coef->t[2]);
    oc_ref_ball_one_minus(&coef->t[2], product);
    oc_ref_ball_one_minus(&coef->t[3], &coef->c[C_MU]);
    ahead_term(coef, &coef->t[1], &coef->t[3], grad, &coef->t[2]);
    oc_ref_ball_add(mhat, &coef->t[0], &coef->t[1]);
}

void oc_ref_nadam_ahead(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
{
    oc_ref_nadam_schedule(coef);
    oc_ref_nadam_numerator(coef, mhat, m, grad, &coef->c[C_PRODUCT], &coef->c[C_PRODUCT_NEXT]);
}

void oc_ref_nadam_ahead_mu_twice(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
{
    oc_ref_nadam_schedule(coef);
    oc_ref_ball_mul(&coef->t[3], &coef->c[C_PRODUCT_NEXT], &coef->c[C_MU]);
    oc_ref_nadam_numerator(coef, mhat, m, grad, &coef->c[C_PRODUCT], &coef->t[3]);
}

/* 1 - beta1^(t+1) = c1 + (1 - beta1) (1 - c1) */
static void next_c1(oc_ref_coef *coef, oc_ref_ball *r)
{
    oc_ref_ball_mul(r, &coef->c[C_W1], &coef->c[C_C1]);
    oc_ref_ball_sub(r, &coef->c[C_C1], r);
    oc_ref_ball_add(r, r, &coef->c[C_W1]);
}

void oc_ref_nadam_ahead_constant(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
{
    next_c1(coef, &coef->t[2]);
    ahead_term(coef, &coef->t[0], &coef->c[C_BETA1], m, &coef->t[2]);
    ahead_term(coef, &coef->t[1], &coef->c[C_W1], grad, &coef->c[C_C1]);
    oc_ref_ball_add(mhat, &coef->t[0], &coef->t[1]);
}

typedef void oc_ref_ahead(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad);

static void step(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad,
                 oc_ref_ahead *ahead)
{
    oc_ref_adam_moments(coef, slot, grad);
    ahead(coef, &coef->t[0], slot[0], grad);
    oc_ref_adam_divisor(coef, &coef->t[2], slot[1]);
    oc_ref_go_down(coef, theta, &coef->t[0], &coef->t[2]);
}

void oc_ref_nadam(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, oc_ref_nadam_ahead);
}

void oc_ref_nadam_mu_twice(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, oc_ref_nadam_ahead_mu_twice);
}

void oc_ref_nadam_constant_momentum(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                    const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, oc_ref_nadam_ahead_constant);
}
