/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bias corrections of a step, and NAdam's products. */
#include "walk_state.h"

#include <math.h>

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

static void correction(optcert_walk *walk, optcert_ball *c, double beta, uint64_t j)
{
    const bool narrow = optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT);
    optcert_walk_power(walk, c, narrow ? (double)(float)beta : beta, j);
    if (narrow) { /* the power is good to an ulp of binary32, the difference is rounded to it */
        const double power = 1 - (double)c->mid;
        optcert_ball_widen(c, ldexp(fmax(fabs(power), 0x1p-126), 1 - (int)oc_ref_f32.prec));
        optcert_ball_widen(c, ldexp(0.5, -(int)oc_ref_f32.prec));
    }
}

static void find_corrections(optcert_walk *walk)
{
    optcert_ball *c = walk->coef;
    const bool first = optcert_has(walk, TRAIT_POWER, MODEL_POWER_FIRST_INSTANCE);
    const optcert_hyper used = first ? optcert_walk_understand(walk->model, &walk->around->first_hyper) : walk->hyper;
    const uint64_t j = count(walk);
    walk->step = j > 0 ? j - 1 : 0;
    correction(walk, &c[C_C1], used.beta1, j);
    correction(walk, &c[C_C2], used.beta2, j);
    const unsigned which = walk->model->trait[TRAIT_CORRECTION];
    const bool none = which == MODEL_CORRECTION_NONE || (which == MODEL_CORRECTION_NOT_AT_START && walk->k == 0);
    const bool swapped = which == MODEL_CORRECTION_SWAPPED;
    optcert_ball_set(&walk->c1, &c[none || which == MODEL_CORRECTION_SECOND_ONLY ? C_ONE : swapped ? C_C2 : C_C1]);
    optcert_ball_set(&walk->c2, &c[none || which == MODEL_CORRECTION_FIRST_ONLY ? C_ONE : swapped ? C_C1 : C_C2]);
}

/* mu_1 ... mu_t of factors in binary32, rounded to it after each. */
static void multiply_product(optcert_walk *walk)
{
    if (optcert_has(walk, TRAIT_POWER, MODEL_POWER_FLOAT_PRODUCT)) {
        optcert_walk_schedule(walk);
        optcert_ball_set(&walk->a, &walk->coef[C_MU]);
        optcert_ball_round(&walk->a, &oc_ref_f32);
        optcert_ball_mul(&walk->product, &walk->product, &walk->a);
        optcert_ball_round(&walk->product, &oc_ref_f32);
    }
}

void optcert_walk_corrections(optcert_walk *walk)
{
    if (walk->outer->part != PART_NONE) {
        walk->model = &walk->inside;
        find_corrections(walk);
        optcert_ball_set(&walk->other_c1, &walk->c1);
        optcert_ball_set(&walk->other_c2, &walk->c2);
        walk->model = walk->outer;
    }
    find_corrections(walk);
    multiply_product(walk);
}
