/* SPDX-License-Identifier: GPL-3.0-or-later
 * Normals and two-point increments, and Euler-Maruyama steps of the one-dimensional RMSprop SDE (f = theta^2/2,
 * Sigma = 1) by the library's fast kernels on a block of paths that stays in a core's cache, as the engine runs it. */
#include "paths.h"
#include "random/random.h"
#include "optcert/fast_sde.h"

#include <math.h>

enum { NUMBERS = 100096, PATHS = 512, STEPS = 16, BLOCKS = 64 };

typedef void fill(const optcert_random *at, size_t n, double *out);

typedef struct number_run {
    fill *fill;
    unsigned threads;
    double *out;
} number_run;

static void run_numbers(void *context)
{
    const number_run *run = context;
#pragma omp parallel for num_threads((int)run->threads) schedule(static)
    for (unsigned t = 0; t < run->threads; t++) {
        const optcert_random at = {.seed = 1, .stream = (uint64_t)t * NUMBERS};
        run->fill(&at, NUMBERS, run->out + (size_t)t * NUMBERS);
    }
}

typedef struct path_run {
    fill *fill;
    unsigned threads;
    oc_isa isa;
    oc_time_step_f64 step;
    oc_rmsprop_sde_plan_f64 plan;
    double sink[2];
} path_run;

/* One block of paths over STEPS steps. */
static double run_block(const path_run *run, uint64_t block)
{
    double theta[PATHS], u[PATHS], z[PATHS], drift[PATHS], diffusion[PATHS], drift_u[PATHS];
    static const double zero[PATHS];
    double one[PATHS];
    for (size_t i = 0; i < PATHS; i++) {
        theta[i] = u[i] = one[i] = 1;
    }
    for (uint32_t k = 0; k < STEPS; k++) {
        const optcert_random at = {.seed = 1, .stream = block * PATHS, .step = k};
        run->fill(&at, PATHS, z);
        oc_fast_rmsprop_sde_coef_f64(run->isa, &run->plan, PATHS, drift, diffusion, drift_u, u, theta, one);
        oc_fast_euler_maruyama_step_f64(run->isa, &run->step, PATHS, theta, drift, diffusion, z);
        oc_fast_euler_maruyama_step_f64(run->isa, &run->step, PATHS, u, drift_u, zero, zero);
    }
    return theta[0] + u[PATHS - 1];
}

static void run_paths(void *context)
{
    path_run *run = context;
#pragma omp parallel for num_threads((int)run->threads) schedule(static)
    for (unsigned t = 0; t < run->threads; t++) {
        for (uint64_t block = 0; block < BLOCKS; block++) {
            run->sink[t] += run_block(run, t * BLOCKS + block);
        }
    }
}

static bool add(const char *what, const char *who, unsigned threads, double n, const bench_time *time,
                bench_results *results)
{
    const bench_result result = {what, who, "", 64, threads, n, time->median, time->least, NAN, NAN};
    return bench_results_add(results, &result);
}

static bool numbers(const char *what, fill *of, double *out, const bench_effort *effort, bench_results *results)
{
    number_run one = {of, 1, out}, two = {of, 2, out};
    const bench_job job[] = {{run_numbers, &one, NUMBERS}, {run_numbers, &two, 2.0 * NUMBERS}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add(what, "optcert", 1, NUMBERS, &time[0], results) &&
           add(what, "optcert", 2, NUMBERS, &time[1], results);
}

static bool paths(const char *what, fill *of, const bench_effort *effort, bench_results *results)
{
    static const oc_limit limit = {.sigma0 = 0.5, .eps0 = 0.1, .c2 = 1};
    path_run one = {.fill = of, .threads = 1, .isa = oc_isa_best()};
    if (oc_time_step_init_f64(&one.step, 1e-3) != OC_OK || oc_rmsprop_sde_plan_init_f64(&one.plan, &limit) != OC_OK) {
        return false;
    }
    path_run two = one;
    two.threads = 2;
    const double steps = (double)PATHS * STEPS * BLOCKS;
    const bench_job job[] = {{run_paths, &one, steps}, {run_paths, &two, 2 * steps}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add(what, "optcert", 1, PATHS, &time[0], results) &&
           add(what, "optcert", 2, PATHS, &time[1], results);
}

bool bench_paths(const bench_effort *effort, bench_results *results)
{
    static double out[2 * NUMBERS];
    return numbers("normals", optcert_random_normals, out, effort, results) &&
           numbers("two-points", optcert_random_two_points, out, effort, results) &&
           paths("path-step gaussian", optcert_random_normals, effort, results) &&
           paths("path-step two-point", optcert_random_two_points, effort, results);
}
