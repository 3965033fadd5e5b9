/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear algebra of ensembles. */
#include "blas.h"
#include "dense/dense.h"

#include <math.h>
#include <stdlib.h>

enum { PATHS = 512, LARGEST = 256 };

typedef struct blas_run {
    optcert_dense of;
    const double *a, *b;
    double *out;
} blas_run;

static void noise_plain(void *context)
{
    const blas_run *run = context;
    optcert_dense_noise_plain(&run->of, run->a, run->b, run->out);
}
static void noise_blas(void *context)
{
    const blas_run *run = context;
    optcert_dense_noise_blas(&run->of, run->a, run->b, run->out);
}
static void covariance_plain(void *context)
{
    const blas_run *run = context;
    optcert_dense_covariance_plain(&run->of, run->b, run->out);
}
static void covariance_blas(void *context)
{
    const blas_run *run = context;
    optcert_dense_covariance_blas(&run->of, run->b, run->out);
}

static bool add(const char *what, const char *who, const blas_run *run, const bench_time *time, bench_results *results)
{
    const bench_result result = {what,         who,         "",  64,  1,           (double)run->of.d,
                                 time->median, time->least, NAN, NAN, time->alone, time->share_alone};
    return bench_results_add(results, &result);
}

static bool pair(const char *what, void (*plain)(void *), void (*blas)(void *), blas_run *run, double products,
                 const bench_effort *effort, bench_results *results)
{
    const bench_job job[] = {{plain, run, products, 1, NULL}, {blas, run, products, 1, NULL}};
    bench_time time[2];
    return bench_measure(effort, job, 2, time) && add(what, "plain loop", run, &time[0], results) &&
           add(what, "OpenBLAS", run, &time[1], results);
}

bool bench_blas(const bench_effort *effort, bench_results *results)
{
    static const size_t dimension[] = {2, 4, 8, 16, 64, LARGEST};
    double *memory = calloc(LARGEST * (LARGEST + 2 * PATHS), sizeof *memory);
    bool whole = memory != NULL;
    optcert_dense_one_thread();
    for (size_t i = 0; whole && i < sizeof dimension / sizeof dimension[0]; i++) {
        const size_t d = dimension[i];
        blas_run run = {{d, PATHS}, memory, memory + LARGEST * LARGEST, memory + LARGEST * (LARGEST + PATHS)};
        for (size_t k = 0; k < LARGEST * (LARGEST + PATHS); k++) {
            memory[k] = 1.0 / (double)(1 + k % 97);
        }
        whole = pair("noise gemm", noise_plain, noise_blas, &run, (double)(d * d * PATHS), effort, results) &&
                pair("covariance syrk", covariance_plain, covariance_blas, &run, (double)(d * (d + 1) * PATHS / 2), effort,
                     results);
    }
    free(memory);
    return whole;
}
