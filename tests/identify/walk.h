/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walks of a model: what it predicts, step by step, as balls: the midpoint is what the model computes over the
 * reals, the radius is how far roundings can carry an honest implementation of the model from it, by the counts
 * of allowance.h. A model that differs from its dialect in n traits is allowed n + 1 times as many roundings per
 * coefficient: each difference is a few operations more.
 * Where a ball reaches over a discontinuity (a rounding to a narrow format, a sign) it becomes as wide as what
 * lies on both sides, or unbounded. */
#ifndef OPTCERT_WALK_H
#define OPTCERT_WALK_H
#include "model.h"
#include "walk_ball.h"

/* What else a wrong build may look at: the process that it lives in. */
typedef struct optcert_surroundings {
    uint64_t steps_before;      /* steps that the process took before, with other instances */
    optcert_hyper first_hyper;  /* of the first instance that took a step */
} optcert_surroundings;

typedef struct optcert_walk optcert_walk;

/* A walk for up to `room` elements, to be begun as often as wanted. NULL when memory fails. */
optcert_walk *optcert_walk_new(size_t room);
void optcert_walk_free(optcert_walk *walk);

/* State as the model starts, step 0. The model and the surroundings must outlive the walk. */
void optcert_walk_begin(optcert_walk *walk, const optcert_model *model, const oc_ref_format *format, size_t n,
                        const optcert_hyper *hyper, const optcert_surroundings *around);

/* What the build's set does: values of a slot of the build interface, and the count of steps taken. */
void optcert_walk_set(optcert_walk *walk, const char *slot, const double *values, uint64_t step);

/* What the walk has cost since it was made, in elements. */
uint64_t optcert_walk_work(const optcert_walk *walk);

/* One step from the parameters theta with this gradient. */
void optcert_walk_step(optcert_walk *walk, const double *theta, const double *grad);

const optcert_ball *optcert_walk_theta(const optcert_walk *walk, size_t i);

/* What the build's get gives for a slot; NULL where the model has none of that name. Valid until the next call. */
const optcert_ball *optcert_walk_slot(optcert_walk *walk, const char *slot, size_t i);

/* Whether `got` lies in the ball, as a value of the format: NaN in NaN, an infinity where the true value may
 * round to it. */
bool optcert_inside(const oc_ref_format *format, double got, const optcert_ball *ball);

#endif
