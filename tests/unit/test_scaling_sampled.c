/* SPDX-License-Identifier: GPL-3.0-or-later
 * Distances of laws and their intervals, swarms of paths, and the sampled scaling suite in small. */
#include "law_distance.h"
#include "random/random.h"
#include "scaling_calibrate.h"
#include "swarm_build.h"
#include "swarm_limit.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 4096 };

static void features_are_circles(void)
{
    static const double x[] = {0.0, 0.1, -3.0, 25.0, 1e6, -1e9, 0.7853981633974483};
    enum { POINTS = sizeof x / sizeof x[0] };
    optcert_features features;
    double out[OPTCERT_FEATURES * POINTS];
    optcert_features_set(&features, 1, 1.0);
    optcert_features_of(&features, POINTS, x, out);
    for (size_t j = 0; j < OPTCERT_FREQUENCIES; j++) {
        for (size_t p = 0; p < POINTS; p++) {
            const double angle = features.w[j][0] * x[p], unit = 1.0 / sqrt(OPTCERT_FREQUENCIES);
            const double slack = 1e-14 + 1e-15 * fabs(angle); /* rounding of the angle */
            UNIT_CHECK(fabs(out[2 * j * POINTS + p] - unit * cos(angle)) <= slack &&
                           fabs(out[(2 * j + 1) * POINTS + p] - unit * sin(angle)) <= slack,
                       "frequency %zu at %g", j, x[p]);
        }
    }
    const double bad = NAN;
    optcert_features_of(&features, 1, &bad, out);
    UNIT_CHECK(isnan(out[0]), "a NaN is not hidden");
}

static void draw(uint64_t seed, double shift, double *out)
{
    const optcert_random at = {.seed = seed, .purpose = 1};
    optcert_random_normals(&at, PATHS, out);
    for (size_t p = 0; p < PATHS; p++) {
        out[p] += shift;
    }
}

static void sums_of(double shift, uint64_t seed, optcert_law_sums *sums)
{
    double *work = malloc((2 + 2 * OPTCERT_FEATURES) * PATHS * sizeof *work);
    double *x = work, *y = work + PATHS, *fx = work + 2 * PATHS, *fy = fx + OPTCERT_FEATURES * PATHS;
    optcert_features features;
    memset(sums, 0, sizeof *sums);
    optcert_features_set(&features, 1, 1.0);
    draw(seed, 0.0, x);
    draw(seed + 1000, shift, y);
    optcert_features_of(&features, PATHS, x, fx);
    optcert_features_of(&features, PATHS, y, fy);
    optcert_law_add(sums, PATHS, fx, fy);
    free(work);
}

/* |E phi| for normal laws that differ by a shift: E exp(i w X) = exp(-w^2/2). */
static double true_distance(double shift)
{
    optcert_features features;
    double square = 0.0;
    optcert_features_set(&features, 1, 1.0);
    for (size_t j = 0; j < OPTCERT_FREQUENCIES; j++) {
        const double w = features.w[j][0];
        square += exp(-w * w) * (2.0 - 2.0 * cos(w * shift)) / OPTCERT_FREQUENCIES;
    }
    return sqrt(square);
}

static void distances_hold(void)
{
    static const double shifts[] = {0.0, 0.2, 1.0};
    for (size_t i = 0; i < 3; i++) {
        for (uint64_t seed = 1; seed <= 5; seed++) {
            optcert_law_sums sums;
            sums_of(shifts[i], unit_seed() * 100 + seed, &sums);
            const optcert_estimate d = optcert_law_distance(&sums, 1e-9);
            const double truth = true_distance(shifts[i]);
            UNIT_CHECK(d.low <= truth && truth <= d.high, "shift %g: %g is not in [%g, %g]", shifts[i], truth, d.low, d.high);
            UNIT_CHECK(d.high - d.low < 0.4, "shift %g: the interval says nothing", shifts[i]);
        }
    }
}

/* Mean differences a + b and a + b/4 extrapolate to a. */
static void limits_extrapolate(void)
{
    optcert_law_sums coarse = {.count = 1e12, .square = 1.0}, fine = coarse;
    coarse.difference[0] = (0.3 + 0.2) * coarse.count;
    fine.difference[0] = (0.3 + 0.05) * fine.count;
    const optcert_estimate limit = optcert_law_limit(&coarse, &fine, 1e-6);
    UNIT_CHECK(fabs(limit.value - 0.3) < 1e-12, "%.17g", limit.value);
    UNIT_CHECK(fabs(limit.high - limit.value - 0.05) < 1e-3, "the correction is in the interval: %g", limit.high);
}

/* Of 40 tests of equal laws by 19 relabellings each has its least p, 1/20, with probability 1/20: more than 12 do with
 * probability 10^-7. */
static void energy_tells(void)
{
    static double x[PATHS], y[PATHS];
    int least = 0;
    for (uint64_t k = 0; k < 40; k++) {
        draw(unit_seed() * 1000 + 2 * k, 0.0, x);
        draw(unit_seed() * 1000 + 2 * k + 1, 0.0, y);
        least += optcert_energy_test(1, 50, x, y, 19, k).p < 0.051;
    }
    UNIT_CHECK(least <= 12, "%d of 40", least);
    draw(unit_seed() + 12, 1.0, y);
    const optcert_energy other = optcert_energy_test(1, 200, x, y, 199, 1);
    UNIT_CHECK(other.p == 1.0 / 200 && other.distance > 0.1, "other laws: p = %g", other.p);
}

/* Means and variances of tokens: of single ones, of SVAG(2)'s and of unions. */
static void tokens(void)
{
    static double token[OPTCERT_TOKEN_MAX * PATHS];
    for (const optcert_swarm_problem *problem = optcert_swarm_problems; problem->name != NULL; problem++) {
        if (strcmp(problem->name, "skewed") == 0) {
            continue; /* its tokens come coupled */
        }
        double variance[3] = {0.0}, single = 0.0;
        for (int kind = 0; kind < 3; kind++) {
            if (kind == 2) {
                optcert_swarm_union(problem, unit_seed(), 1, 4, 3, 0, PATHS, token);
            } else {
                optcert_swarm_tokens(problem, unit_seed(), kind == 1 ? 2 : 1, 3, 0, PATHS, token);
            }
            double sum = 0.0, squares = 0.0;
            for (size_t p = 0; p < PATHS; p++) {
                sum += token[p];
                squares += token[p] * token[p];
            }
            single = kind == 0 ? sum / PATHS : single;
            variance[kind] = squares / PATHS - sum / PATHS * (sum / PATHS);
            UNIT_CHECK(fabs(sum / PATHS - single) < 7.0 * sqrt((variance[0] + variance[kind]) / PATHS),
                       "%s: the mean of kind %d differs", problem->name, kind);
        }
        UNIT_CHECK(fabs(variance[1] / variance[0] - 4.0) < 0.8, "%s: SVAG(2) has %g times the variance", problem->name,
                   variance[1] / variance[0]);
        UNIT_CHECK(fabs(variance[2] / variance[0] - 0.25) < 0.05, "%s: a union of 4 has %g times the variance",
                   problem->name, variance[2] / variance[0]);
    }
}

static void coupled_noise(void)
{
    static double token[2 * PATHS], normal[2 * PATHS], plain[2 * PATHS];
    const optcert_swarm_problem *bowl = optcert_swarm_problem_find("bowl"), *skewed = optcert_swarm_problem_find("skewed");
    optcert_swarm_coupled(bowl, unit_seed(), 1, 0, 0, PATHS, token, normal);
    optcert_swarm_tokens(bowl, unit_seed(), 1, 0, 0, PATHS, plain);
    optcert_swarm_mix(PATHS, normal);
    UNIT_CHECK(memcmp(token, plain, sizeof token) == 0 && memcmp(token, normal, sizeof token) == 0,
               "bowl's noise is not its normals");
    optcert_swarm_coupled(skewed, unit_seed(), 1, 0, 0, PATHS, token, normal);
    double sum = 0.0, squares = 0.0, cubes = 0.0, product = 0.0;
    for (size_t p = 0; p < PATHS; p++) {
        const double z = token[p] / 4.0;
        sum += z / PATHS;
        squares += z * z / PATHS;
        cubes += z * z * z / PATHS;
        product += z * normal[p] / PATHS;
    }
    UNIT_CHECK(fabs(sum) < 0.1 && fabs(squares - 1.0) < 0.3 && fabs(cubes - 2.0) < 2.0, "exponential: %g %g %g", sum,
               squares, cubes);
    UNIT_CHECK(fabs(product - 0.90) < 0.1, "the coupling's correlation is %g", product);
}

static void measure(const char *name, size_t block, bool all, optcert_scaling_outcome *outcome)
{
    bool wanted[OPTCERT_SCALING_RULES] = {[OPTCERT_SCALING_TRUE] = true};
    optcert_scaling_sample sample;
    optcert_scaling_sample_of(optcert_scaling_subject_find(name), optcert_swarm_problems, &sample);
    sample.steps = 32;
    sample.kappa = 8;
    sample.paths = 8192;
    sample.block = block;
    sample.seed = unit_seed();
    if (all) {
        optcert_scaling_wanted(&sample, wanted);
    }
    UNIT_CHECK(optcert_scaling_measure(&sample, wanted, outcome), "memory");
}

static void rules_are_told_apart(void)
{
    static const char *const names[] = {"sgd", "ema", "rmsprop"};
    for (size_t i = 0; i < 3; i++) {
        optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES];
        measure(names[i], 1024, true, outcome);
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            const bool failed = outcome[r].limit.low > OPTCERT_SCALING_RESOLUTION;
            UNIT_CHECK(!outcome[r].ran || failed == (r != OPTCERT_SCALING_TRUE), "%s, %s: %g to %g", names[i],
                       optcert_scaling_rule_name((optcert_scaling_rule)r), outcome[r].limit.low, outcome[r].limit.high);
        }
    }
}

static void blocks_do_not_matter(void)
{
    optcert_scaling_outcome one[OPTCERT_SCALING_RULES], other[OPTCERT_SCALING_RULES];
    measure("sgd", 1024, false, one);
    measure("sgd", 2048, false, other);
    UNIT_CHECK(one[0].limit.value == other[0].limit.value && one[0].limit.high == other[0].limit.high, "%.17g, %.17g",
               one[0].limit.value, other[0].limit.value);
}

/* SGD's limit on the bowl without noise: theta' = -A theta per lr ds. */
static void limit_of_sgd(void)
{
    optcert_swarm_limit limit = {.problem = optcert_swarm_problem_find("bowl"),
                                 .optimizer = OPTCERT_SGD,
                                 .hyper = {.lr = 1.0},
                                 .paths = 1};
    const double noise[2] = {0.0, 0.0};
    UNIT_CHECK(optcert_swarm_limit_open(&limit), "memory");
    limit.theta[0] = 0.4; /* the eigenvector of the larger eigenvalue, 1.25 + sqrt(0.2225) */
    limit.theta[1] = 0.25 + sqrt(0.2225);
    const double start = limit.theta[0];
    for (int k = 0; k < 1000; k++) {
        optcert_swarm_limit_step(&limit, 1e-3, noise, false);
    }
    UNIT_CHECK(fabs(limit.theta[0] / start - exp(-1.25 - sqrt(0.2225))) < 1e-3, "%g", limit.theta[0] / start);
    optcert_swarm_limit_close(&limit);
}

UNIT_SUITE(scaling_sampled, {"features_are_circles", features_are_circles}, {"distances_hold", distances_hold},
           {"limits_extrapolate", limits_extrapolate}, {"energy_tells", energy_tells}, {"tokens", tokens},
           {"coupled_noise", coupled_noise}, {"rules_are_told_apart", rules_are_told_apart},
           {"blocks_do_not_matter", blocks_do_not_matter}, {"limit_of_sgd", limit_of_sgd})
