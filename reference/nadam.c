/* SPDX-License-Identifier: GPL-3.0-or-later
 * NAdam (Dozat 2016): Adam whose numerator looks one step ahead,
 *   mhat = mu_(t+1) m' / (1 - mu_1 ... mu_(t+1)) + (1 - mu_t) g / (1 - mu_1 ... mu_t),  t = k + 1,
 * with the schedule mu_t = beta1 (1 - 0.96^(t psi) / 2), psi = 0.004 (both as binary64, as frameworks
 * have them), or with mu_t = beta1 throughout. */
#include "adam.h"
#include "elements.h"
#include "nadam.h"

static const double schedule_base = 0.96;

void oc_ref_nadam_psi(oc_ref_coef *coef, double psi)
{
    if (coef->psi != psi) {
        coef->psi = psi;
        coef->schedule = coef->momenta = 0;
    }
}

/* The schedule's own part, mu_t / beta1 = 1 - 0.96^(t psi) / 2, is the same for every beta1. */

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
    mpfr_set_d(psi, coef->psi, MPFR_RNDN);
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

/* exp(-x), x > 0 known to less than 1: |e^-x - e^-X| <= e^-x (e^r - 1) <= 2 r e^-x */
static void exp_minus(oc_ref_ball *r, const oc_ref_ball *x)
{
    MPFR_DECL_INIT(size, OC_REF_RAD_PREC);
    mpfr_neg(r->mid, x->mid, MPFR_RNDN);
    mpfr_exp(r->mid, r->mid, MPFR_RNDN);
    mpfr_set(size, r->mid, MPFR_RNDU);
    mpfr_mul_2ui(r->rad, x->rad, 1, MPFR_RNDU);
    mpfr_mul(r->rad, r->rad, size, MPFR_RNDU);
    mpfr_mul_2si(size, size, 1 - (long)mpfr_get_prec(r->mid), MPFR_RNDU);
    mpfr_add(r->rad, r->rad, size, MPFR_RNDU);
}

/* One term of the series below: x = 2^-j / j * q^j (1 - q^(jt)) / (1 - q^j), from q^j and q^(jt). */
static void leap_term(oc_ref_ball *x, oc_ref_ball *scratch, const oc_ref_ball *qj, const oc_ref_ball *qjt, unsigned j)
{
    oc_ref_ball_one_minus(x, qjt);
    oc_ref_ball_mul(x, x, qj);
    oc_ref_ball_one_minus(scratch, qj);
    oc_ref_ball_div(x, x, scratch);
    oc_ref_ball_set_d(scratch, j);
    oc_ref_ball_div(x, x, scratch);
    mpfr_div_2ui(x->mid, x->mid, j, MPFR_RNDN);
    mpfr_div_2ui(x->rad, x->rad, j, MPFR_RNDU);
}

/* With q = 0.96^psi, the logarithm of the product of 1 - q^s / 2 over s = 1 ... t is
 *   - sum_s sum_j (q^s / 2)^j / j = - sum_j 2^-j / j q^j (1 - q^(jt)) / (1 - q^j),
 * whose terms from J on are together at most t 2^-J. */
static void find_factors(oc_ref_coef *coef, const oc_ref_ball *qt, uint64_t t)
{
    oc_ref_ball *sum = &coef->t[0], *term = &coef->t[1], *scratch = &coef->t[2], *qj = &coef->t[5], *qjt = &coef->t[6];
    const unsigned terms = (unsigned)mpfr_get_prec(sum->mid) + 64;
    MPFR_DECL_INIT(rest, OC_REF_RAD_PREC);
    oc_ref_ball_set_d(sum, 0);
    oc_ref_ball_set(qj, &coef->c[C_RATIO]);
    oc_ref_ball_set(qjt, qt);
    for (unsigned j = 1; j < terms; j++) {
        leap_term(term, scratch, qj, qjt, j);
        oc_ref_ball_add(sum, sum, term);
        oc_ref_ball_mul(qj, qj, &coef->c[C_RATIO]);
        oc_ref_ball_mul(qjt, qjt, qt);
    }
    mpfr_set_ui_2exp(rest, t, -(mpfr_exp_t)terms, MPFR_RNDU);
    mpfr_add(sum->rad, sum->rad, rest, MPFR_RNDU);
    exp_minus(&coef->c[C_FACTORS], sum);
}

/* To step t at once: a jump, as a restored state makes it, would else cost as many multiplications. */
static void schedule_leap(oc_ref_coef *coef, uint64_t t)
{
    oc_ref_ball *qt = &coef->t[3];
    schedule_start(coef);
    power(coef, qt, &coef->c[C_RATIO], t - 1);
    oc_ref_ball_set(&coef->c[C_POWER], qt);
    next_factor(coef, &coef->c[C_FACTOR]);
    oc_ref_ball_set(qt, &coef->c[C_POWER]);
    next_factor(coef, &coef->c[C_FACTOR_NEXT]);
    find_factors(coef, qt, t);
    coef->schedule = t;
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
    enum { LEAP = 512 }; /* steps that cost as much as one leap */
    const uint64_t t = coef->step + 1;
    if (coef->schedule == 0 || coef->schedule > t) {
        schedule_start(coef);
    }
    const uint64_t from = coef->schedule, steps = t - from;
    if (steps > LEAP) {
        schedule_leap(coef, t);
    }
    while (coef->schedule < t) {
        schedule_advance(coef);
    }
    if (coef->momenta != t) {
        find_momenta(coef, t);
    }
    return steps < LEAP ? steps : LEAP;
}

/* r = weight x / one_minus_product */
static void ahead_term(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *weight, const oc_ref_ball *x,
                       const oc_ref_ball *one_minus_product)
{
    oc_ref_ball_mul(&coef->t[4], weight, x);
    oc_ref_ball_div(r, &coef->t[4], one_minus_product);
}

/* mhat with these products for mu_1 ... mu_t and mu_1 ... mu_(t+1); next_product may be coef->t[3], mhat none of t[1 .. 5]. */
static void numerator(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad,
                      const oc_ref_ball *product, const oc_ref_ball *next_product)
{
    oc_ref_ball_one_minus(&coef->t[2], next_product);
    ahead_term(coef, &coef->t[0], &coef->c[C_MU_NEXT], m, &coef->t[2]);
    oc_ref_ball_one_minus(&coef->t[2], product);
    oc_ref_ball_one_minus(&coef->t[3], &coef->c[C_MU]);
    ahead_term(coef, &coef->t[1], &coef->t[3], grad, &coef->t[2]);
    oc_ref_ball_add(mhat, &coef->t[0], &coef->t[1]);
}

static void ahead_scheduled(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
{
    oc_ref_nadam_schedule(coef);
    numerator(coef, mhat, m, grad, &coef->c[C_PRODUCT], &coef->c[C_PRODUCT_NEXT]);
}

/* mu_t enters the product of the first term's correction twice. */
static void ahead_mu_twice(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
{
    oc_ref_nadam_schedule(coef);
    oc_ref_ball_mul(&coef->t[3], &coef->c[C_PRODUCT_NEXT], &coef->c[C_MU]);
    numerator(coef, mhat, m, grad, &coef->c[C_PRODUCT], &coef->t[3]);
}

/* 1 - beta1^(t+1) = c1 + (1 - beta1) (1 - c1) */
static void next_c1(oc_ref_coef *coef, oc_ref_ball *r)
{
    oc_ref_ball_mul(r, &coef->c[C_W1], &coef->c[C_C1]);
    oc_ref_ball_sub(r, &coef->c[C_C1], r);
    oc_ref_ball_add(r, r, &coef->c[C_W1]);
}

/* mu_t = beta1 throughout. */
static void ahead_constant(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad)
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
    step(coef, theta, slot, grad, ahead_scheduled);
}

void oc_ref_nadam_mu_twice(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, ahead_mu_twice);
}

void oc_ref_nadam_constant_momentum(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                    const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, ahead_constant);
}

void oc_ref_nadam_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[8], theta, grad);
    oc_ref_nadam(coef, theta, slot, &coef->t[8]);
}

void oc_ref_nadam_mu_twice_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[8], theta, grad);
    oc_ref_nadam_mu_twice(coef, theta, slot, &coef->t[8]);
}

void oc_ref_nadam_decoupled_decay(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_decay(coef, theta);
    oc_ref_nadam(coef, theta, slot, grad);
}
