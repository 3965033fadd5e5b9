/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walks: how they begin, and a step as a whole. */
#include "walk_state.h"

#include <math.h>
#include <string.h>

static void set_all(optcert_ball *balls, size_t n, double value)
{
    for (size_t i = 0; i < n; i++) {
        optcert_ball_set_d(&balls[i], value);
    }
}

/* What a rounding costs. */
static void find_unit(optcert_walk *walk)
{
    const oc_ref_format *format = walk->format;
    walk->unit = ldexp(1 + walk->model->changes, -(int)format->prec);
    walk->eta = ldexp(1, (int)format->emin - 1);
    walk->overflow = ldexp(1, (int)format->emax - 1);
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT)) {
        walk->unit = ldexp(1 + walk->model->changes, -(int)oc_ref_f32.prec);
        walk->eta = ldexp(1, (int)oc_ref_f32.emin - 1);
        walk->overflow = ldexp(1, (int)oc_ref_f32.emax - 1);
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
    }
    if (model->part != PART_NONE && !optcert_model_is_silent(model)) {
        walk->inside.trait[model->part_trait] = model->part_choice;
        walk->inside.value[model->part_trait] = model->part_value;
    }
    walk->work++;
    walk->format = format;
    walk->around = around;
    walk->n = n < walk->room ? n : walk->room;
    walk->hyper = optcert_walk_understand(model, hyper);
    walk->k = 0;
    walk->own_steps = 0;
    find_unit(walk);
    optcert_walk_coefficients(walk);
    optcert_ball_set_d(&walk->c1, 1);
    optcert_ball_set_d(&walk->c2, 1);
    optcert_ball_set_d(&walk->product, 1);
    set_all(walk->m, walk->n, 0);
    set_all(walk->v, walk->n, optcert_has(walk, TRAIT_START, MODEL_START_AT) ? model->value[TRAIT_START] : 0);
    set_all(walk->extra, walk->n, 0);
    memset(walk->before, 0, walk->n * sizeof *walk->before);
}

uint64_t optcert_walk_work(const optcert_walk *walk)
{
    return walk->work;
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
        optcert_ball_set_d(&walk->theta[i], theta[i]);
    }
}

static void act(optcert_walk *walk, const double *theta, const double *grad)
{
    optcert_walk_corrections(walk);
    optcert_walk_scalars(walk, grad);
    damage_state(walk);
    optcert_walk_elements(walk, grad);
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

const optcert_ball *optcert_walk_theta(const optcert_walk *walk, size_t i)
{
    return &walk->theta[i];
}
