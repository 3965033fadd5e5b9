/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grids from a pilot run. */
#include "frame.h"
#include "zero_start.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { PILOT_PATHS = 256 };

/* Sums over the paths at one time. */
typedef struct moment {
    double sum, square;
} moment;

typedef struct extent {
    double low, high;
    moment *at; /* one for each time */
} extent;

static void note(extent *seen, size_t k, double x)
{
    seen->low = fmin(seen->low, x);
    seen->high = fmax(seen->high, x);
    seen->at[k].sum += x;
    seen->at[k].square += x * x;
}

/* The centre is midway between the extreme means; the spread is the largest r.m.s. distance from it. */
static optcert_range settle(const extent *seen, size_t times)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t k = 0; k < times; k++) {
        low = fmin(low, seen->at[k].sum / PILOT_PATHS);
        high = fmax(high, seen->at[k].sum / PILOT_PATHS);
    }
    optcert_range range = {.center = 0.5 * (low + high)};
    for (size_t k = 0; k < times; k++) {
        const double square = (seen->at[k].square - 2.0 * range.center * seen->at[k].sum) / PILOT_PATHS +
                              range.center * range.center;
        range.spread = fmax(range.spread, sqrt(fmax(square, 0.0)));
    }
    range.reach = fmax(seen->high - range.center, range.center - seen->low);
    return range;
}

static double standard_draw(const optcert_study *study, double theta, gsl_rng *random)
{
    double normals[2];
    double z;
    optcert_oracle oracle = study->dynamics.oracle;
    oracle.dimension = 1; /* one coordinate of a study in any dimension */
    if (oracle.noise->source != OPTCERT_NOISE_LAW) {
        return gsl_ran_gaussian_ziggurat(random, 1.0);
    }
    normals[0] = gsl_ran_gaussian_ziggurat(random, 1.0);
    normals[1] = gsl_ran_gaussian_ziggurat(random, 1.0);
    optcert_oracle_draw(&oracle, &theta, normals, &z);
    return z / sqrt(optcert_sigma2(&oracle.problem, theta));
}

/* What stands for m where Adam starts from nothing (chain_zero.c). */
static double zero_ratio(const optcert_study *study, double h, size_t k, optcert_state x)
{
    const optcert_units units = optcert_zero_units(study, h, k);
    return k == 0 ? 0.0 : x.m / units.m / sqrt(x.u / units.u);
}

bool optcert_frame_pilot(const optcert_study *study, double h, optcert_frame *out)
{
    const size_t steps = (size_t)lround(study->horizon / h);
    moment *at = calloc(2 * (steps + 1), sizeof *at);
    if (at == NULL) {
        return false;
    }
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 1);
    extent theta = {INFINITY, -INFINITY, at};
    extent m = {INFINITY, -INFINITY, at + steps + 1};
    *out = (optcert_frame){.u_low = INFINITY};
    for (size_t path = 0; path < PILOT_PATHS; path++) {
        optcert_state x = study->start;
        for (size_t k = 0; k <= steps; k++) {
            note(&theta, k, x.theta);
            note(&m, k, optcert_zero_start(study) ? zero_ratio(study, h, k, x) : x.m);
            out->u_low = x.u > 0.0 ? fmin(out->u_low, x.u) : out->u_low;
            x = optcert_map_step(&study->dynamics, h, study->t0 / h + (double)k, x,
                                 standard_draw(study, x.theta, random));
        }
    }
    gsl_rng_free(random);
    out->theta = settle(&theta, steps + 1);
    out->m = settle(&m, steps + 1);
    /* 256 paths reach some 3 standard deviations; the stationary one of log u is sqrt(c2 h (E z^4 - 1)/2).
     * A few steps with hardly any gradient are allowed for, too. */
    const double weight = study->dynamics.c2 * h;
    out->u_low *= exp(-4.0 * sqrt(weight)) * pow(1.0 - weight, 3.0);
    free(at);
    return true;
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

/* A constant gradient and monomials: g does not depend on theta, and the chain maps polynomials in (theta, m)
 * of a degree to such, so that just as many nodes are exact, whatever the law's tails. */
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
    const bool smooth = !study->dynamics.oracle.problem.kind->polynomial; /* no near-polynomial */
    const bool deep = study->dynamics.kind->has_m;
    optcert_level level = {smooth ? 34 + 10 * i : 8 + 3 * i, 1, 1, 8 + 3 * i};
    if (study->dynamics.kind->has_u) {
        level.u = 18 + 6 * i;
        if (optcert_noise_heavy(study->dynamics.oracle.noise)) { /* g^2 spans 20 decades */
            level.u = 60 + 13 * i;
        }
    }
    if (deep) {
        level.m = (smooth ? 8 : 6) + 3 * i;
    }
    if (optcert_zero_start(study)) {
        level.u = 36 + 8 * i;  /* it starts from one squared gradient */
        level.z = 26 + 4 * i;  /* and m/sqrt(v) of the first steps is no polynomial of it: 8 nodes for each 2 digits */
    }
    if (is_closed(study)) {
        level.theta = 1 + highest_degree(study);
        level.m = deep ? level.theta : 1;
    }
    return level;
}

optcert_level optcert_frame_limit_level(const optcert_study *study, unsigned index)
{
    const size_t i = index;
    const bool smooth = !study->dynamics.oracle.problem.kind->polynomial; /* no near-polynomial */
    optcert_level level = {smooth ? 34 + 10 * i : 7 + 2 * i, 1, 1, 1};
    if (study->dynamics.kind->has_u) {
        level.u = 9 + 3 * i;
    }
    if (study->dynamics.kind->has_m) {
        level.m = (smooth ? 8 : 6) + 2 * i;
    }
    return level;
}

/* A scale of 1.3 spreads lets the noise, which widens the law, push no polynomial out of the frame's weight.
 * Functions that are no near-polynomials need the nodes closer together, and have enough of them to reach as
 * far; there x is stretched beyond 4 spreads, so that noise that grows with theta does not outrun high
 * degrees. */
void optcert_frame_theta(const optcert_study *study, const optcert_frame *frame, size_t n, optcert_basis *out)
{
    const double spread = frame->theta.spread + 1e-3;
    if (study->dynamics.oracle.problem.kind->polynomial) {
        optcert_basis_hermite(out, n, frame->theta.center, 1.3 * spread, 0.0);
    } else {
        optcert_basis_hermite(out, n, frame->theta.center, 0.65 * spread, 4.0 * spread);
    }
}

void optcert_frame_m(const optcert_study *study, const optcert_frame *frame, size_t n, optcert_basis *out)
{
    if (!study->dynamics.kind->has_m) {
        optcert_basis_point(out);
        return;
    }
    optcert_basis_hermite(out, n, frame->m.center, 1.3 * frame->m.spread + 1e-3, 0.0);
}
