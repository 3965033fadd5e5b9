/* SPDX-License-Identifier: GPL-3.0-or-later
 * Models: each dialect's against its true reference; and what lies in a ball. Defects: optcert calibrate --names. */
#include "allowance.h"
#include "change.h"
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

/* A ball around 0 has roots, though its midpoint has none; one below 0 has not. */
static void root_around_zero(void)
{
    optcert_ball around = {-0x1p-60L, 0x1p-40L}, below = {-1, 0.5L};
    optcert_ball_sqrt(&around, &around);
    optcert_ball_sqrt(&below, &below);
    UNIT_CHECK(optcert_inside(&oc_ref_f64, 0, &around) && optcert_inside(&oc_ref_f64, 0x1p-21, &around), "a root is not inside");
    UNIT_CHECK(isnan(below.mid) && below.rad == 0, "a root below 0");
}

/* --- changes --- */

enum { WIDE = 19, MANY = 7 };

/* Large and small, 0, subnormal, and in the last rows NaN and infinities. */
static void fill_wide(double theta[WIDE], double grad[MANY][WIDE])
{
    for (size_t i = 0; i < WIDE; i++) {
        theta[i] = i % 5 == 4 ? 0x1.3p-1070 : ldexp(1.0 + (double)i / 32, (int)(i % 7) - 3) * (i % 2 == 0 ? 1 : -1);
        for (size_t k = 0; k < MANY; k++) {
            const double size = ldexp(1.0 + (double)((3 * i + 5 * k) % 11) / 17, (int)((i + k) % 9) - 5);
            grad[k][i] = (i + k) % 6 == 5 ? 0 : (i * k) % 3 == 1 ? -size : size;
        }
    }
    grad[2][3] = 0x1p-1060;
    grad[3][1] = 3e5;
    grad[MANY - 2][2] = NAN;
    grad[MANY - 1][4] = INFINITY;
    grad[MANY - 1][7] = -INFINITY;
}

/* Roundings of one change more double a radius at most. */
static bool apart(const optcert_ball *a, const optcert_ball *b)
{
    const bool nan = isnan(a->mid), other = isnan(b->mid);
    return nan != other || (isinf(a->rad) != 0) != (isinf(b->rad) != 0) || a->rad > 4 * b->rad || b->rad > 4 * a->rad || (!nan && (a->mid < b->mid || a->mid > b->mid));
}

static bool slots_apart(optcert_walk *one, optcert_walk *other, size_t i)
{
    static const char *const names[] = {"m", "v", "vmax"};
    bool differ = false;
    for (size_t s = 0; s < sizeof names / sizeof names[0]; s++) {
        const optcert_ball *a = optcert_walk_slot(one, names[s], i), *b = optcert_walk_slot(other, names[s], i);
        differ = differ || (a != NULL) != (b != NULL) || (a != NULL && b != NULL && apart(a, b));
    }
    return differ;
}

/* Whether the model does something else than the plain one on these gradients, after a state was set where it has one. */
static bool shows(optcert_walk *one, optcert_walk *other, const optcert_model *plain, const optcert_model *changed)
{
    static const optcert_surroundings used = {.steps_before = 3, .first_hyper = {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.25}};
    static const optcert_hyper odd = {.lr = 0.1, .beta1 = 0.9, .beta2 = 0.9999, .eps = 1e-3, .weight_decay = 0.3, .momentum = 0.7, .dampening = 0.4};
    double theta[WIDE], grad[MANY][WIDE], state[WIDE + 3];
    bool differ = false;
    fill_wide(theta, grad);
    for (int resumed = 0; resumed < 2 && !differ; resumed++) {
        optcert_walk_begin(one, plain, &oc_ref_f64, WIDE, &odd, &used);
        optcert_walk_begin(other, changed, &oc_ref_f64, WIDE, &odd, &used);
        for (size_t i = 0; i < WIDE + 3; i++) {
            state[i] = 0.25 + (double)i / 64;
        }
        for (int s = 0; s < 3 * resumed; s++) {
            static const char *const names[] = {"m", "v", "vmax"};
            optcert_walk_set(one, names[s], state + s, 65534);
            optcert_walk_set(other, names[s], state + s, 65534);
        }
        for (size_t k = 0; k < MANY; k++) {
            optcert_walk_step(one, theta, grad[k]);
            optcert_walk_step(other, theta, grad[k]);
            for (size_t i = 0; i < WIDE; i++) {
                differ = differ || apart(optcert_walk_theta(one, i), optcert_walk_theta(other, i)) || slots_apart(one, other, i);
            }
        }
    }
    return differ;
}

/* Every change, with a value from the middle of its range, predicts something else of a dialect that it applies to. */
static void changes_show(void)
{
    optcert_walk *one = optcert_walk_new(WIDE), *other = optcert_walk_new(WIDE);
    for (size_t c = 0; c < optcert_change_count(); c++) {
        const optcert_change *change = optcert_change_at(c);
        bool shown = false;
        for (size_t d = 0; d < oc_ref_dialect_count(); d++) {
            const optcert_model plain = optcert_model_of(oc_ref_dialect_at(d));
            if (optcert_change_applies(change, &plain, false)) {
                optcert_model changed = optcert_change_apply(change, &plain, sqrt(change->low * change->high) * 1.25);
                changed.number = optcert_change_number(change) == NUMBER_NONE ? 0 : 2;
                shown = shows(one, other, &plain, &changed) || shown;
            }
        }
        UNIT_CHECK(shown, "'%s' changes nothing", change->says);
    }
    optcert_walk_free(one);
    optcert_walk_free(other);
}

UNIT_SUITE(walk, {"dialects_are_models", dialects_are_models}, {"inside", inside}, {"root_around_zero", root_around_zero}, {"changes_show", changes_show})
