/* SPDX-License-Identifier: GPL-3.0-or-later
 * The moments of an element. */
#include "walk_state.h"

/* x' = coef[decay] x + coef[weight] in */
static void average(optcert_walk *walk, optcert_ball *x, int decay, int weight, const optcert_ball *in)
{
    optcert_ball entering;
    optcert_ball_mul(&entering, &walk->coef[weight], in);
    optcert_ball_mul(x, &walk->coef[decay], x);
    optcert_ball_add(x, x, &entering);
}

static void first_moment(optcert_walk *walk, optcert_ball *m)
{
    const optcert_ball *coef = walk->coef;
    const optcert_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_FIRST]) {
    case MODEL_FIRST_SUM:
        average(walk, m, C_MOMENTUM, C_ONE, g);
        break;
    case MODEL_FIRST_DAMPED:
        average(walk, m, C_MOMENTUM, C_UNDAMPED, g);
        break;
    case MODEL_FIRST_DAMPED_LATER:
        average(walk, m, C_MOMENTUM, walk->k == 0 ? C_ONE : C_UNDAMPED, g);
        break;
    case MODEL_FIRST_AVERAGE:
        average(walk, m, C_BETA1, C_W1, g);
        break;
    case MODEL_FIRST_AVERAGE_MU:
        optcert_ball_one_minus(&walk->a, &coef[C_MOMENTUM]);
        optcert_ball_blur(&walk->a, OPTCERT_ROUNDINGS, walk->unit);
        optcert_ball_mul(&walk->a, &walk->a, g);
        optcert_ball_mul(m, m, &coef[C_MOMENTUM]);
        optcert_ball_add(m, m, &walk->a);
        break;
    case MODEL_FIRST_UNWEIGHTED:
        average(walk, m, C_BETA1, C_ONE, g);
        break;
    case MODEL_FIRST_OVERWRITTEN:
        optcert_ball_set(m, g);
        break;
    case MODEL_FIRST_LR_INSIDE:
    case MODEL_FIRST_VELOCITY:
        average(walk, m, C_MOMENTUM, C_LR, g);
        break;
    }
}

/* v + or - (1 - beta2) g^2, towards g^2. */
static void yogi(optcert_walk *walk, optcert_ball *v)
{
    optcert_ball_mul(&walk->a, &walk->grad, &walk->grad);
    optcert_ball_sub(&walk->b, v, &walk->a);
    optcert_ball_mul(&walk->a, &walk->a, &walk->coef[C_W2]);
    optcert_ball_sign(&walk->b, &walk->a);
    if (walk->b.mid == 0 && optcert_finite(walk->b.rad)) { /* v = g^2: the sum is taken */
        optcert_ball_set(&walk->b, &walk->a);
        optcert_ball_negate(&walk->b);
    }
    optcert_ball_sub(v, v, &walk->b);
    optcert_ball_blur(v, 1, walk->unit); /* the sum: v itself has no coefficient that could carry it */
}

/* b2 v + weight in, `in` in walk->a. */
static void average_in(optcert_walk *walk, optcert_ball *v, int weight)
{
    average(walk, v, C_BETA2, weight, &walk->a);
}

static void second_moment(optcert_walk *walk, optcert_ball *v, const optcert_ball *new_m)
{
    optcert_ball *in = &walk->a;
    const optcert_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_SECOND]) {
    case MODEL_SECOND_AVERAGE:
        optcert_ball_square(in, g);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_UNWEIGHTED:
        optcert_ball_square(in, g);
        average_in(walk, v, C_ONE);
        break;
    case MODEL_SECOND_FIRST_WEIGHT:
        optcert_ball_square(in, g);
        average_in(walk, v, C_W1);
        break;
    case MODEL_SECOND_ABSOLUTE:
        optcert_ball_set(in, g);
        optcert_ball_abs(in);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_BELIEF:
    case MODEL_SECOND_BELIEF_OLD:
        optcert_ball_sub(in, g, optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_BELIEF) ? new_m : &walk->old_m);
        optcert_ball_square(in, in);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_ADAMAX:
        optcert_ball_set(in, g);
        optcert_ball_abs(in);
        optcert_ball_mul(v, v, &walk->coef[C_BETA2]);
        optcert_ball_max(v, v, in);
        break;
    case MODEL_SECOND_OF_FIRST:
        optcert_ball_square(in, new_m);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_YOGI:
        yogi(walk, v);
        break;
    case MODEL_SECOND_SUM:
        optcert_ball_square(in, g);
        average(walk, v, C_KEPT, C_ONE, in);
        break;
    case MODEL_SECOND_SHARED_MEAN:
        optcert_ball_set(in, &walk->mean_square);
        average_in(walk, v, C_W2);
        break;
    }
}

/* What divides in place of v where the model keeps one more array. */
static void effective_second(optcert_walk *walk, size_t i)
{
    optcert_ball *extra = &walk->extra[i];
    if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM)) {
        optcert_ball_max(extra, extra, &walk->used_v);
        optcert_ball_set(&walk->used_v, extra);
    } else if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM_CORRECTED)) {
        optcert_ball_div(&walk->a, &walk->used_v, &walk->c2);
        optcert_ball_max(extra, extra, &walk->a);
        optcert_ball_mul(&walk->used_v, extra, &walk->c2); /* which c2 divides again */
    } else if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_CENTRED)) {
        average(walk, extra, C_BETA2, C_W2, &walk->grad);
        optcert_ball_square(&walk->a, extra);
        optcert_ball_sub(&walk->used_v, &walk->used_v, &walk->a);
    }
}

/* The format that m, or v, is kept in; NULL: the build's. */
static const oc_ref_format *kept_in(const optcert_walk *walk, bool first)
{
    switch (walk->model->trait[TRAIT_PRECISION]) {
    case MODEL_PRECISION_FLOAT_STATE:
        return &oc_ref_f32;
    case MODEL_PRECISION_BFLOAT_STATE:
        return &optcert_bfloat;
    case MODEL_PRECISION_HALF_STATE:
        return &optcert_half;
    case MODEL_PRECISION_FLOAT_FIRST:
        return first ? &oc_ref_f32 : NULL;
    case MODEL_PRECISION_BFLOAT_FIRST:
        return first ? &optcert_bfloat : NULL;
    case MODEL_PRECISION_HALF_FIRST:
        return first ? &optcert_half : NULL;
    default:
        return NULL;
    }
}

/* What goes into a slot. */
static void store(const optcert_walk *walk, optcert_ball *slot, bool first)
{
    const oc_ref_format *format = kept_in(walk, first);
    if (format != NULL) {
        optcert_ball_round(slot, format);
    } else if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLUSH)) {
        optcert_ball_flush(slot, walk->format);
    }
    optcert_walk_forget_overflow(walk, slot);
}

/* What happens to a new moment at some steps. */
static void damage(optcert_walk *walk, optcert_ball *moment, unsigned event)
{
    if (walk->event && optcert_has(walk, TRAIT_EVENT, event)) {
        optcert_ball_times(moment, walk->model->value[TRAIT_EVENT]);
        optcert_ball_blur(moment, 1, walk->unit);
    }
}

/* What a slot has after a step, and what acts: the same, but for formats in between. */
static void keep(const optcert_walk *walk, optcert_ball *slot, optcert_ball *used, bool first)
{
    optcert_ball_widen(slot, OPTCERT_ETAS * walk->eta);
    store(walk, slot, first);
    if (walk->model->value[TRAIT_PRECISION] != 0) {
        store(walk, used, first);
    } else {
        optcert_walk_forget_overflow(walk, used);
    }
}

static bool is_velocity(const optcert_walk *walk)
{
    return optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_VELOCITY);
}

void optcert_walk_moments(optcert_walk *walk, size_t i)
{
    optcert_ball *m = &walk->m[i], *v = &walk->v[i];
    const uint8_t *trait = walk->model->trait;
    optcert_ball_widen(m, walk->loss_first);
    optcert_ball_widen(v, walk->loss_second);
    if (is_velocity(walk)) {
        optcert_ball_negate(m);
    }
    optcert_ball_set(&walk->old_m, m);
    optcert_ball_set(&walk->old_v, v);
    first_moment(walk, m);
    second_moment(walk, v, trait[TRAIT_FIRST] == MODEL_FIRST_NONE ? &walk->grad : m);
    if (!optcert_has_quotient(walk)) {
        damage(walk, m, MODEL_EVENT_FIRST_TIMES);
    }
    damage(walk, v, MODEL_EVENT_SECOND_TIMES);
    optcert_ball_set(&walk->used_m, trait[TRAIT_OLD_FIRST] != 0 ? &walk->old_m : m);
    optcert_ball_set(&walk->used_v, trait[TRAIT_OLD_SECOND] != 0 ? &walk->old_v : v);
    if (trait[TRAIT_CORRECTION] == MODEL_CORRECTION_STORED) {
        optcert_ball_div(m, m, &walk->c1);
        optcert_ball_div(v, v, &walk->c2);
    }
    keep(walk, m, &walk->used_m, true);
    keep(walk, v, &walk->used_v, false);
    effective_second(walk, i);
    if (is_velocity(walk)) {
        optcert_ball_negate(m);
    }
}

void optcert_walk_quotient_moment(optcert_walk *walk, size_t i)
{
    optcert_ball *m = &walk->m[i], *quotient = &walk->direction;
    average(walk, m, C_MOMENTUM, C_QUOTIENT, quotient);
    damage(walk, m, MODEL_EVENT_FIRST_TIMES);
    optcert_ball_set(quotient, walk->model->trait[TRAIT_OLD_FIRST] != 0 ? &walk->old_m : m);
    keep(walk, m, quotient, true);
}
