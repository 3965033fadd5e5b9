/* SPDX-License-Identifier: GPL-3.0-or-later
 * One element of a model's step: theta's part of it. */
#include "walk_state.h"

#include "radam.h"

/* theta -= lambda theta, times a power of lr, so many times */
static void decay(optcert_walk *walk, optcert_ball *theta, int power, double times)
{
    optcert_ball *r = &walk->a;
    optcert_ball_mul(r, &walk->coef[C_WEIGHT_DECAY], theta);
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_BY)) {
        optcert_ball_set(r, theta);
        optcert_ball_times(r, walk->model->value[TRAIT_DECAY]);
        optcert_ball_blur(r, OPTCERT_ROUNDINGS, walk->unit);
    }
    for (int i = 0; i < power; i++) {
        optcert_ball_mul(r, r, &walk->coef[C_LR]);
    }
    if (times != 1) {
        optcert_ball_times(r, times);
    }
    optcert_ball_sub(theta, theta, r);
}

static void decay_before(optcert_walk *walk, optcert_ball *theta)
{
    switch (walk->model->trait[TRAIT_DECAY]) {
    case MODEL_DECAY_DECOUPLED:
    case MODEL_DECAY_BY:
        decay(walk, theta, 1, 1);
        break;
    case MODEL_DECAY_UNSCALED:
        decay(walk, theta, 0, 1);
        break;
    case MODEL_DECAY_TWICE:
        decay(walk, theta, 1, 2);
        break;
    case MODEL_DECAY_NEGATED:
        decay(walk, theta, 1, -1);
        break;
    case MODEL_DECAY_LR_TWICE:
        decay(walk, theta, 2, 1);
        break;
    }
}

/* 0 times a number is nothing, 0 times anything else a NaN. */
static void add_zero_times_quotient(optcert_walk *walk, optcert_ball *r)
{
    optcert_ball *quotient = &walk->b;
    optcert_ball_div(quotient, r, &walk->divisor);
    if (!optcert_finite(quotient->mid)) {
        *r = (optcert_ball){NAN, 0};
    } else if (!optcert_finite(quotient->rad)) {
        optcert_ball_unknown(r);
    }
}

/* r times RAdam's factor over the divisor; as it is while the second moment is not known well. */
static void divide_rectified(optcert_walk *walk, optcert_ball *r)
{
    const double threshold = optcert_has(walk, TRAIT_RECTIFIED, MODEL_RECTIFIED_FROM_4) ? 4 : 5;
    const oc_ref_rectified which = optcert_walk_rectify(walk, threshold, &walk->a);
    optcert_ball_mul(&walk->a, &walk->a, r);
    if (which != OC_REF_RECTIFIED && optcert_has(walk, TRAIT_RECTIFIED, MODEL_RECTIFIED_BY_ZERO)) {
        add_zero_times_quotient(walk, r);
    }
    if (which == OC_REF_NOT_RECTIFIED) {
        return;
    }
    optcert_ball_div(&walk->a, &walk->a, &walk->divisor);
    if (which == OC_REF_EITHER) {
        optcert_ball_hull(r, r, &walk->a);
    } else {
        optcert_ball_set(r, &walk->a);
    }
}

static void divide(optcert_walk *walk, optcert_ball *r)
{
    if (!optcert_has(walk, TRAIT_RECTIFIED, 0)) {
        divide_rectified(walk, r);
    } else if (!optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE)) {
        optcert_ball_div(r, r, &walk->divisor);
    }
}

static void finish_update(optcert_walk *walk, optcert_ball *r)
{
    if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_CLIPPED)) {
        optcert_ball_set(&walk->a, &walk->coef[C_LR]);
        optcert_ball_times(&walk->a, walk->model->value[TRAIT_MOVE]);
        optcert_ball_clip(r, &walk->a);
    } else if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_ADDED)) {
        optcert_ball_negate(r);
    }
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT_UPDATE)) {
        optcert_ball_round(r, &oc_ref_f32);
    }
}

/* What is subtracted, in walk->direction. */
static void find_update(optcert_walk *walk, size_t i, const optcert_ball *theta)
{
    optcert_ball *r = &walk->direction;
    const optcert_ball *lr = &walk->coef[C_LR];
    const bool quotient = optcert_has_quotient(walk), inside = optcert_has_lr_inside(walk);
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_DIVIDED)) {
        optcert_ball_mul(&walk->a, &walk->coef[C_WEIGHT_DECAY], theta);
        optcert_ball_add(r, r, &walk->a);
    }
    if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_SIGN)) {
        optcert_ball_sign(r, lr);
        return;
    }
    if (quotient == inside) {
        optcert_ball_mul(r, r, lr);
    }
    divide(walk, r);
    if (quotient) {
        optcert_walk_quotient_moment(walk, i);
    }
    if (quotient && !inside) {
        optcert_ball_mul(r, r, lr);
    }
    finish_update(walk, r);
}

/* The formats that theta comes in and leaves through. */
static void format_theta(const optcert_walk *walk, optcert_ball *theta, bool leaves)
{
    switch (walk->model->trait[TRAIT_PRECISION]) {
    case MODEL_PRECISION_FLUSH:
        optcert_ball_flush(theta, walk->format);
        break;
    case MODEL_PRECISION_FLOAT:
        if (!leaves) {
            optcert_ball_round(theta, &oc_ref_f32);
        }
        break;
    case MODEL_PRECISION_FLOAT_THETA:
        optcert_ball_round(theta, &oc_ref_f32);
        break;
    case MODEL_PRECISION_BFLOAT_THETA:
        optcert_ball_round(theta, &optcert_bfloat);
        break;
    case MODEL_PRECISION_HALF_THETA:
        optcert_ball_round(theta, &optcert_half);
        break;
    }
}

/* Sums that end in theta': NAdam's two terms may be taken off one after the other. */
static int last_sums(const optcert_walk *walk)
{
    return walk->model->trait[TRAIT_DIRECTION] >= MODEL_DIRECTION_NADAM ? 2 : 1;
}

void optcert_walk_element(optcert_walk *walk, size_t i, double grad)
{
    optcert_ball *theta = &walk->theta[i];
    format_theta(walk, theta, false);
    if (!optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_NONE)) {
        optcert_ball_blur(theta, OPTCERT_ROUNDINGS_THETA, walk->unit);
    }
    optcert_walk_gradient(walk, i, grad, theta);
    optcert_walk_moments(walk, i);
    optcert_walk_direction(walk);
    if (!optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE)) {
        optcert_walk_divisor(walk, i);
    }
    decay_before(walk, theta);
    find_update(walk, i, theta);
    optcert_ball_sub(theta, theta, &walk->direction);
    if (!optcert_finite(walk->direction.rad)) {
        optcert_ball_unknown(theta); /* an infinite theta would hide it */
    }
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_AFTER)) {
        decay(walk, theta, 1, 1);
    }
    optcert_ball_blur(theta, last_sums(walk), walk->unit);
    optcert_ball_widen(theta, walk->eta);
    format_theta(walk, theta, true);
}
