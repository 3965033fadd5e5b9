/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fans of paths. The limit is Euler-Maruyama's scheme with SUBSTEPS steps to one of the chain, so that the picture shows
 * the limit and not its discretisation; the chain's normal is the sum of the substeps'. An oracle that takes several
 * normals a step makes the increment of a whole step: then the limit takes one step, too. */
#include "fan.h"
#include "matrices.h"

#include "random/random.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

enum { SUBSTEPS = 8, ROOM = 7 + 6 + 2 };

const double optcert_fan_probability[OPTCERT_FAN_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};

typedef struct fan {
    const optcert_study *study;
    uint64_t seed;
    optcert_chain_model chain;
    optcert_limit_model limit;
    optcert_coupling coupling;
    size_t substeps;
    optcert_paths first, second;
    optcert_scratch scratch;
    double *z, *sum, *many, sorted[OPTCERT_FAN_PATHS];
} fan;

static void carve(fan *f, double *memory)
{
    const size_t d = f->study->dynamics.oracle.dimension;
    const size_t n = d * OPTCERT_FAN_PATHS;
    double **const arrays[ROOM] = {&f->scratch.grad,    &f->scratch.sd,      &f->scratch.drift, &f->scratch.diffusion,
                                   &f->scratch.drift_m, &f->scratch.drift_u, &f->scratch.zero,  &f->first.theta,
                                   &f->first.m,         &f->first.v,         &f->second.theta,  &f->second.m,
                                   &f->second.v,        &f->z,               &f->sum};
    for (size_t i = 0; i < ROOM; i++) {
        *arrays[i] = memory + i * n;
    }
    f->many = memory + ROOM * n;
    f->first.dimension = f->second.dimension = d;
    f->first.width = f->second.width = OPTCERT_FAN_PATHS;
}

/* The increment of a substep. */
static void draw(fan *f, size_t step)
{
    const size_t d = f->study->dynamics.oracle.dimension;
    const size_t n = d * OPTCERT_FAN_PATHS;
    const size_t numbers = f->coupling.numbers;
    double *normals = numbers > 1 ? f->many : f->z;
    const optcert_random at = {.seed = f->seed, .step = (uint32_t)step, .purpose = 15};
    optcert_coupling_normals(&at, numbers, d, OPTCERT_FAN_PATHS, normals);
    if (numbers > 1) {
        optcert_coupling_increment(&f->coupling, n, f->many, f->z);
    } else if (f->study->matrices != NULL && f->study->matrices->root != NULL) {
        optcert_matrices_correlate(f->study->matrices, OPTCERT_FAN_PATHS, f->scratch.drift, f->z);
    }
}

/* One step of the chain and those of its limit that take as long. */
static void advance(fan *f, size_t k)
{
    const size_t n = f->study->dynamics.oracle.dimension * OPTCERT_FAN_PATHS;
    for (size_t i = 0; i < n; i++) {
        f->sum[i] = 0.0;
    }
    for (size_t sub = 0; sub < f->substeps; sub++) {
        draw(f, k * f->substeps + sub);
        optcert_limit_model_step(&f->limit, k * f->substeps + sub, f->z, &f->scratch, &f->second);
        for (size_t i = 0; i < n; i++) {
            f->sum[i] += f->z[i] / sqrt((double)f->substeps);
        }
    }
    const double *normals = f->coupling.numbers > 1 ? f->many : f->sum;
    optcert_coupling_noise(&f->coupling, n, 1.0, normals, f->first.theta, f->z);
    optcert_chain_model_step(&f->chain, k, f->z, &f->scratch, &f->first);
}

static void quantiles(fan *f, const double *theta, double out[OPTCERT_FAN_QUANTILES])
{
    for (size_t i = 0; i < OPTCERT_FAN_PATHS; i++) {
        f->sorted[i] = theta[i];
    }
    gsl_sort(f->sorted, 1, OPTCERT_FAN_PATHS);
    for (size_t q = 0; q < OPTCERT_FAN_QUANTILES; q++) {
        out[q] = gsl_stats_quantile_from_sorted_data(f->sorted, 1, OPTCERT_FAN_PATHS, optcert_fan_probability[q]);
    }
}

static void read_point(fan *f, double t, optcert_fan_point *out)
{
    out->t = t;
    quantiles(f, f->first.theta, out->chain);
    quantiles(f, f->second.theta, out->limit);
    for (size_t i = 0; i < OPTCERT_FAN_PAIRS; i++) {
        out->pair[i][0] = f->first.theta[i];
        out->pair[i][1] = f->second.theta[i];
    }
}

static bool open_fan(fan *f, const optcert_study *study, uint64_t seed, size_t steps)
{
    char reason[OPTCERT_DATA_REASON];
    f->study = study;
    f->seed = seed;
    optcert_coupling_open(&f->coupling, &study->dynamics.oracle);
    f->substeps = f->coupling.numbers > 1 ? 1 : SUBSTEPS;
    return optcert_chain_model_open(&f->chain, study, steps, reason) &&
           optcert_limit_model_open(&f->limit, study, steps, f->substeps, reason);
}

static void run_fan(fan *f, size_t steps, optcert_fan_point *points)
{
    optcert_paths_start(&f->first, f->study, f->chain.noise * f->chain.noise);
    optcert_paths_start(&f->second, f->study, 1.0);
    read_point(f, f->study->t0, &points[0]);
    for (size_t k = 0; k < steps; k++) {
        advance(f, k);
        read_point(f, f->study->t0 + (double)(k + 1) * f->chain.h, &points[k + 1]);
    }
}

bool optcert_fan_run(const optcert_study *study, uint64_t seed, size_t steps, optcert_fan_point *points)
{
    fan *f = calloc(1, sizeof *f);
    bool ok = f != NULL && open_fan(f, study, seed, steps);
    const size_t rooms = ROOM + (ok ? f->coupling.numbers : 0);
    double *memory = calloc(rooms * study->dynamics.oracle.dimension * OPTCERT_FAN_PATHS, sizeof *memory);
    ok = ok && memory != NULL;
    if (ok) {
        carve(f, memory);
        run_fan(f, steps, points);
    }
    free(memory);
    free(f);
    return ok;
}
