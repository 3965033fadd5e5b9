/* SPDX-License-Identifier: GPL-3.0-or-later
 * What moves theta: the first moment, the gradient, or what looks ahead. */
#include "walk_state.h"

#include <math.h>

static void nesterov(optcert_walk *walk, const optcert_ball *m)
{
    const bool average = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_AVERAGE);
    optcert_ball *r = &walk->direction;
    optcert_ball_mul(r, &walk->coef[average ? C_BETA1 : C_MOMENTUM], m);
    optcert_ball_mul(&walk->a, &walk->coef[average ? C_W1 : optcert_has_lr_inside(walk) ? C_LR : C_ONE], &walk->grad);
    optcert_ball_add(r, r, &walk->a);
    optcert_ball_div(r, r, &walk->c1);
}

/* r = weight x / (1 - product) */
static void ahead_term(optcert_ball *r, const optcert_ball *weight, const optcert_ball *x, const optcert_ball *product)
{
    optcert_ball divisor;
    optcert_ball_one_minus(&divisor, product);
    optcert_ball_mul(r, weight, x);
    optcert_ball_div(r, r, &divisor);
}

/* mu_(t+1) m' / (1 - next product) + (1 - mu_t) g / (1 - product) */
static void ahead(optcert_walk *walk, optcert_ball *r, const optcert_ball *m, const optcert_ball *g, const optcert_ball *product,
                  const optcert_ball *next_product)
{
    optcert_ball weight, term;
    optcert_ball_one_minus(&weight, &walk->coef[C_MU]);
    ahead_term(&term, &weight, g, product);
    ahead_term(r, &walk->coef[C_MU_NEXT], m, next_product);
    optcert_ball_add(r, r, &term);
}

/* Where the product that the walk keeps, and what is computed from it, are binary32, each term's coefficient takes four
 * roundings: the product with mu, the difference from 1, the conversion of lr mu, the quotient. */
static void ahead_by_product(optcert_walk *walk, optcert_ball *r, const optcert_ball *m, bool twice)
{
    enum { ROUNDINGS = 4 };
    const double unit = ldexp(1, -(int)oc_ref_f32.prec);
    optcert_ball next, moment = *m, grad = walk->grad;
    optcert_ball_mul(&next, &walk->product, &walk->coef[C_MU_NEXT]);
    if (twice) {
        optcert_ball_mul(&next, &next, &walk->coef[C_MU]);
    }
    optcert_ball_blur(&moment, ROUNDINGS, unit);
    optcert_ball_blur(&grad, ROUNDINGS, unit);
    ahead(walk, r, &moment, &grad, &walk->product, &next);
}

static void look_ahead(optcert_walk *walk, optcert_ball *r, const optcert_ball *m, bool twice)
{
    optcert_walk_schedule(walk);
    if (optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT_PRODUCT)) {
        ahead_by_product(walk, r, m, twice);
        return;
    }
    optcert_ball next = walk->coef[C_PRODUCT_NEXT];
    if (twice) {
        optcert_ball_mul(&next, &next, &walk->coef[C_MU]);
    }
    ahead(walk, r, m, &walk->grad, &walk->coef[C_PRODUCT], &next);
}

/* mu = beta1 throughout: 1 - beta1^(t+1) = c1 + (1 - beta1) (1 - c1), c1 being that of t, whatever divides elsewhere */
static void look_ahead_constant(optcert_walk *walk, optcert_ball *r, const optcert_ball *m)
{
    const optcert_ball *c1 = &walk->coef[C_C1], *w1 = &walk->coef[C_W1];
    optcert_ball next, term;
    optcert_ball_mul(&next, w1, c1);
    optcert_ball_sub(&next, c1, &next);
    optcert_ball_add(&next, &next, w1);
    optcert_ball_mul(&term, w1, &walk->grad);
    optcert_ball_div(&term, &term, c1);
    optcert_ball_mul(r, &walk->coef[C_BETA1], m);
    optcert_ball_div(r, r, &next);
    optcert_ball_add(r, r, &term);
}

void optcert_walk_direction(optcert_walk *walk)
{
    optcert_ball *r = &walk->direction, *m = &walk->used_m;
    const optcert_ball *g = &walk->grad;
    const bool none = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_NONE) || optcert_has_quotient(walk);
    switch (none ? MODEL_DIRECTION_GRADIENT : walk->model->trait[TRAIT_DIRECTION]) {
    case MODEL_DIRECTION_GRADIENT:
        optcert_ball_set(r, g);
        break;
    case MODEL_DIRECTION_NESTEROV:
        nesterov(walk, m);
        break;
    case MODEL_DIRECTION_NADAM:
    case MODEL_DIRECTION_NADAM_MU_TWICE:
    case MODEL_DIRECTION_NADAM_PSI:
        look_ahead(walk, r, m, optcert_has(walk, TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_MU_TWICE));
        break;
    case MODEL_DIRECTION_NADAM_CONSTANT:
        look_ahead_constant(walk, r, m);
        break;
    default:
        optcert_ball_div(r, m, &walk->c1);
    }
}
