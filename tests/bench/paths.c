/* SPDX-License-Identifier: GPL-3.0-or-later
 * Normals, two-point increments, and Euler-Maruyama paths of the one-dimensional RMSprop limit (tests/engine/path). */
#include "paths.h"
#include "limits.h"
#include "path/path.h"
#include "random/random.h"

#include <math.h>

enum { NUMBERS = 100096, ARITHMETIC = 1 << 20, PATHS = 16 * OPTCERT_PATH_BLOCK, STEPS = 64, MOST_PATHS = 64 * OPTCERT_PATH_BLOCK };

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
    optcert_path_plan plan;
    optcert_increments increments;
    unsigned threads;
    size_t paths; /* for each thread */
    uint32_t steps;
    double *theta, *u; /* paths for each thread */
} path_run;

/* The states go on from run to run: they stay near the stationary law. */
static void run_paths(void *context)
{
    const path_run *run = context;
#pragma omp parallel for num_threads((int)run->threads) schedule(static)
    for (unsigned t = 0; t < run->threads; t++) {
        const size_t first = (size_t)t * run->paths;
        optcert_path_run(&run->plan, run->increments, 1, first, run->paths, run->steps, run->theta + first, run->u + first);
    }
}

static bool add(const char *what, const char *who, unsigned threads, double n, const bench_time *time,
                bench_results *results)
{
    const bench_result result = {what,         who,         "",  64,  threads,     n,
                                 time->median, time->least, NAN, NAN, time->alone, time->share_alone};
    return bench_results_add(results, &result);
}

static bool numbers(const char *what, fill *of, double *out, const bench_effort *effort, bench_results *results)
{
    number_run one = {of, 1, out}, two = {of, 2, out};
    const bench_job job[] = {{run_numbers, &one, NUMBERS, 1, NULL}, {run_numbers, &two, 2.0 * NUMBERS, 2, NULL}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add(what, "optcert", 1, NUMBERS, &time[0], results) &&
           add(what, "optcert", 2, NUMBERS, &time[1], results);
}

typedef struct arithmetic_run {
    unsigned threads;
    double sum;
} arithmetic_run;

static void run_arithmetic(void *context)
{
    arithmetic_run *run = context;
    double sum = 0;
#pragma omp parallel for num_threads((int)run->threads) schedule(static) reduction(+ : sum)
    for (unsigned t = 0; t < run->threads; t++) {
        sum += bench_arithmetic(ARITHMETIC);
    }
    run->sum = sum;
}

static bool arithmetic(const bench_effort *effort, bench_results *results)
{
    arithmetic_run one = {1, 0}, two = {2, 0};
    const bench_job job[] = {{run_arithmetic, &one, ARITHMETIC, 1, NULL}, {run_arithmetic, &two, 2.0 * ARITHMETIC, 2, NULL}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add("arithmetic", "limit", 1, ARITHMETIC, &time[0], results) &&
           add("arithmetic", "limit", 2, ARITHMETIC, &time[1], results);
}

static path_run run_of(optcert_increments increments, unsigned threads, size_t paths, uint32_t steps)
{
    static double theta[2 * MOST_PATHS], u[2 * MOST_PATHS];
    for (size_t i = 0; i < threads * paths; i++) {
        theta[i] = u[i] = 1;
    }
    return (path_run){optcert_path_plan_of(1.0, 1.0, 0.5, 0.1, 1.0, 1e-3), increments, threads, paths, steps, theta, u};
}

static bool paths(const char *what, optcert_increments increments, const bench_effort *effort, bench_results *results)
{
    path_run one = run_of(increments, 1, PATHS, STEPS), two = run_of(increments, 2, PATHS, STEPS);
    const double steps = (double)PATHS * STEPS;
    const bench_job job[] = {{run_paths, &one, steps, 1, NULL}, {run_paths, &two, 2 * steps, 2, NULL}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add(what, "optcert", 1, PATHS, &time[0], results) &&
           add(what, "optcert", 2, PATHS, &time[1], results);
}

/* ns a path-step over numbers of paths and of steps, for each thread: neither should matter. */
static bool growth(const char *const what[2], bool of_steps, unsigned threads, const bench_effort *effort,
                   bench_results *results)
{
    static const size_t blocks[] = {1, 4, 16, 64};
    static const uint32_t steps[] = {16, 64, 256, 1024};
    bool whole = true;
    for (int law = 0; law < 2; law++) {
        for (size_t i = 0; whole && i < sizeof steps / sizeof steps[0]; i++) {
            path_run run = run_of((optcert_increments)law, threads, of_steps ? OPTCERT_PATH_BLOCK : blocks[i] * OPTCERT_PATH_BLOCK,
                                  of_steps ? steps[i] : STEPS);
            const double n = of_steps ? run.steps : (double)run.paths;
            const bench_job job = {run_paths, &run, (double)threads * (double)run.paths * run.steps, threads, NULL};
            bench_time time;
            whole = bench_measure(effort, &job, 1, &time) && add(what[law], "optcert", threads, n, &time, results);
        }
    }
    return whole;
}

bool bench_growth(const bench_effort *effort, bench_results *results)
{
    static const char *const over_paths[2] = {"over paths gaussian", "over paths two-point"};
    static const char *const over_steps[2] = {"over steps gaussian", "over steps two-point"};
    bool whole = true;
    for (unsigned threads = 1; whole && threads <= 2; threads++) {
        whole = growth(over_paths, false, threads, effort, results) && growth(over_steps, true, threads, effort, results);
    }
    return whole;
}

bool bench_paths(const bench_effort *effort, bench_results *results)
{
    static double out[2 * NUMBERS];
    return arithmetic(effort, results) && numbers("normals", optcert_random_normals, out, effort, results) &&
           numbers("two-points", optcert_random_two_points, out, effort, results) &&
           paths("path-step gaussian", OPTCERT_NORMAL_INCREMENTS, effort, results) &&
           paths("path-step two-point", OPTCERT_TWO_POINT_INCREMENTS, effort, results);
}
