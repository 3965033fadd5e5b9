/* SPDX-License-Identifier: GPL-3.0-or-later
 * Problems and tokens of swarms. */
#include "swarm.h"
#include "random/random.h"

#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

const optcert_swarm_problem optcert_swarm_problems[] = {
    {"bowl", "quadratic loss with mixed coordinates, correlated Gaussian noise", 2, 2, {1.0, -0.5}, {-1.5, 0.75}, 4.0, 0.3},
    {"skewed", "the same with exponential noise", 2, 2, {1.0, -0.5}, {-1.5, 0.75}, 4.0, 0.3},
    {"stackloss", "least squares on Brownlee's stack loss data, minibatches", 3, 9, {0.545, 0.4, -0.08}, {0.745, 0.4, -0.08}, 0.36, 0.1},
    {NULL, NULL, 0, 0, {0}, {0}, 0, 0},
};

const optcert_swarm_problem *optcert_swarm_problem_find(const char *name)
{
    const optcert_swarm_problem *problem = optcert_swarm_problems;
    while (problem->name != NULL && strcmp(problem->name, name) != 0) {
        problem++;
    }
    return problem->name != NULL ? problem : NULL;
}

static bool is_bowl(const optcert_swarm_problem *problem)
{
    return problem->dimension == 2;
}

static const double bowl[2][2] = {{1.0, 0.4}, {0.4, 1.5}};
static const double mixing[2][2] = {{4.0, 0.0}, {2.4, 3.2}}; /* noise = mixing * two normals: variances 16 */

/* K. A. Brownlee, Statistical Theory and Methodology in Science and Engineering (1965), p. 454: air flow, cooling water
 * temperature, acid concentration; stack loss. */
enum { DAYS = 21 };
static const double stackloss[DAYS][4] = {
    {80, 27, 89, 42}, {80, 27, 88, 37}, {75, 25, 90, 37}, {62, 24, 87, 28}, {62, 22, 87, 18}, {62, 23, 87, 18},
    {62, 24, 93, 19}, {62, 24, 93, 20}, {58, 23, 87, 15}, {58, 18, 80, 14}, {58, 18, 89, 14}, {58, 17, 88, 13},
    {58, 18, 82, 11}, {58, 19, 93, 12}, {50, 18, 89, 8},  {50, 18, 86, 7},  {50, 19, 72, 8},  {50, 19, 79, 8},
    {50, 20, 80, 9},  {56, 20, 82, 15}, {70, 20, 91, 15},
};

/* x x^T (upper triangle by rows) and x y of each day, standardised. */
static double day_token[DAYS][OPTCERT_TOKEN_MAX];

static void standardise(double day[DAYS][4])
{
    for (size_t j = 0; j < 4; j++) {
        double mean = 0.0, square = 0.0;
        for (size_t i = 0; i < DAYS; i++) {
            mean += stackloss[i][j] / DAYS;
        }
        for (size_t i = 0; i < DAYS; i++) {
            square += gsl_pow_2(stackloss[i][j] - mean) / DAYS;
        }
        for (size_t i = 0; i < DAYS; i++) {
            day[i][j] = (stackloss[i][j] - mean) / sqrt(square);
        }
    }
}

__attribute__((constructor)) static void prepare_days(void)
{
    double day[DAYS][4];
    standardise(day);
    for (size_t i = 0; i < DAYS; i++) {
        size_t q = 0;
        for (size_t a = 0; a < 3; a++) {
            for (size_t b = a; b < 3; b++) {
                day_token[i][q++] = day[i][a] * day[i][b];
            }
        }
        for (size_t a = 0; a < 3; a++) {
            day_token[i][q++] = day[i][a] * day[i][3];
        }
    }
}

void optcert_swarm_mix(size_t paths, double *normal)
{
    for (size_t p = 0; p < paths; p++) {
        const double first = normal[p], second = normal[paths + p];
        normal[p] = mixing[0][0] * first + mixing[0][1] * second;
        normal[paths + p] = mixing[1][0] * first + mixing[1][1] * second;
    }
}

static void bowl_tokens(const optcert_random *at, unsigned l, unsigned kappa, size_t paths, double *token)
{
    const double scale = l / sqrt((double)kappa); /* the mean of kappa normals is a normal */
    optcert_random place = *at;
    for (uint32_t i = 0; i < 2; i++) {
        place.coordinate = at->coordinate + i;
        optcert_random_normals(&place, paths, token + i * paths);
    }
    for (size_t p = 0; p < 2 * paths; p++) {
        token[p] *= scale;
    }
    optcert_swarm_mix(paths, token);
}

/* -log(1 - Phi(x)) - 1: exponential, mean 0, variance 1; beyond 8 the tail's probability is held. */
static double exponential(double normal)
{
    return -log(0.5 * erfc(fmin(normal, 8.0) * M_SQRT1_2)) - 1.0;
}

enum { PURPOSE_STEP = 9, PURPOSE_UNION = 10 };

void optcert_swarm_coupled(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, uint32_t step, size_t first,
                           size_t paths, double *token, double *normal)
{
    const double root = sqrt(2.0 * l * l - 1.0), weight[2] = {0.5 * (1.0 + root), 0.5 * (1.0 - root)};
    const bool skewed = strcmp(problem->name, "skewed") == 0;
    double *drawn = token; /* overwritten at the end */
    memset(normal, 0, 2 * paths * sizeof *normal);
    double amplified[256];
    for (uint32_t i = 0; i < 2; i++) {
        for (size_t from = 0; from < paths; from += 256) {
            const size_t count = paths - from < 256 ? paths - from : 256;
            memset(amplified, 0, sizeof amplified);
            for (uint32_t b = 0; b < (l > 1 ? 2 : 1); b++) {
                const optcert_random at = {.seed = seed,
                                           .stream = first + from,
                                           .step = step,
                                           .coordinate = (l << 12) + 2 * b + i,
                                           .purpose = PURPOSE_STEP};
                optcert_random_normals(&at, count, drawn + i * paths + from);
                for (size_t p = 0; p < count; p++) {
                    const double z = drawn[i * paths + from + p];
                    normal[i * paths + from + p] += weight[b] / l * z;
                    amplified[p] += weight[b] * (skewed ? exponential(z) : z);
                }
            }
            memcpy(drawn + i * paths + from, amplified, count * sizeof *drawn);
        }
    }
    optcert_swarm_mix(paths, token);
}

/* 64 bits choose a day: each has probability 1/21 up to 2^-64. */
static const double *day_of(uint64_t bits)
{
    __extension__ typedef unsigned __int128 wide;
    return day_token[(size_t)((wide)bits * DAYS >> 64)];
}

/* One day of the first batch and, for SVAG, one of the second. */
static void add_days(optcert_random *place, unsigned l, unsigned kappa, double sum[OPTCERT_TOKEN_MAX])
{
    const double root = sqrt(2.0 * l * l - 1.0);
    const double weight[2] = {0.5 * (1.0 + root) / kappa, 0.5 * (1.0 - root) / kappa};
    for (unsigned j = 0; j < kappa; j++, place->coordinate++) {
        uint64_t bits[2];
        optcert_random_bits(place, bits);
        for (unsigned b = 0; b < (l > 1 ? 2 : 1); b++) {
            const double *day = day_of(bits[b]);
            for (size_t q = 0; q < OPTCERT_TOKEN_MAX; q++) {
                sum[q] += weight[b] * day[q];
            }
        }
    }
}

static void batch_tokens(const optcert_random *at, unsigned l, unsigned kappa, size_t paths, double *token)
{
    for (size_t p = 0; p < paths; p++) {
        double sum[OPTCERT_TOKEN_MAX] = {0.0};
        optcert_random place = *at;
        place.stream = at->stream + p;
        add_days(&place, l, kappa, sum);
        for (size_t q = 0; q < OPTCERT_TOKEN_MAX; q++) {
            token[q * paths + p] = sum[q];
        }
    }
}

void optcert_swarm_tokens(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, uint32_t step, size_t first,
                          size_t paths, double *token)
{
    const optcert_random at = {
        .seed = seed, .stream = first, .step = step, .coordinate = l << 12, .purpose = PURPOSE_STEP};
    (is_bowl(problem) ? bowl_tokens : batch_tokens)(&at, l, 1, paths, token);
}

void optcert_swarm_union(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, unsigned kappa, uint32_t step,
                         size_t first, size_t paths, double *token)
{
    const optcert_random at = {
        .seed = seed, .stream = first, .step = step, .coordinate = l << 12, .purpose = PURPOSE_UNION};
    (is_bowl(problem) ? bowl_tokens : batch_tokens)(&at, l, kappa, paths, token);
}

void optcert_swarm_gradient(const optcert_swarm_problem *problem, size_t paths, const double *theta, const double *token,
                            double *gradient)
{
    if (is_bowl(problem)) {
        for (size_t p = 0; p < paths; p++) {
            const double x = theta[p], y = theta[paths + p];
            gradient[p] = bowl[0][0] * x + bowl[0][1] * y + (token != NULL ? token[p] : 0.0);
            gradient[paths + p] = bowl[1][0] * x + bowl[1][1] * y + (token != NULL ? token[paths + p] : 0.0);
        }
        return;
    }
    static const size_t entry[3][3] = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
    for (size_t i = 0; i < 3; i++) {
        const double *h0 = token + entry[i][0] * paths, *h1 = token + entry[i][1] * paths, *h2 = token + entry[i][2] * paths;
        const double *b = token + (6 + i) * paths;
        for (size_t p = 0; p < paths; p++) {
            gradient[i * paths + p] = h0[p] * theta[p] + h1[p] * theta[paths + p] + h2[p] * theta[2 * paths + p] - b[p];
        }
    }
}

void optcert_swarm_variance(const optcert_swarm_problem *problem, const double *theta, double *variance)
{
    if (is_bowl(problem)) {
        variance[0] = variance[1] = 16.0;
        return;
    }
    double mean[3] = {0.0}, square[3] = {0.0};
    for (size_t i = 0; i < DAYS; i++) {
        double gradient[3];
        optcert_swarm_gradient(problem, 1, theta, day_token[i], gradient);
        for (size_t j = 0; j < 3; j++) {
            mean[j] += gradient[j] / DAYS;
            square[j] += gradient[j] * gradient[j] / DAYS;
        }
    }
    for (size_t j = 0; j < 3; j++) {
        variance[j] = square[j] - mean[j] * mean[j];
    }
}
