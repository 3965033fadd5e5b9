/* SPDX-License-Identifier: GPL-3.0-or-later
 * The gradient of an element as a model understands it. */
#include "walk_state.h"

#include <math.h>

double optcert_walk_raw_gradient(const optcert_walk *walk, size_t i, double g)
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

static void couple_decay(optcert_walk *walk, const optcert_ball *theta)
{
    optcert_ball *g = &walk->grad;
    switch (walk->model->trait[TRAIT_DECAY]) {
    case MODEL_DECAY_COUPLED:
        optcert_ball_mul(&walk->a, &walk->coef[C_WEIGHT_DECAY], theta);
        optcert_ball_add(g, &walk->a, g);
        break;
    case MODEL_DECAY_COUPLED_NEGATED:
        optcert_ball_mul(&walk->a, &walk->coef[C_WEIGHT_DECAY], theta);
        optcert_ball_sub(g, g, &walk->a);
        break;
    case MODEL_DECAY_COUPLED_BY:
        optcert_ball_set(&walk->a, theta);
        optcert_ball_times(&walk->a, walk->model->value[TRAIT_DECAY]);
        optcert_ball_blur(&walk->a, OPTCERT_ROUNDINGS, walk->unit);
        optcert_ball_add(g, g, &walk->a);
        break;
    }
}

/* g less the mean: a sum of as many terms as there are elements, and two more roundings. */
static void subtract_mean(optcert_walk *walk, optcert_ball *g)
{
    optcert_ball_set_d(&walk->a, walk->gradient_mean);
    optcert_ball_widen(&walk->a, ((double)walk->n + 2) * walk->unit * walk->gradient_size);
    optcert_ball_sub(g, g, &walk->a);
}

void optcert_walk_gradient(optcert_walk *walk, size_t i, double raw, const optcert_ball *theta)
{
    optcert_ball *g = &walk->grad;
    optcert_ball_set_d(g, optcert_walk_raw_gradient(walk, i, raw));
    if (optcert_has(walk, TRAIT_GRADIENT, MODEL_GRADIENT_CENTRED)) {
        subtract_mean(walk, g);
    }
    if (optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLUSH)) {
        optcert_ball_flush(g, walk->format);
    }
    optcert_ball_blur(g, OPTCERT_ROUNDINGS_GRAD, walk->unit);
    optcert_ball_widen(g, (OPTCERT_ETAS + walk->product_loss) * walk->eta);
    if (walk->gradient_scale != 1) {
        optcert_ball_times(g, walk->gradient_scale);
        optcert_ball_blur(g, OPTCERT_ROUNDINGS, walk->unit);
    }
    couple_decay(walk, theta);
}
