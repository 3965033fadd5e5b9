/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which elements a model visits. */
#include "walk_state.h"

#include <math.h>

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

/* Has the side at hand be the part's, where a part of the elements differs, or the others'. */
static void take_side(optcert_walk *walk, bool part)
{
    if (part != (walk->model != walk->outer)) {
        walk->model = part ? &walk->inside : walk->outer;
        optcert_ball_swap(&walk->c1, &walk->other_c1);
        optcert_ball_swap(&walk->c2, &walk->other_c2);
    }
}

/* Element i, which the model says nothing about. */
static void forget(optcert_walk *walk, size_t i)
{
    optcert_ball *const all[] = {&walk->theta[i], &walk->m[i], &walk->v[i], &walk->extra[i]};
    for (size_t a = 0; a < sizeof all / sizeof all[0]; a++) {
        optcert_ball_unknown(all[a]);
    }
}

static void visit(optcert_walk *walk, size_t i, double g)
{
    const bool part = apart(walk, i);
    take_side(walk, part);
    if (part && optcert_model_is_silent(walk->outer)) {
        forget(walk, i);
    } else if (!skips(walk, g)) {
        walk->work++;
        optcert_walk_element(walk, i, g);
    }
}

static void range(optcert_walk *walk, size_t from, size_t to, const double *grad)
{
    for (size_t i = from; i < to; i++) {
        visit(walk, i, grad[i]);
    }
    take_side(walk, false);
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
        visit(walk, i, grad[i > 0 ? i - 1 : 0]);
    }
    take_side(walk, false);
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

void optcert_walk_elements(optcert_walk *walk, const double *grad)
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
