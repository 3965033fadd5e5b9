/* SPDX-License-Identifier: GPL-3.0-or-later
 * Models: each dialect's against its true reference; and what lies in a ball. Defects: optcert calibrate --names. */
#include "allowance.h"
#include "unit.h"
#include "walk.h"

#include <math.h>
#include <string.h>

enum { N = 3, STEPS = 6 };
static const double start[N] = {1.5, -0.25, 0.0};
static const double grads[STEPS][N] = {{0.5, -1, 0.0}, {-1.25, 0.5, 2}, {2, 0.0625, -1},
                                       {0.125, 0, 1},  {0.5, -3, 0.25}, {-0.5, 1, 0.5}};
static const optcert_hyper hyper = {.lr = 0.125,
                                    .beta1 = 0.75,
                                    .beta2 = 0.875,
                                    .eps = 0.0625,
                                    .weight_decay = 0.25,
                                    .momentum = 0.75,
                                    .dampening = 0.5};
static const optcert_surroundings alone = {.first_hyper = {.beta1 = 0.75, .beta2 = 0.875}};

/* |a - b| against the radii' sum, as a share of it; the radii are to agree within a factor of two, too. */
static void same_ball(const char *what, int step, const optcert_ball *a, const oc_ref_ball *b)
{
    const double gap = (double)a->mid - mpfr_get_d(b->mid, MPFR_RNDN);
    const double ra = (double)a->rad, rb = mpfr_get_d(b->rad, MPFR_RNDU);
    UNIT_CHECK(fabs(gap) <= 0x1p-50, "%s, step %d: %g apart", what, step, gap);
    UNIT_CHECK(ra <= 2 * rb + 0x1p-1000 && rb <= 2 * ra + 0x1p-1000, "%s, step %d: radii %g and %g", what, step, ra, rb);
}

static void against_reference(optcert_walk *walk, const oc_ref_dialect *dialect)
{
    double theta[N];
    memcpy(theta, start, sizeof theta);
    const optcert_model model = optcert_model_of(dialect);
    optcert_truth *truth = optcert_truth_new(dialect, &oc_ref_f64, N, &hyper);
    optcert_walk_begin(walk, &model, &oc_ref_f64, N, &hyper, &alone);
    for (int k = 0; k < STEPS; k++) {
        optcert_truth_step(truth, theta, grads[k]);
        optcert_walk_step(walk, theta, grads[k]);
        for (size_t i = 0; i < N; i++) {
            same_ball(dialect->name, k, optcert_walk_theta(walk, i), optcert_truth_theta(truth, i));
            for (size_t s = 0; s < dialect->slots; s++) {
                const optcert_ball *slot = optcert_walk_slot(walk, dialect->slot[s], i);
                if (UNIT_CHECK(slot != NULL, "%s: no slot %s", dialect->name, dialect->slot[s])) {
                    same_ball(dialect->name, k, slot, optcert_truth_slot(truth, s, i));
                }
            }
            theta[i] = mpfr_get_d(optcert_truth_theta(truth, i)->mid, MPFR_RNDN);
        }
    }
    optcert_truth_free(truth);
}

static void dialects_are_models(void)
{
    optcert_walk *walk = optcert_walk_new(N);
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        against_reference(walk, oc_ref_dialect_at(i));
    }
    optcert_walk_free(walk);
}

/* A value lies in a ball, or does not. */
static void inside(void)
{
    optcert_ball ball = {1, 0x1p-10L};
    UNIT_CHECK(optcert_inside(&oc_ref_f32, 1 + 0x1p-10, &ball), "the end belongs to it");
    UNIT_CHECK(!optcert_inside(&oc_ref_f32, 1 + 0x1.1p-10, &ball), "beyond the end does not");
    UNIT_CHECK(!optcert_inside(&oc_ref_f32, NAN, &ball) && !optcert_inside(&oc_ref_f32, INFINITY, &ball), "specials");
    ball.mid = 0x1p128L;
    UNIT_CHECK(optcert_inside(&oc_ref_f32, INFINITY, &ball), "what rounds to an infinity");
    UNIT_CHECK(!optcert_inside(&oc_ref_f32, -INFINITY, &ball), "the other infinity");
    ball.mid = NAN;
    UNIT_CHECK(optcert_inside(&oc_ref_f32, NAN, &ball) && !optcert_inside(&oc_ref_f32, 1, &ball), "NaN");
    ball.rad = INFINITY;
    UNIT_CHECK(optcert_inside(&oc_ref_f32, 1, &ball), "anything where nothing is known");
}

UNIT_SUITE(walk, {"dialects_are_models", dialects_are_models}, {"inside", inside})
