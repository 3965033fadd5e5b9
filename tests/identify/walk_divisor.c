/* SPDX-License-Identifier: GPL-3.0-or-later
 * What divides: the root of the second moment, and eps. */
#include "walk_state.h"

#include <math.h>

/* The second moment that divides element i: a slot's where the loop takes the wrong one. */
static const optcert_ball *second_at(const optcert_walk *walk, size_t i)
{
    if (optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_NEIGHBOUR) && i > 0) {
        return &walk->v[i - 1];
    }
    return optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_SHARED_SECOND) ? &walk->v[0] : &walk->used_v;
}

static void take_root(const optcert_walk *walk, optcert_ball *r)
{
    switch (walk->model->trait[TRAIT_ROOT]) {
    case MODEL_ROOT_MISSING:
        return;
    case MODEL_ROOT_TWICE:
        optcert_ball_sqrt(r, r);
        optcert_ball_sqrt(r, r);
        return;
    case MODEL_ROOT_COARSE:
        optcert_ball_sqrt(r, r);
        optcert_ball_blur(r, 1, exp2(-walk->model->value[TRAIT_ROOT]));
        return;
    default:
        optcert_ball_sqrt(r, r);
    }
}

/* r = root of v / c2 + what stands beside it, if anything does; or the root of v alone, over c2 */
static void root_with(optcert_walk *walk, optcert_ball *r, const optcert_ball *v, const optcert_ball *beside)
{
    const bool rootless = optcert_has(walk, TRAIT_CORRECTION, MODEL_CORRECTION_ROOTLESS);
    if (rootless) {
        optcert_ball_set(r, v);
    } else {
        optcert_ball_div(r, v, &walk->c2);
        optcert_walk_forget_overflow(walk, r);
    }
    if (beside != NULL) {
        optcert_ball_add(r, r, beside);
    }
    take_root(walk, r);
    if (rootless) {
        optcert_ball_div(r, r, &walk->c2);
    }
}

/* r = root of the uncorrected v with eps, over sqrt(c2), or c2 */
static void uncorrected(optcert_walk *walk, optcert_ball *r, const optcert_ball *v)
{
    const optcert_ball *eps = &walk->coef[C_EPS];
    walk->a = walk->c2;
    if (!optcert_has(walk, TRAIT_CORRECTION, MODEL_CORRECTION_ROOTLESS)) {
        optcert_ball_sqrt(&walk->a, &walk->c2);
    }
    if (optcert_has(walk, TRAIT_EPS, MODEL_EPS_HAT)) {
        optcert_ball_set(r, v);
        take_root(walk, r);
        optcert_ball_add(r, r, eps);
    } else {
        optcert_ball_add(r, v, eps);
        take_root(walk, r);
    }
    optcert_ball_div(r, r, &walk->a);
}

/* eps beside the corrected root r, in one of several ways. */
static void put_beside(optcert_walk *walk, optcert_ball *r)
{
    const optcert_ball *eps = &walk->coef[C_EPS];
    switch (walk->model->trait[TRAIT_EPS]) {
    case MODEL_EPS_TIMES_ROOT:
        optcert_ball_sqrt(&walk->a, &walk->c2);
        optcert_ball_mul(&walk->a, &walk->a, eps);
        optcert_ball_add(r, r, &walk->a);
        return;
    case MODEL_EPS_MISSING:
        return;
    case MODEL_EPS_MAXIMUM:
        optcert_ball_max(r, r, eps);
        return;
    case MODEL_EPS_SUBTRACTED:
        optcert_ball_sub(r, r, eps);
        return;
    default:
        optcert_ball_add(r, r, eps);
    }
}

void optcert_walk_divisor(optcert_walk *walk, size_t i)
{
    optcert_ball *r = &walk->divisor;
    const optcert_ball *v = second_at(walk, i), *eps = &walk->coef[C_EPS];
    switch (walk->model->trait[TRAIT_EPS]) {
    case MODEL_EPS_INSIDE:
        root_with(walk, r, v, eps);
        return;
    case MODEL_EPS_TWICE:
        root_with(walk, r, v, eps);
        optcert_ball_add(r, r, eps);
        return;
    case MODEL_EPS_SQUARED_INSIDE:
        optcert_ball_square(&walk->a, eps);
        root_with(walk, r, v, &walk->a);
        return;
    case MODEL_EPS_CONSTANT_INSIDE:
        optcert_ball_set_d(&walk->a, walk->model->value[TRAIT_EPS]);
        optcert_ball_blur(&walk->a, OPTCERT_ROUNDINGS, walk->unit);
        root_with(walk, r, v, &walk->a);
        optcert_ball_add(r, r, eps);
        return;
    case MODEL_EPS_HAT:
    case MODEL_EPS_UNCORRECTED_INSIDE:
        uncorrected(walk, r, v);
        return;
    default:
        root_with(walk, r, v, NULL);
        put_beside(walk, r);
    }
}
