/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walks: what happens once, or once a step. */
#include "walk.h"
#include "walk_state.h"

#include "hyper_field.h"
#include "nadam.h"
#include "one_minus_pow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- memory --- */

typedef void ball_visit(oc_ref_ball *x);

static void ball_start(oc_ref_ball *x)
{
    oc_ref_ball_init(x, WALK_PREC);
}

static void each_scratch(optcert_walk *walk, ball_visit *visit)
{
    oc_ref_ball *const scratch[] = {&walk->c1,     &walk->c2,        &walk->product,   &walk->grad,    &walk->old_m,
                                    &walk->old_v,  &walk->used_m,    &walk->used_v,  &walk->direction,
                                    &walk->divisor, &walk->a,        &walk->b,       &walk->shown};
    for (size_t i = 0; i < sizeof scratch / sizeof scratch[0]; i++) {
        visit(scratch[i]);
    }
    for (size_t i = 0; i < WALK_POWERS; i++) {
        visit(&walk->power[i].c);
    }
}

static oc_ref_ball *balls_new(size_t n)
{
    oc_ref_ball *balls = calloc(n + 1, sizeof *balls);
    for (size_t i = 0; balls != NULL && i < n; i++) {
        ball_start(&balls[i]);
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

optcert_walk *optcert_walk_new(size_t room)
{
    optcert_walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) {
        return NULL;
    }
    walk->room = room;
    each_scratch(walk, ball_start);
    oc_ref_coef_init(&walk->coef, &(optcert_hyper){0}, WALK_PREC);
    walk->theta = balls_new(room);
    walk->m = balls_new(room);
    walk->v = balls_new(room);
    walk->extra = balls_new(room);
    walk->before = calloc(room + 1, sizeof *walk->before);
    if (walk->theta == NULL || walk->m == NULL || walk->v == NULL || walk->extra == NULL || walk->before == NULL) {
        optcert_walk_free(walk);
        return NULL;
    }
    return walk;
}

void optcert_walk_free(optcert_walk *walk)
{
    if (walk == NULL) {
        return;
    }
    each_scratch(walk, oc_ref_ball_clear);
    balls_free(walk->theta, walk->room);
    balls_free(walk->m, walk->room);
    balls_free(walk->v, walk->room);
    balls_free(walk->extra, walk->room);
    free(walk->before);
    oc_ref_coef_clear(&walk->coef);
    free(walk);
}

/* --- hyper-parameters --- */

static void understand_betas(const optcert_model *model, const optcert_hyper *given, optcert_hyper *h)
{
    switch (model->trait[TRAIT_BETAS]) {
    case MODEL_BETAS_SWAPPED:
        h->beta1 = given->beta2;
        h->beta2 = given->beta1;
        break;
    case MODEL_BETAS_ONE:
        h->beta2 = given->beta1;
        break;
    case MODEL_BETAS_SECOND_COMPLEMENT:
        h->beta2 = 1 - given->beta2;
        break;
    case MODEL_BETAS_FIRST_IS:
        h->beta1 = model->value[TRAIT_BETAS];
        break;
    case MODEL_BETAS_SECOND_IS:
        h->beta2 = model->value[TRAIT_BETAS];
        break;
    }
}

static void through_float(optcert_hyper *h)
{
    for (unsigned i = 0; i < OPTCERT_FIELDS; i++) {
        double *field = optcert_field(h, i);
        *field = (float)*field;
    }
}

static void understand_others(const optcert_model *model, optcert_hyper *h)
{
    const double *value = model->value;
    switch (model->trait[TRAIT_LR]) {
    case MODEL_LR_TIMES:
        h->lr *= value[TRAIT_LR];
        break;
    case MODEL_LR_IS:
        h->lr = value[TRAIT_LR];
        break;
    }
    switch (model->trait[TRAIT_EPS_VALUE]) {
    case MODEL_EPS_VALUE_IS:
        h->eps = value[TRAIT_EPS_VALUE];
        break;
    case MODEL_EPS_VALUE_TIMES:
        h->eps *= value[TRAIT_EPS_VALUE];
        break;
    case MODEL_EPS_VALUE_HALF:
        h->eps = oc_ref_round_double(&optcert_half, h->eps);
        break;
    }
    switch (model->trait[TRAIT_DECAY_VALUE]) {
    case MODEL_DECAY_VALUE_TIMES:
        h->weight_decay *= value[TRAIT_DECAY_VALUE];
        break;
    case MODEL_DECAY_VALUE_IS:
        h->weight_decay = value[TRAIT_DECAY_VALUE];
        break;
    }
}

static optcert_hyper understand(const optcert_model *model, const optcert_hyper *given)
{
    optcert_hyper h = *given;
    understand_betas(model, given, &h);
    understand_others(model, &h);
    if (model->trait[TRAIT_FORMAT] == MODEL_FORMAT_FLOAT || model->trait[TRAIT_PRECISION] == MODEL_PRECISION_FLOAT) {
        through_float(&h);
    }
    return h;
}

/* --- begin and set --- */

static void set_all(oc_ref_ball *balls, size_t n, double value)
{
    for (size_t i = 0; i < n; i++) {
        oc_ref_ball_set_d(&balls[i], value);
    }
}

/* What a rounding costs. */
static void find_unit(optcert_walk *walk)
{
    const oc_ref_format *format = walk->format;
    walk->unit = ldexp(1 + walk->model->changes, -(int)format->prec);
    walk->eta = ldexp(1, (int)format->emin - 1);
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT)) {
        walk->unit = ldexp(1 + walk->model->changes, -(int)oc_ref_f32.prec);
        walk->eta = ldexp(1, (int)oc_ref_f32.emin - 1);
    } else if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLUSH)) {
        walk->eta = ldexp(1, (int)(format->emin + format->prec) - 2);
    }
}

void optcert_walk_begin(optcert_walk *walk, const optcert_model *model, const oc_ref_format *format, size_t n,
                        const optcert_hyper *hyper, const optcert_surroundings *around)
{
    walk->model = walk->outer = model;
    if (model->part != PART_NONE) {
        walk->inside = *model;
        walk->inside.trait[model->part_trait] = model->part_choice;
        walk->inside.value[model->part_trait] = model->part_value;
    }
    walk->work++;
    walk->format = format;
    walk->around = around;
    walk->n = n < walk->room ? n : walk->room;
    walk->hyper = understand(model, hyper);
    walk->k = 0;
    walk->own_steps = 0;
    find_unit(walk);
    optcert_blur_hyper(&walk->coef, &walk->hyper, walk->unit);
    oc_ref_ball_set_d(&walk->c1, 1);
    oc_ref_ball_set_d(&walk->c2, 1);
    oc_ref_ball_set_d(&walk->product, 1);
    set_all(walk->m, walk->n, 0);
    set_all(walk->v, walk->n, optcert_has(walk, TRAIT_START, MODEL_START_AT) ? model->value[TRAIT_START] : 0);
    set_all(walk->extra, walk->n, 0);
    memset(walk->before, 0, walk->n * sizeof *walk->before);
}

uint64_t optcert_walk_work(const optcert_walk *walk)
{
    return walk->work;
}

/* The array behind a slot's name; NULL where the model has none. */
static oc_ref_ball *slot_named(const optcert_walk *walk, const char *slot)
{
    if (strcmp(slot, "m") == 0) {
        return optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_NONE) ? NULL : walk->m;
    }
    if (strcmp(slot, "v") == 0) {
        return optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE) ? NULL : walk->v;
    }
    const bool largest = optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM) ||
                         optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM_CORRECTED);
    return strcmp(slot, "vmax") == 0 && largest ? walk->extra : NULL;
}

void optcert_walk_set(optcert_walk *walk, const char *slot, const double *values, uint64_t step)
{
    const unsigned state = walk->model->trait[TRAIT_STATE];
    const bool first = strcmp(slot, "m") == 0, second = strcmp(slot, "v") == 0;
    oc_ref_ball *to = slot_named(walk, slot);
    if (state == MODEL_STATE_SLOTS_SWAPPED && (first || second)) {
        to = slot_named(walk, first ? "v" : "m");
    }
    if (to == NULL) {
        return;
    }
    const bool ignored = (state == MODEL_STATE_FIRST_IGNORED && first) || (state == MODEL_STATE_SECOND_IGNORED && second);
    for (size_t i = 0; i < walk->n && !ignored; i++) {
        oc_ref_ball_set_d(&to[i], values[i]);
    }
    if (state == MODEL_STATE_COUNT_OFF_BY) {
        step = (uint64_t)((double)step + walk->model->value[TRAIT_STATE]);
    }
    optcert_ball_unknown(&walk->product); /* no slot holds it */
    walk->k = state == MODEL_STATE_COUNT_IGNORED ? walk->k : step;
}

/* --- the bias corrections --- */

/* The count j of the corrections at this step; honest: k + 1. */
static uint64_t count(const optcert_walk *walk)
{
    const uint64_t j = walk->k + 1;
    const double value = walk->model->value[TRAIT_COUNT];
    switch (walk->model->trait[TRAIT_COUNT]) {
    case MODEL_COUNT_OFF_BY:
        return (double)j + value > 0 ? (uint64_t)((double)j + value) : 0;
    case MODEL_COUNT_FROM_ZERO:
        return walk->k == 0 ? 1 : walk->k;
    case MODEL_COUNT_TIMES:
        return (uint64_t)((double)j * value);
    case MODEL_COUNT_WRAPS:
        return j % (uint64_t)value;
    case MODEL_COUNT_STOPS:
        return j < (uint64_t)value ? j : (uint64_t)value;
    case MODEL_COUNT_SHARED:
        return walk->around->steps_before + walk->own_steps + 1;
    case MODEL_COUNT_FROZEN:
        return 1;
    default:
        return j;
    }
}

/* 1 - beta^j, from the table of those known. */
static void one_minus_power(optcert_walk *walk, oc_ref_ball *c, double beta, uint64_t j)
{
    uint64_t bits;
    memcpy(&bits, &beta, sizeof bits);
    walk_power *known = &walk->power[(j * 7 + (bits >> 47) + (bits >> 31)) % WALK_POWERS];
    if (known->j != j || known->beta != beta || mpfr_zero_p(known->c.mid)) {
        known->j = j;
        known->beta = beta;
        oc_ref_one_minus_pow(&known->c, beta, j);
    }
    oc_ref_ball_set(c, &known->c);
}

static void correction(optcert_walk *walk, oc_ref_ball *c, double beta, uint64_t j)
{
    const bool narrow = optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT);
    one_minus_power(walk, c, narrow ? (double)(float)beta : beta, j);
    optcert_blur_correction(c, beta, j > 0 ? (double)j : 1, walk->unit);
    if (narrow) { /* the power is good to an ulp of binary32, the difference is rounded to it */
        const double power = 1 - mpfr_get_d(c->mid, MPFR_RNDN);
        optcert_widen(c, ldexp(fmax(fabs(power), 0x1p-126), 1 - (int)oc_ref_f32.prec));
        optcert_widen(c, ldexp(0.5, -(int)oc_ref_f32.prec));
    }
}

static void find_corrections(optcert_walk *walk)
{
    oc_ref_ball *c = walk->coef.c;
    const bool first = optcert_has(walk, TRAIT_POWER, MODEL_POWER_FIRST_INSTANCE);
    const optcert_hyper used = first ? understand(walk->model, &walk->around->first_hyper) : walk->hyper;
    const uint64_t j = count(walk);
    walk->coef.step = j > 0 ? j - 1 : 0;
    correction(walk, &c[C_C1], used.beta1, j);
    correction(walk, &c[C_C2], used.beta2, j);
    const unsigned which = walk->model->trait[TRAIT_CORRECTION];
    const bool none = which == MODEL_CORRECTION_NONE || (which == MODEL_CORRECTION_NOT_AT_START && walk->k == 0);
    const bool swapped = which == MODEL_CORRECTION_SWAPPED;
    oc_ref_ball_set(&walk->c1, &c[none || which == MODEL_CORRECTION_SECOND_ONLY ? C_ONE : swapped ? C_C2 : C_C1]);
    oc_ref_ball_set(&walk->c2, &c[none || which == MODEL_CORRECTION_FIRST_ONLY ? C_ONE : swapped ? C_C1 : C_C2]);
}

/* A step of the schedule of momenta takes about a sixth of an element's time, and a jump takes many. */
void optcert_walk_schedule(optcert_walk *walk)
{
    enum { STEPS_AN_ELEMENT = 6 };
    walk->work += oc_ref_nadam_schedule(&walk->coef) / STEPS_AN_ELEMENT;
}

/* mu_1 ... mu_t of factors in binary32, rounded to it after each. */
static void multiply_product(optcert_walk *walk)
{
    if (optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT_PRODUCT)) {
        optcert_walk_schedule(walk);
        oc_ref_ball_set(&walk->a, &walk->coef.c[C_MU]);
        optcert_ball_round(&walk->a, &oc_ref_f32);
        oc_ref_ball_mul(&walk->product, &walk->product, &walk->a);
        optcert_ball_round(&walk->product, &oc_ref_f32);
    }
}

/* --- the step --- */

/* c1/sqrt(c2) where an arrangement may multiply by lr sqrt(c2)/c1 instead of lr; at least 1. */
static double folding(const optcert_walk *walk)
{
    const double ratio = mpfr_get_d(walk->c1.mid, MPFR_RNDU) / sqrt(mpfr_get_d(walk->c2.mid, MPFR_RNDD));
    return isfinite(ratio) ? fmax(1, ratio) : 1;
}

static void find_losses(optcert_walk *walk)
{
    const bool average = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_AVERAGE) || optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_UNWEIGHTED);
    walk->product_loss = folding(walk) / walk->hyper.lr;
    walk->loss_first = optcert_state_loss((OPTCERT_ETAS + walk->product_loss) * walk->eta,
                                          average ? walk->hyper.beta1 : walk->hyper.momentum);
    walk->loss_second = optcert_state_loss(OPTCERT_ETAS * walk->eta, walk->hyper.beta2);
}

static double norm(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i] * x[i];
    }
    return sqrt(sum);
}

static void find_scale(optcert_walk *walk, const double *grad)
{
    const double value = walk->model->value[TRAIT_GRADIENT];
    walk->gradient_scale = 1;
    if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_TIMES)) {
        walk->gradient_scale = value;
    } else if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_MEAN)) {
        walk->gradient_scale = 1 / (double)walk->n;
    } else if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_NORM_CLIPPED)) {
        walk->gradient_scale = fmin(1, value / norm(grad, walk->n));
    }
}

static bool skips(const optcert_walk *walk, double g)
{
    return (optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_LAZY) && g == 0) ||
           (optcert_has(walk, TRAIT_LOOP, MODEL_LOOP_NAN_SKIPS_ELEMENT) && isnan(g));
}

/* Whether element i belongs to the part in which one more trait differs. */
static bool apart(const optcert_walk *walk, size_t i)
{
    const bool tail = walk->outer->part != PART_NONE && i >= walk->n - walk->n % walk->outer->block;
    return walk->outer->part == PART_TAIL ? tail : walk->outer->part == PART_BLOCKS && !tail;
}

static void range(optcert_walk *walk, size_t from, size_t to, const double *grad)
{
    for (size_t i = from; i < to; i++) {
        if (!skips(walk, grad[i])) {
            walk->model = apart(walk, i) ? &walk->inside : walk->outer;
            walk->work++;
            optcert_walk_element(walk, i, grad[i]);
        }
    }
    walk->model = walk->outer;
}

static size_t less(size_t n, uint64_t number)
{
    return n > number ? n - (size_t)number : 0;
}

static void every_second(optcert_walk *walk, const double *grad)
{
    for (size_t i = 0; i < walk->n; i += 2) {
        range(walk, i, i + 1, grad);
    }
}

static void gradient_before(optcert_walk *walk, const double *grad)
{
    for (size_t i = 0; i < walk->n; i++) {
        walk->work++;
        optcert_walk_element(walk, i, grad[i > 0 ? i - 1 : 0]);
    }
}

static bool any_nan(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) {
            return true;
        }
    }
    return false;
}

static void all_elements(optcert_walk *walk, const double *grad)
{
    const size_t n = walk->n;
    const size_t block = (size_t)walk->model->value[TRAIT_LOOP];
    switch (walk->model->trait[TRAIT_LOOP]) {
    case MODEL_LOOP_BLOCKS:
        range(walk, 0, n - n % block, grad);
        return;
    case MODEL_LOOP_NOT_FIRST:
        range(walk, 1, n, grad);
        return;
    case MODEL_LOOP_NOT_LAST:
        range(walk, 0, n - (n > 0), grad);
        return;
    case MODEL_LOOP_LAST_TWICE:
        range(walk, 0, n, grad);
        range(walk, n - (n > 0), n, grad);
        return;
    case MODEL_LOOP_OVERLAP:
        range(walk, 0, n > block ? n - n % block : n, grad);
        range(walk, n > block && n % block != 0 ? n - block : n, n, grad);
        return;
    case MODEL_LOOP_FIRST_FEW:
        range(walk, 0, n < walk->model->number ? n : (size_t)walk->model->number, grad);
        return;
    case MODEL_LOOP_NOT_LAST_FEW:
        range(walk, 0, less(n, walk->model->number), grad);
        return;
    case MODEL_LOOP_EVERY_SECOND:
        every_second(walk, grad);
        return;
    case MODEL_LOOP_GRADIENT_BEFORE:
        gradient_before(walk, grad);
        return;
    case MODEL_LOOP_NAN_SKIPS_STEP:
        range(walk, 0, any_nan(grad, n) ? 0 : n, grad);
        return;
    default:
        range(walk, 0, n, grad);
    }
}

/* The learning rate as the model's schedule has it at this step: a product of roundings like any. */
static void find_rate(optcert_walk *walk)
{
    enum { SCHEDULE_ROUNDINGS = 4 };
    const double value = walk->model->value[TRAIT_SCHEDULE], k = (double)walk->k;
    double factor = 1;
    switch (walk->model->trait[TRAIT_SCHEDULE]) {
    case MODEL_SCHEDULE_WARMUP:
        factor = fmin(1, (k + 1) / value);
        break;
    case MODEL_SCHEDULE_WARMUP_FROM_ZERO:
        factor = fmin(1, k / value);
        break;
    case MODEL_SCHEDULE_INVERSE:
        factor = 1 / (1 + value * k);
        break;
    case MODEL_SCHEDULE_POWER:
        factor = pow(value, k);
        break;
    case MODEL_SCHEDULE_ROOT:
        factor = 1 / sqrt(k + 1);
        break;
    case MODEL_SCHEDULE_STEPS:
        factor = pow(value, floor(k / (double)walk->model->number));
        break;
    default:
        return;
    }
    oc_ref_ball *lr = &walk->coef.c[C_LR];
    oc_ref_ball_set_d(lr, walk->hyper.lr);
    optcert_ball_times(lr, factor, &walk->a);
    const bool product = walk->model->trait[TRAIT_SCHEDULE] == MODEL_SCHEDULE_POWER; /* of as many factors as steps */
    optcert_blur(lr, OPTCERT_ROUNDINGS + SCHEDULE_ROUNDINGS + (product ? k : 0), walk->unit);
}

static void find_means(optcert_walk *walk, const double *grad)
{
    double sum = 0, size = 0;
    for (size_t i = 0; i < walk->n; i++) {
        sum += grad[i];
        size += fabs(grad[i]);
    }
    walk->gradient_mean = sum / (double)walk->n;
    walk->gradient_size = size / (double)walk->n;
}

/* What the model's own gradients are at this step; NULL where it does not act. */
static const double *gather(optcert_walk *walk, const double *grad)
{
    const unsigned event = walk->model->trait[TRAIT_EVENT];
    const double period = walk->model->value[TRAIT_EVENT];
    if (event != MODEL_EVENT_MEAN_OF && event != MODEL_EVENT_SUM_OF) {
        return grad;
    }
    const bool starts = fmod((double)walk->own_steps, period) == 0, acts = fmod((double)walk->own_steps + 1, period) == 0;
    for (size_t i = 0; i < walk->n; i++) {
        const double share = event == MODEL_EVENT_MEAN_OF ? grad[i] / period : grad[i];
        walk->before[i] = starts ? share : walk->before[i] + share;
    }
    return acts ? walk->before : NULL;
}

/* What happens to the state before the step. */
static void damage_state(optcert_walk *walk)
{
    const unsigned event = walk->model->trait[TRAIT_EVENT];
    if (walk->event && (event == MODEL_EVENT_FIRST_ZEROED || event == MODEL_EVENT_BOTH_ZEROED)) {
        set_all(walk->m, walk->n, 0);
    }
    if (walk->event && (event == MODEL_EVENT_SECOND_ZEROED || event == MODEL_EVENT_BOTH_ZEROED)) {
        set_all(walk->v, walk->n, 0);
    }
}

static void set_theta(optcert_walk *walk, const double *theta)
{
    for (size_t i = 0; i < walk->n; i++) {
        oc_ref_ball_set_d(&walk->theta[i], theta[i]);
    }
}

static void act(optcert_walk *walk, const double *theta, const double *grad)
{
    find_corrections(walk);
    multiply_product(walk);
    find_losses(walk);
    find_rate(walk);
    find_scale(walk, grad);
    find_means(walk, grad);
    damage_state(walk);
    all_elements(walk, grad);
    if (walk->event && optcert_has(walk, TRAIT_EVENT, MODEL_EVENT_LOST)) {
        set_theta(walk, theta);
    }
    walk->k++;
}

void optcert_walk_step(optcert_walk *walk, const double *theta, const double *grad)
{
    const double *own = gather(walk, grad);
    walk->event = walk->model->number > 0 && (walk->k + 1) % walk->model->number == 0;
    set_theta(walk, theta);
    if (walk->event && optcert_has(walk, TRAIT_EVENT, MODEL_EVENT_SKIPPED)) {
        walk->k++;
    } else if (own != NULL) {
        act(walk, theta, own);
    }
    if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_STALE)) {
        memcpy(walk->before, grad, walk->n * sizeof *grad);
    }
    walk->own_steps++;
}

const oc_ref_ball *optcert_walk_theta(const optcert_walk *walk, size_t i)
{
    return &walk->theta[i];
}

const oc_ref_ball *optcert_walk_slot(optcert_walk *walk, const char *slot, size_t i)
{
    const oc_ref_ball *values = slot_named(walk, slot);
    if (values == NULL) {
        return NULL;
    }
    oc_ref_ball_set(&walk->shown, &values[i]);
    if (optcert_has(walk, TRAIT_STATE, MODEL_STATE_GET_CORRECTED) && walk->k > 0) {
        oc_ref_ball_div(&walk->shown, &walk->shown, values == walk->m ? &walk->c1 : &walk->c2);
    } else if (optcert_has(walk, TRAIT_STATE, MODEL_STATE_GET_ROOT)) {
        oc_ref_ball_sqrt(&walk->shown, &walk->shown);
    }
    return &walk->shown;
}
