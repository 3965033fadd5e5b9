/* SPDX-License-Identifier: GPL-3.0-or-later
 * What moves theta: the first moment, the gradient, or what looks ahead. */
#include "walk_state.h"

#include "nadam.h"

#include <math.h>

static void nesterov(optcert_walk *walk, const oc_ref_ball *m)
{
    const bool average = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_AVERAGE);
    oc_ref_ball *r = &walk->direction;
    oc_ref_ball_mul(r, &walk->coef.c[average ? C_BETA1 : C_MOMENTUM], m);
    oc_ref_ball_mul(&walk->a, &walk->coef.c[average ? C_W1 : optcert_has_lr_inside(walk) ? C_LR : C_ONE], &walk->grad);
    oc_ref_ball_add(r, r, &walk->a);
    oc_ref_ball_div(r, r, &walk->c1);
}

/* NAdam's numerator where the product that the walk keeps, and what is computed from it, are binary32: each term's
 * coefficient takes four roundings, the product with mu, the difference from 1, the conversion of lr mu, the quotient. */
static void ahead_by_product(optcert_walk *walk, oc_ref_ball *r, const oc_ref_ball *m, bool twice)
{
    enum { ROUNDINGS = 4 };
    const double unit = ldexp(1, -(int)oc_ref_f32.prec);
    oc_ref_coef *coef = &walk->coef;
    oc_ref_ball_mul(&walk->a, &walk->product, &coef->c[C_MU_NEXT]);
    if (twice) {
        oc_ref_ball_mul(&walk->a, &walk->a, &coef->c[C_MU]);
    }
    oc_ref_ball_set(&walk->b, m);
    oc_ref_ball_set(&walk->shown, &walk->grad);
    optcert_blur(&walk->b, ROUNDINGS, unit);
    optcert_blur(&walk->shown, ROUNDINGS, unit);
    oc_ref_nadam_numerator(coef, r, &walk->b, &walk->shown, &walk->product, &walk->a);
}

static void look_ahead(optcert_walk *walk, oc_ref_ball *r, const oc_ref_ball *m, bool twice)
{
    optcert_walk_schedule(walk);
    if (optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT_PRODUCT)) {
        ahead_by_product(walk, r, m, twice);
    } else if (twice) {
        oc_ref_nadam_ahead_mu_twice(&walk->coef, r, m, &walk->grad);
    } else {
        oc_ref_nadam_ahead(&walk->coef, r, m, &walk->grad);
    }
}

void optcert_walk_direction(optcert_walk *walk)
{
    oc_ref_ball *r = &walk->direction, *m = &walk->used_m;
    const oc_ref_ball *g = &walk->grad;
    const bool none = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_NONE) || optcert_has_quotient(walk);
    switch (none ? MODEL_DIRECTION_GRADIENT : walk->model->trait[TRAIT_DIRECTION]) {
    case MODEL_DIRECTION_GRADIENT:
        oc_ref_ball_set(r, g);
        break;
    case MODEL_DIRECTION_NESTEROV:
        nesterov(walk, m);
        break;
    case MODEL_DIRECTION_NADAM:
    case MODEL_DIRECTION_NADAM_MU_TWICE:
        look_ahead(walk, r, m, optcert_has(walk, TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_MU_TWICE));
        break;
    case MODEL_DIRECTION_NADAM_CONSTANT:
        oc_ref_nadam_ahead_constant(&walk->coef, r, m, g);
        break;
    default:
        oc_ref_ball_div(r, m, &walk->c1);
    }
}
