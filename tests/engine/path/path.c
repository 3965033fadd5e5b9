/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paths: the choice of the instruction set, and means over many blocks. */
#include "path.h"
#include "path_run.h"
#include "random/fills.h"
#include "sample/exact_sum.h"

#include <math.h>
#include <string.h>

optcert_path_plan optcert_path_plan_of(double a, double s, double sigma0, double eps0, double c2, double h)
{
    return (optcert_path_plan){sigma0, eps0, a * h, sigma0 * sqrt(s * h), c2 * h, s};
}

static optcert_path_block *best_block(optcert_increments increments)
{
    static const optcert_path_runs *const sets[] = {&optcert_path_runs_baseline, &optcert_path_runs_avx2,
                                                    &optcert_path_runs_avx512};
    const optcert_path_runs *runs = sets[optcert_best_set()];
    return increments == OPTCERT_NORMAL_INCREMENTS ? runs->normal : runs->two_point;
}

void optcert_path_run(const optcert_path_plan *plan, optcert_increments increments, uint64_t seed, uint64_t first,
                      size_t n, uint32_t steps, double *theta, double *u)
{
    optcert_path_block *run = best_block(increments);
    for (size_t i = 0; i < n; i += OPTCERT_PATH_BLOCK) {
        run(plan, seed, first + i, steps, theta + i, u + i);
    }
}

static void add_block(const double *theta, const double *u, optcert_exact_sum sum[3])
{
    double part[3] = {0.0, 0.0, 0.0};
    for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i++) {
        part[0] += theta[i];
        part[1] += theta[i] * theta[i];
        part[2] += u[i];
    }
    for (int j = 0; j < 3; j++) {
        optcert_exact_add(&sum[j], part[j]);
    }
}

void optcert_path_means(const optcert_path_plan *plan, optcert_increments increments, uint64_t seed, uint64_t n,
                        uint32_t steps, unsigned threads, double theta0, double u0, double mean[3])
{
    optcert_path_block *run = best_block(increments);
    optcert_exact_sum total[3];
    memset(total, 0, sizeof total);
#pragma omp parallel num_threads((int)threads)
    {
        optcert_exact_sum own[3];
        _Alignas(64) double theta[OPTCERT_PATH_BLOCK];
        _Alignas(64) double u[OPTCERT_PATH_BLOCK];
        memset(own, 0, sizeof own);
#pragma omp for schedule(static)
        for (uint64_t first = 0; first < n; first += OPTCERT_PATH_BLOCK) {
            for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i++) {
                theta[i] = theta0;
                u[i] = u0;
            }
            run(plan, seed, first, steps, theta, u);
            add_block(theta, u, own);
        }
#pragma omp critical
        for (int j = 0; j < 3; j++) {
            optcert_exact_merge(&total[j], &own[j]);
        }
    }
    for (int j = 0; j < 3; j++) {
        mean[j] = optcert_exact_value(&total[j]) / (double)n;
    }
}
