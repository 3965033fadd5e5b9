/* SPDX-License-Identifier: GPL-3.0-or-later
 * One element of a model's step, trait by trait. */
#include "walk_state.h"

#include "nadam.h"

#include <math.h>

/* --- the gradient --- */

/* Where the gradient passes through a format or is cut, its value is known exactly. */
static double raw_gradient(const optcert_walk *walk, size_t i, double g)
{
    const double limit = walk->model->value[TRAIT_GRADIENT];
    switch (walk->model->trait[TRAIT_GRADIENT]) {
    case MODEL_GRADIENT_NEGATED:
        return -g;
    case MODEL_GRADIENT_CLIPPED:
        return g > limit ? limit : g < -limit ? -limit : g;
    case MODEL_GRADIENT_NAN_ZEROED:
        return isnan(g) ? 0 : g;
    case MODEL_GRADIENT_HALF:
        return oc_ref_round_double(&optcert_half, g);
    case MODEL_GRADIENT_BFLOAT:
        return oc_ref_round_double(&optcert_bfloat, g);
    case MODEL_GRADIENT_FLOAT:
        return oc_ref_round_double(&oc_ref_f32, g);
    case MODEL_GRADIENT_INFINITY_NAN:
        return isinf(g) ? NAN : g;
    case MODEL_GRADIENT_STALE:
        return walk->before[i];
    default:
        return optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT) ? oc_ref_round_double(&oc_ref_f32, g) : g;
    }
}

static void couple_decay(optcert_walk *walk, const oc_ref_ball *theta)
{
    oc_ref_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_DECAY]) {
    case MODEL_DECAY_COUPLED:
        oc_ref_couple_decay(&walk->coef, &walk->a, theta, g);
        oc_ref_ball_set(g, &walk->a);
        break;
    case MODEL_DECAY_COUPLED_NEGATED:
        oc_ref_ball_mul(&walk->a, &walk->coef.c[C_WEIGHT_DECAY], theta);
        oc_ref_ball_sub(g, g, &walk->a);
        break;
    case MODEL_DECAY_COUPLED_BY:
        oc_ref_ball_set(&walk->a, theta);
        optcert_ball_times(&walk->a, walk->model->value[TRAIT_DECAY], &walk->b);
        optcert_blur(&walk->a, OPTCERT_ROUNDINGS, walk->unit);
        oc_ref_ball_add(g, g, &walk->a);
        break;
    }
}

/* g less the mean: a sum of as many terms as there are elements, and two more roundings. */
static void subtract_mean(optcert_walk *walk, oc_ref_ball *g)
{
    oc_ref_ball_set_d(&walk->a, walk->gradient_mean);
    optcert_widen(&walk->a, ((double)walk->n + 2) * walk->unit * walk->gradient_size);
    oc_ref_ball_sub(g, g, &walk->a);
}

static void understand_gradient(optcert_walk *walk, size_t i, double raw, const oc_ref_ball *theta)
{
    oc_ref_ball *g = &walk->grad;
    oc_ref_ball_set_d(g, raw_gradient(walk, i, raw));
    if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_CENTRED)) {
        subtract_mean(walk, g);
    }
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLUSH)) {
        optcert_ball_flush(g, walk->format);
    }
    optcert_blur(g, OPTCERT_ROUNDINGS_GRAD, walk->unit);
    optcert_widen(g, (OPTCERT_ETAS + walk->product_loss) * walk->eta);
    if (walk->gradient_scale != 1) {
        optcert_ball_times(g, walk->gradient_scale, &walk->a);
        optcert_blur(g, OPTCERT_ROUNDINGS, walk->unit);
    }
    couple_decay(walk, theta);
}

/* --- the moments --- */

static void first_moment(optcert_walk *walk, oc_ref_ball *m)
{
    oc_ref_coef *coef = &walk->coef;
    const oc_ref_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_FIRST]) {
    case MODEL_FIRST_SUM:
        oc_ref_average(coef, m, C_MOMENTUM, C_ONE, g);
        break;
    case MODEL_FIRST_DAMPED:
        oc_ref_average(coef, m, C_MOMENTUM, C_UNDAMPED, g);
        break;
    case MODEL_FIRST_DAMPED_LATER:
        oc_ref_average(coef, m, C_MOMENTUM, walk->k == 0 ? C_ONE : C_UNDAMPED, g);
        break;
    case MODEL_FIRST_AVERAGE:
        oc_ref_average(coef, m, C_BETA1, C_W1, g);
        break;
    case MODEL_FIRST_AVERAGE_MU:
        oc_ref_ball_one_minus(&walk->a, &coef->c[C_MOMENTUM]);
        optcert_blur(&walk->a, OPTCERT_ROUNDINGS, walk->unit);
        oc_ref_ball_mul(&walk->a, &walk->a, g);
        oc_ref_ball_mul(m, m, &coef->c[C_MOMENTUM]);
        oc_ref_ball_add(m, m, &walk->a);
        break;
    case MODEL_FIRST_UNWEIGHTED:
        oc_ref_average(coef, m, C_BETA1, C_ONE, g);
        break;
    case MODEL_FIRST_OVERWRITTEN:
        oc_ref_ball_set(m, g);
        break;
    case MODEL_FIRST_LR_INSIDE:
        oc_ref_average(coef, m, C_MOMENTUM, C_LR, g);
        break;
    }
}

/* v + or - (1 - beta2) g^2, towards g^2. */
static void yogi(optcert_walk *walk, oc_ref_ball *v)
{
    oc_ref_ball_mul(&walk->a, &walk->grad, &walk->grad);
    oc_ref_ball_sub(&walk->b, v, &walk->a);
    oc_ref_ball_mul(&walk->a, &walk->a, &walk->coef.c[C_W2]);
    optcert_ball_sign(&walk->b, &walk->a);
    if (mpfr_zero_p(walk->b.mid) && !mpfr_inf_p(walk->b.rad)) { /* v = g^2: the sum is taken */
        oc_ref_ball_set(&walk->b, &walk->a);
        optcert_ball_negate(&walk->b);
    }
    oc_ref_ball_sub(v, v, &walk->b);
    optcert_blur(v, 1, walk->unit); /* the sum: v itself has no coefficient that could carry it */
}

/* b2 v + weight in, `in` in walk->a. */
static void average_in(optcert_walk *walk, oc_ref_ball *v, int weight)
{
    oc_ref_average(&walk->coef, v, C_BETA2, weight, &walk->a);
}

static void set_square(oc_ref_ball *r, const oc_ref_ball *x)
{
    oc_ref_ball_mul(r, x, x);
}

static void second_moment(optcert_walk *walk, oc_ref_ball *v, const oc_ref_ball *new_m)
{
    oc_ref_ball *in = &walk->a;
    const oc_ref_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_SECOND]) {
    case MODEL_SECOND_AVERAGE:
        oc_ref_average_square(&walk->coef, v, g);
        break;
    case MODEL_SECOND_UNWEIGHTED:
        set_square(in, g);
        average_in(walk, v, C_ONE);
        break;
    case MODEL_SECOND_FIRST_WEIGHT:
        set_square(in, g);
        average_in(walk, v, C_W1);
        break;
    case MODEL_SECOND_ABSOLUTE:
        oc_ref_ball_set(in, g);
        optcert_ball_abs(in);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_BELIEF:
    case MODEL_SECOND_BELIEF_OLD:
        oc_ref_ball_sub(in, g, optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_BELIEF) ? new_m : &walk->old_m);
        set_square(in, in);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_ADAMAX:
        oc_ref_ball_set(in, g);
        optcert_ball_abs(in);
        oc_ref_ball_mul(v, v, &walk->coef.c[C_BETA2]);
        oc_ref_ball_max(v, v, in);
        break;
    case MODEL_SECOND_OF_FIRST:
        set_square(in, new_m);
        average_in(walk, v, C_W2);
        break;
    case MODEL_SECOND_YOGI:
        yogi(walk, v);
        break;
    }
}

/* What divides in place of v where the model keeps one more array. */
static void effective_second(optcert_walk *walk, size_t i)
{
    oc_ref_ball *extra = &walk->extra[i];
    if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM)) {
        oc_ref_ball_max(extra, extra, &walk->used_v);
        oc_ref_ball_set(&walk->used_v, extra);
    } else if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM_CORRECTED)) {
        oc_ref_ball_div(&walk->a, &walk->used_v, &walk->c2);
        oc_ref_ball_max(extra, extra, &walk->a);
        oc_ref_ball_mul(&walk->used_v, extra, &walk->c2); /* which c2 divides again */
    } else if (optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_CENTRED)) {
        oc_ref_average(&walk->coef, extra, C_BETA2, C_W2, &walk->grad);
        set_square(&walk->a, extra);
        oc_ref_ball_sub(&walk->used_v, &walk->used_v, &walk->a);
    }
}

/* Beyond the range, much depends on what overflows first. */
static void forget_overflow(const optcert_walk *walk, oc_ref_ball *x)
{
    const bool narrow = optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT);
    const mpfr_exp_t emax = narrow ? oc_ref_f32.emax : walk->format->emax;
    if (mpfr_regular_p(x->mid) && mpfr_get_exp(x->mid) >= emax) {
        optcert_ball_unknown(x);
    }
}

/* What goes into a slot. */
static void store(const optcert_walk *walk, oc_ref_ball *slot)
{
    switch (walk->model->trait[TRAIT_PRECISION]) {
    case MODEL_PRECISION_FLOAT_STATE:
        optcert_ball_round(slot, &oc_ref_f32);
        break;
    case MODEL_PRECISION_BFLOAT_STATE:
        optcert_ball_round(slot, &optcert_bfloat);
        break;
    case MODEL_PRECISION_HALF_STATE:
        optcert_ball_round(slot, &optcert_half);
        break;
    case MODEL_PRECISION_FLUSH:
        optcert_ball_flush(slot, walk->format);
        break;
    }
    forget_overflow(walk, slot);
}

/* What happens to the new moments at some steps. */
static void damage_moments(optcert_walk *walk, oc_ref_ball *m, oc_ref_ball *v)
{
    const unsigned event = walk->event ? walk->model->trait[TRAIT_EVENT] : 0;
    if (event == MODEL_EVENT_FIRST_TIMES || event == MODEL_EVENT_SECOND_TIMES) {
        oc_ref_ball *moment = event == MODEL_EVENT_FIRST_TIMES ? m : v;
        optcert_ball_times(moment, walk->model->value[TRAIT_EVENT], &walk->a);
        optcert_blur(moment, 1, walk->unit);
    }
}

/* Both moments, new in the slots; what moves theta in used_m and used_v. */
static void moments(optcert_walk *walk, size_t i)
{
    oc_ref_ball *m = &walk->m[i], *v = &walk->v[i];
    const uint8_t *trait = walk->model->trait;
    const bool stored = trait[TRAIT_CORRECTION] == MODEL_CORRECTION_STORED;
    optcert_widen(m, walk->loss_first);
    optcert_widen(v, walk->loss_second);
    oc_ref_ball_set(&walk->old_m, m);
    oc_ref_ball_set(&walk->old_v, v);
    first_moment(walk, m);
    second_moment(walk, v, trait[TRAIT_FIRST] == MODEL_FIRST_NONE ? &walk->grad : m);
    damage_moments(walk, m, v);
    oc_ref_ball_set(&walk->used_m, trait[TRAIT_OLD_FIRST] != 0 ? &walk->old_m : m);
    oc_ref_ball_set(&walk->used_v, trait[TRAIT_OLD_SECOND] != 0 ? &walk->old_v : v);
    if (stored) {
        oc_ref_ball_div(m, m, &walk->c1);
        oc_ref_ball_div(v, v, &walk->c2);
    }
    optcert_widen(m, OPTCERT_ETAS * walk->eta);
    optcert_widen(v, OPTCERT_ETAS * walk->eta);
    store(walk, m);
    store(walk, v);
    if (walk->model->value[TRAIT_PRECISION] != 0) {
        store(walk, &walk->used_m);
        store(walk, &walk->used_v);
    } else {
        forget_overflow(walk, &walk->used_m);
        forget_overflow(walk, &walk->used_v);
    }
    effective_second(walk, i);
}

/* --- direction and divisor --- */

static void nesterov(optcert_walk *walk, const oc_ref_ball *m)
{
    const bool average = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_AVERAGE);
    oc_ref_ball *r = &walk->direction;
    oc_ref_ball_mul(r, &walk->coef.c[average ? C_BETA1 : C_MOMENTUM], m);
    oc_ref_ball_mul(&walk->a, &walk->coef.c[average ? C_W1 : C_ONE], &walk->grad);
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

static void find_direction(optcert_walk *walk)
{
    oc_ref_ball *r = &walk->direction, *m = &walk->used_m;
    const oc_ref_ball *g = &walk->grad;
    const bool none = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_NONE);
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

/* The second moment that divides element i: a slot's where the loop takes the wrong one. */
static const oc_ref_ball *second_at(const optcert_walk *walk, size_t i)
{
    if (optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_NEIGHBOUR) && i > 0) {
        return &walk->v[i - 1];
    }
    return optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_SHARED_SECOND) ? &walk->v[0] : &walk->used_v;
}

static void take_root(const optcert_walk *walk, oc_ref_ball *r)
{
    if (mpfr_cmp_ui(r->mid, 0) < 0 && mpfr_cmpabs(r->mid, r->rad) <= 0) {
        optcert_ball_unknown(r); /* a difference that may be negative, or may not */
        return;
    }
    switch (walk->model->trait[TRAIT_ROOT]) {
    case MODEL_ROOT_MISSING:
        return;
    case MODEL_ROOT_TWICE:
        oc_ref_ball_sqrt(r, r);
        oc_ref_ball_sqrt(r, r);
        return;
    case MODEL_ROOT_COARSE:
        oc_ref_ball_sqrt(r, r);
        optcert_blur(r, 1, exp2(-walk->model->value[TRAIT_ROOT]));
        return;
    default:
        oc_ref_ball_sqrt(r, r);
    }
}

/* r = root of the corrected v */
static void corrected_root(optcert_walk *walk, oc_ref_ball *r, const oc_ref_ball *v)
{
    if (optcert_has(walk, TRAIT_CORRECTION, MODEL_CORRECTION_ROOTLESS)) {
        oc_ref_ball_set(r, v);
        take_root(walk, r);
        oc_ref_ball_div(r, r, &walk->c2);
    } else {
        oc_ref_ball_div(r, v, &walk->c2);
        forget_overflow(walk, r);
        take_root(walk, r);
    }
}

/* r = root of v / c2 + what stands beside it */
static void root_with(optcert_walk *walk, oc_ref_ball *r, const oc_ref_ball *v, const oc_ref_ball *beside)
{
    oc_ref_ball_div(r, v, &walk->c2);
    forget_overflow(walk, r);
    oc_ref_ball_add(r, r, beside);
    take_root(walk, r);
}

static void find_divisor(optcert_walk *walk, const oc_ref_ball *v)
{
    oc_ref_ball *r = &walk->divisor, *a = &walk->a;
    const oc_ref_ball *eps = &walk->coef.c[C_EPS];
    switch (walk->model->trait[TRAIT_EPS]) {
    case MODEL_EPS_INSIDE:
        root_with(walk, r, v, eps);
        return;
    case MODEL_EPS_TWICE:
        root_with(walk, r, v, eps);
        oc_ref_ball_add(r, r, eps);
        return;
    case MODEL_EPS_SQUARED_INSIDE:
        set_square(a, eps);
        root_with(walk, r, v, a);
        return;
    case MODEL_EPS_HAT:
    case MODEL_EPS_UNCORRECTED_INSIDE:
        oc_ref_ball_sqrt(a, &walk->c2);
        if (optcert_has(walk, TRAIT_EPS, MODEL_EPS_HAT)) {
            oc_ref_ball_set(r, v);
            take_root(walk, r);
            oc_ref_ball_add(r, r, eps);
        } else {
            oc_ref_ball_add(r, v, eps);
            take_root(walk, r);
        }
        oc_ref_ball_div(r, r, a);
        return;
    case MODEL_EPS_TIMES_ROOT:
        corrected_root(walk, r, v);
        oc_ref_ball_sqrt(a, &walk->c2);
        oc_ref_ball_mul(a, a, eps);
        oc_ref_ball_add(r, r, a);
        return;
    case MODEL_EPS_MISSING:
        corrected_root(walk, r, v);
        return;
    case MODEL_EPS_MAXIMUM:
        corrected_root(walk, r, v);
        oc_ref_ball_max(r, r, eps);
        return;
    case MODEL_EPS_SUBTRACTED:
        corrected_root(walk, r, v);
        oc_ref_ball_sub(r, r, eps);
        return;
    default:
        corrected_root(walk, r, v);
        oc_ref_ball_add(r, r, eps);
    }
}

/* --- theta --- */

/* theta -= lambda theta, times a power of lr, so many times */
static void decay(optcert_walk *walk, oc_ref_ball *theta, int power, double times)
{
    oc_ref_ball *r = &walk->a;
    oc_ref_ball_mul(r, &walk->coef.c[C_WEIGHT_DECAY], theta);
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_BY)) {
        oc_ref_ball_set(r, theta);
        optcert_ball_times(r, walk->model->value[TRAIT_DECAY], &walk->b);
        optcert_blur(r, OPTCERT_ROUNDINGS, walk->unit);
    }
    for (int i = 0; i < power; i++) {
        oc_ref_ball_mul(r, r, &walk->coef.c[C_LR]);
    }
    if (times != 1) {
        optcert_ball_times(r, times, &walk->b);
    }
    oc_ref_ball_sub(theta, theta, r);
}

static void decay_before(optcert_walk *walk, oc_ref_ball *theta)
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

/* What is subtracted, in walk->direction. */
static void find_update(optcert_walk *walk, const oc_ref_ball *theta)
{
    oc_ref_ball *r = &walk->direction, *a = &walk->a;
    const oc_ref_ball *lr = &walk->coef.c[C_LR];
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_DIVIDED)) {
        oc_ref_ball_mul(a, &walk->coef.c[C_WEIGHT_DECAY], theta);
        oc_ref_ball_add(r, r, a);
    }
    if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_SIGN)) {
        optcert_ball_sign(r, lr);
        return;
    }
    if (!optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_LR_INSIDE)) {
        oc_ref_ball_mul(r, r, lr);
    }
    if (!optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE)) {
        oc_ref_ball_div(r, r, &walk->divisor);
    }
    if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_CLIPPED)) {
        oc_ref_ball_set(a, lr);
        optcert_ball_times(a, walk->model->value[TRAIT_MOVE], &walk->b);
        optcert_ball_clip(r, a);
    } else if (optcert_has(walk, TRAIT_MOVE, MODEL_MOVE_ADDED)) {
        optcert_ball_negate(r);
    }
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT_UPDATE)) {
        optcert_ball_round(r, &oc_ref_f32);
    }
}

/* The formats that theta comes in and leaves through. */
static void format_theta(const optcert_walk *walk, oc_ref_ball *theta, bool leaves)
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
    oc_ref_ball *theta = &walk->theta[i];
    format_theta(walk, theta, false);
    if (!optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_NONE)) {
        optcert_blur(theta, OPTCERT_ROUNDINGS_THETA, walk->unit);
    }
    understand_gradient(walk, i, grad, theta);
    moments(walk, i);
    find_direction(walk);
    if (!optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE)) {
        find_divisor(walk, second_at(walk, i));
    }
    decay_before(walk, theta);
    find_update(walk, theta);
    oc_ref_ball_sub(theta, theta, &walk->direction);
    if (mpfr_inf_p(walk->direction.rad)) {
        optcert_ball_unknown(theta); /* an infinite theta would hide it */
    }
    if (optcert_has(walk, TRAIT_DECAY, MODEL_DECAY_AFTER)) {
        decay(walk, theta, 1, 1);
    }
    optcert_blur(theta, last_sums(walk), walk->unit);
    optcert_widen(theta, walk->eta);
    format_theta(walk, theta, true);
}
