/* SPDX-License-Identifier: GPL-3.0-or-later
 * Optimizer steps. */
#include "steps.h"
#include "arrays.h"
#include "kernels.h"
#include "limits.h"
#include "ofast.h"
#include "optcert/range.h"
#include "turns.h"

#include <math.h>
#include <string.h>

typedef struct step_run {
    const optcert_kernel *kernel;
    size_t n, threads;
    oc_isa isa;
    double coef[OPTCERT_KERNEL_COEF];
    void *const *array;
    bench_ofast ofast;
    bench_turns *turns;
    const char *peer; /* its name; NULL: it has not this step */
} step_run;

enum step_who { TWIN, DIVIDER, BOTH, FAST, BASE, CORE, OFAST, PEER, WHO };
static const char *const names[PEER] = {"twin", "divider", "both", "optcert", "optcert base", "core", "-Ofast loop"};

typedef void step_part(const step_run *run, size_t n, void *const *array);

static void part_twin(const step_run *run, size_t n, void *const *array)
{
    bench_twin(run->kernel->bits, strlen(run->kernel->roles), n, array);
}
static void part_divider(const step_run *run, size_t n, void *const *array)
{
    bench_divider(run->kernel->bits, n, array[0]);
}
static void part_both(const step_run *run, size_t n, void *const *array)
{
    bench_both(run->kernel->bits, strlen(run->kernel->roles), n, array);
}
static void part_fast(const step_run *run, size_t n, void *const *array)
{
    run->kernel->fast(run->isa, run->coef, n, array);
}
static void part_base(const step_run *run, size_t n, void *const *array)
{
    run->kernel->fast(OC_ISA_BASE, run->coef, n, array);
}
static void part_core(const step_run *run, size_t n, void *const *array)
{
    run->kernel->core(run->coef, n, array);
}
static void part_ofast(const step_run *run, size_t n, void *const *array)
{
    if (run->kernel->bits == 32) {
        bench_ofast_f32(&run->ofast, n, array[0], array[1], array[2], array[3]);
    } else {
        bench_ofast_f64(&run->ofast, n, array[0], array[1], array[2], array[3]);
    }
}

/* A user's threads: static ranges, one a thread. */
static void in_parts(const step_run *run, step_part *part)
{
    const size_t size = run->kernel->bits / 8;
#pragma omp parallel for num_threads((int)run->threads) schedule(static)
    for (size_t p = 0; p < run->threads; p++) {
        const oc_range range = oc_range_of(run->n, size, p, run->threads);
        void *own[BENCH_ARRAYS];
        for (size_t a = 0; a < BENCH_ARRAYS; a++) {
            own[a] = (char *)run->array[a] + range.first * size;
        }
        part(run, range.count, own);
    }
}

static void run_parts(const step_run *run, step_part *part)
{
    if (run->threads == 1) {
        part(run, run->n, run->array);
    } else {
        in_parts(run, part);
    }
}

static void run_twin(void *context)
{
    run_parts(context, part_twin);
}
static void run_divider(void *context)
{
    run_parts(context, part_divider);
}
static void run_both(void *context)
{
    run_parts(context, part_both);
}
static void run_fast(void *context)
{
    run_parts(context, part_fast);
}
static void run_base(void *context)
{
    run_parts(context, part_base);
}
static void run_core(void *context)
{
    run_parts(context, part_core);
}
static void run_ofast(void *context)
{
    run_parts(context, part_ofast);
}

static bool divides(const optcert_kernel *kernel)
{
    return strchr(kernel->roles, 'V') != NULL;
}

/* The limit that a kernel is held to: the divider while its arrays fit a core's own cache, the twin beyond. */
static enum step_who limit_of(const step_run *run)
{
    return divides(run->kernel) && run->n < BENCH_LARGE ? DIVIDER : TWIN;
}

static bool add(const step_run *run, const char *where, enum step_who who, const bench_time *time, bool limited,
                bench_results *results)
{
    const bench_result result = {.what = run->kernel->name,
                                 .who = who == PEER ? run->peer : names[who],
                                 .where = who == PEER ? "" : where, /* on arrays of its own */
                                 .bits = run->kernel->bits,
                                 .threads = (unsigned)run->threads,
                                 .n = (double)run->n,
                                 .median = time->median,
                                 .least = time->least,
                                 .ratio_median = limited ? time->ratio_median : NAN,
                                 .ratio_least = limited ? time->ratio_least : NAN,
                                 .alone = time->alone,
                                 .share_alone = time->share_alone};
    return bench_results_add(results, &result);
}

/* Times everyone on one set of arrays; `who` lists them, the limit first. */
static bool compete(step_run *run, const char *where, const enum step_who *who, size_t count,
                    const bench_effort *effort, bench_results *results)
{
    static void (*const runs[PEER])(void *) = {run_twin, run_divider, run_both, run_fast, run_base, run_core, run_ofast};
    bench_job job[WHO] = {0};
    bench_time time[WHO];
    for (size_t j = 0; j < count; j++) {
        job[j] = who[j] == PEER ? (bench_job){.seconds = bench_turns_seconds, .context = run->turns}
                                : (bench_job){.run = runs[who[j]], .context = run};
        job[j].elements = (double)run->n;
        job[j].threads = (unsigned)run->threads;
    }
    bool whole = bench_measure(effort, job, count, time);
    for (size_t j = 0; whole && j < count; j++) {
        whole = add(run, where, who[j], &time[j], j > 0, results);
    }
    return whole;
}

/* Who runs, the limit first; returns how many. */
static size_t competitors(const step_run *run, enum step_who who[WHO])
{
    size_t count = 0;
    const enum step_who limit = limit_of(run);
    who[count++] = limit;
    who[count++] = limit == TWIN ? DIVIDER : TWIN;
    if (divides(run->kernel)) {
        who[count++] = BOTH;
    }
    who[count++] = FAST;
    who[count++] = BASE;
    who[count++] = CORE;
    if (strcmp(run->kernel->name, "adamw_step") == 0) {
        who[count++] = OFAST;
    }
    if (run->peer != NULL) {
        who[count++] = PEER;
    }
    return count;
}

static bool one_size(const optcert_kernel *kernel, size_t n, size_t threads, const bench_effort *effort,
                     bench_turns *turns, bench_results *results)
{
    static const oc_hyper hyper = {1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.9, 0};
    step_run run = {.kernel = kernel,
                    .n = n,
                    .threads = threads,
                    .isa = oc_isa_best(),
                    .turns = turns,
                    .peer = bench_turns_prepare(turns, kernel->name, kernel->bits, threads, n),
                    .ofast = {1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.6513, 0.00996}};
    bench_arrays arrays;
    if (!bench_arrays_new(n * (kernel->bits / 8), BENCH_STAGGER, &arrays)) {
        return false;
    }
    bench_arrays_fill(kernel->bits, n, &arrays);
    run.array = arrays.array;
    enum step_who who[WHO];
    const size_t count = competitors(&run, who);
    const bool whole = kernel->prepare(run.coef, &hyper, 10) == OC_OK &&
                       compete(&run, "staggered", who, count, effort, results);
    bench_arrays_free(&arrays);
    return whole;
}

/* A user's own arrays, all at one offset in 2 MiB, against the twin on such arrays. */
static bool aligned(const optcert_kernel *kernel, size_t threads, const bench_effort *effort, bench_results *results)
{
    static const oc_hyper hyper = {1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.9, 0};
    static const enum step_who who[] = {TWIN, BOTH, FAST};
    step_run run = {.kernel = kernel, .n = BENCH_LARGE, .threads = threads, .isa = oc_isa_best()};
    bench_arrays arrays;
    if (!bench_arrays_new(run.n * (kernel->bits / 8), 0, &arrays)) {
        return false;
    }
    bench_arrays_fill(kernel->bits, run.n, &arrays);
    run.array = arrays.array;
    const bool whole =
        kernel->prepare(run.coef, &hyper, 10) == OC_OK && compete(&run, "aligned", who, 3, effort, results);
    bench_arrays_free(&arrays);
    return whole;
}

bool bench_has_step(const char *only)
{
    const optcert_kernel *kernel = optcert_kernels;
    while (kernel->prepare != NULL && strstr(kernel->name, only) == NULL) {
        kernel++;
    }
    return kernel->prepare != NULL;
}

bool bench_steps(const bench_effort *effort, const char *only, bench_turns *turns, bench_results *results)
{
    bool whole = true;
    for (const optcert_kernel *kernel = optcert_kernels; whole && kernel->prepare != NULL; kernel++) {
        const size_t most = strstr(kernel->name, only) != NULL ? 2 : 0;
        for (size_t threads = 1; whole && threads <= most; threads++) {
            whole = (threads > 1 || one_size(kernel, BENCH_SMALL, threads, effort, NULL, results)) &&
                    one_size(kernel, BENCH_MIDDLE, threads, effort, NULL, results) &&
                    one_size(kernel, BENCH_LARGE, threads, effort, turns, results) &&
                    (!divides(kernel) || aligned(kernel, threads, effort, results));
        }
    }
    return whole;
}

bool bench_sizes(const bench_effort *effort, bench_results *results)
{
    static const size_t size[] = {100, 300, 3000, 10000, 30000, 300000, 1000000, 3000000};
    bool whole = true;
    for (const optcert_kernel *kernel = optcert_kernels; whole && kernel->prepare != NULL; kernel++) {
        for (size_t s = 0; strcmp(kernel->name, "adam_step") == 0 && s < sizeof size / sizeof size[0]; s++) {
            whole = whole && one_size(kernel, size[s], 1, effort, NULL, results) &&
                    (size[s] < 10000 || one_size(kernel, size[s], 2, effort, NULL, results));
        }
    }
    return whole;
}
