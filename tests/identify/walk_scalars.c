/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is the same for all elements of a step, beside the bias corrections. */
#include "walk_state.h"

#include <math.h>

/* c1/sqrt(c2) where an arrangement may multiply by lr sqrt(c2)/c1 instead of lr; at least 1. */
static double folding(const optcert_walk *walk)
{
    const double ratio = (double)walk->c1.mid / sqrt((double)walk->c2.mid);
    return isfinite(ratio) ? fmax(1, ratio) : 1;
}

static void find_losses(optcert_walk *walk)
{
    const bool average = optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_AVERAGE) || optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_UNWEIGHTED);
    walk->product_loss = folding(walk) / walk->hyper.lr;
    walk->loss_first = optcert_state_loss((OPTCERT_ETAS + walk->product_loss) * walk->eta,
                                          average ? walk->hyper.beta1 : walk->hyper.momentum);
    walk->loss_second = optcert_state_loss(OPTCERT_ETAS * walk->eta,
                                           optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_SUM) ? 1 : walk->hyper.beta2);
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
    optcert_ball *lr = &walk->coef[C_LR];
    optcert_ball_set_d(lr, walk->hyper.lr);
    optcert_ball_times(lr, factor);
    const bool product = walk->model->trait[TRAIT_SCHEDULE] == MODEL_SCHEDULE_POWER; /* of as many factors as steps */
    optcert_ball_blur(lr, OPTCERT_ROUNDINGS + SCHEDULE_ROUNDINGS + (product ? k : 0), walk->unit);
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

/* Of the gradients as understood, but for what depends on theta: as many squares and sums as there are elements. */
static void find_mean_square(optcert_walk *walk, const double *grad)
{
    enum { ROUNDINGS_SQUARE = 2 * OPTCERT_ROUNDINGS_GRAD + 2 }; /* and the product, and the quotient */
    optcert_ball *r = &walk->mean_square;
    optcert_ball_set_d(r, 0);
    for (size_t i = 0; i < walk->n; i++) {
        optcert_ball_set_d(&walk->a, optcert_walk_raw_gradient(walk, i, grad[i]));
        optcert_ball_times(&walk->a, walk->gradient_scale);
        optcert_ball_square(&walk->a, &walk->a);
        optcert_ball_add(r, r, &walk->a);
    }
    optcert_ball_set_d(&walk->a, (double)walk->n);
    optcert_ball_div(r, r, &walk->a);
    optcert_ball_blur(r, (double)walk->n + ROUNDINGS_SQUARE, walk->unit);
    optcert_ball_widen(r, OPTCERT_ETAS * walk->eta);
    optcert_walk_forget_overflow(walk, r);
}

void optcert_walk_scalars(optcert_walk *walk, const double *grad)
{
    find_losses(walk);
    find_rate(walk);
    find_scale(walk, grad);
    find_means(walk, grad);
    if (walk->n > 0 && optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_SHARED_MEAN)) {
        find_mean_square(walk, grad);
    }
}
