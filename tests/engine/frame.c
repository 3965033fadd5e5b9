/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grids from a pilot run. */
#include "frame.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

enum { PILOT_PATHS = 256, PILOT_STEPS = 64 };

typedef struct extent {
    double low, high, square[PILOT_STEPS + 1], sum[PILOT_STEPS + 1];
} extent;

static void note(extent *seen, size_t k, double x)
{
    seen->low = fmin(seen->low, x);
    seen->high = fmax(seen->high, x);
    seen->sum[k] += x;
    seen->square[k] += x * x;
}

/* The centre is midway between the extreme means; the spread is the largest r.m.s. distance from it. */
static optcert_range settle(const extent *seen)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t k = 0; k <= PILOT_STEPS; k++) {
        low = fmin(low, seen->sum[k] / PILOT_PATHS);
        high = fmax(high, seen->sum[k] / PILOT_PATHS);
    }
    optcert_range range = {.center = 0.5 * (low + high)};
    for (size_t k = 0; k <= PILOT_STEPS; k++) {
        const double square = seen->square[k] / PILOT_PATHS - 2.0 * range.center * seen->sum[k] / PILOT_PATHS +
                              range.center * range.center;
        range.spread = fmax(range.spread, sqrt(fmax(square, 0.0)));
    }
    range.reach = fmax(seen->high - range.center, range.center - seen->low);
    return range;
}

void optcert_frame_pilot(const optcert_study *study, optcert_frame *out)
{
    const double h = study->horizon / PILOT_STEPS;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 1);
    extent theta = {.low = INFINITY, .high = -INFINITY};
    extent m = theta;
    for (size_t path = 0; path < PILOT_PATHS; path++) {
        optcert_state x = study->start;
        for (size_t k = 0; k <= PILOT_STEPS; k++) {
            note(&theta, k, x.theta);
            note(&m, k, x.m);
            x = optcert_map_step(&study->dynamics, h, study->t0 / h + (double)k, x, gsl_ran_gaussian(random, 1.0));
        }
    }
    gsl_rng_free(random);
    *out = (optcert_frame){settle(&theta), settle(&m)};
}

static size_t highest_degree(const optcert_study *study)
{
    size_t degree = 1;
    for (size_t p = 0; p < study->phi_count; p++) {
        const size_t own = study->phi[p].power[0] + study->phi[p].power[1];
        degree = own > degree ? own : degree;
    }
    return degree;
}

/* A constant gradient and monomials: g does not depend on theta, and the chain maps polynomials in (theta, m) of a
 * degree to such, so that just as many nodes are exact, whatever the law's tails. */
static bool is_closed(const optcert_study *study)
{
    for (size_t p = 0; p < study->phi_count; p++) {
        if (study->phi[p].factor != OPTCERT_PHI_ONE) {
            return false;
        }
    }
    return study->dynamics.oracle.problem.kind->flat;
}

optcert_level optcert_frame_chain_level(const optcert_study *study, unsigned index)
{
    const size_t i = index;
    const bool wall = !study->dynamics.oracle.problem.kind->polynomial;
    const bool deep = study->dynamics.kind->has_m;
    optcert_level level = {.theta = wall ? 40 + 12 * i : 8 + 3 * i, .m = 1, .u = 1, .z = 10 + 4 * i};
    if (study->dynamics.kind->has_u) {
        level.u = (deep ? 14 : 20) + 6 * i;
        if (optcert_noise_heavy(study->dynamics.oracle.noise)) { /* g^2 spans 20 decades */
            level.u = 60 + 17 * i;
        }
    }
    if (deep) {
        level.m = (wall ? 10 : 6) + 3 * i;
    }
    if (is_closed(study)) {
        level.theta = 1 + highest_degree(study);
        level.m = deep ? level.theta : 1;
    }
    return level;
}

/* Coarser in u than the chain: the limit's u has no noise of its own and stays in a short interval. */
optcert_level optcert_frame_limit_level(const optcert_study *study, unsigned index)
{
    const size_t i = index;
    const bool wall = !study->dynamics.oracle.problem.kind->polynomial;
    const bool noisy_u = study->dynamics.oracle.problem.kind->state_noise;
    optcert_level level = {.theta = wall ? 36 + 10 * i : 7 + 2 * i, .m = 1, .u = 1};
    if (study->dynamics.kind->has_u) {
        level.u = (noisy_u ? 14 : 9) + 3 * i;
    }
    if (study->dynamics.kind->has_m) {
        level.m = (wall ? 10 : 6) + 2 * i;
    }
    return level;
}

/* A scale of 1.3 spreads lets the noise, which widens the law, push no polynomial out of the frame's weight. */
static const double hermite_margin = 1.3;

void optcert_frame_theta(const optcert_study *study, const optcert_frame *frame, size_t n, optcert_basis *out)
{
    const optcert_range *range = &frame->theta;
    if (study->dynamics.oracle.problem.kind->polynomial) {
        optcert_basis_hermite(out, n, range->center, hermite_margin * range->spread + 1e-3);
        return;
    }
    /* 3.5 spreads beyond the farthest of 256 paths is some 6 to 7 standard deviations. */
    const double reach = range->reach + 3.5 * range->spread;
    optcert_basis_wall(out, n, range->center - reach, range->center + reach, 0.04 * reach);
}

void optcert_frame_m(const optcert_study *study, const optcert_frame *frame, size_t n, optcert_basis *out)
{
    if (!study->dynamics.kind->has_m) {
        optcert_basis_point(out);
        return;
    }
    optcert_basis_hermite(out, n, frame->m.center, hermite_margin * frame->m.spread + 1e-3);
}
