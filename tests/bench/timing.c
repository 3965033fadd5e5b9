/* SPDX-License-Identifier: GPL-3.0-or-later
 * Interleaved timing. */
#include "timing.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

static double now(unsigned threads)
{
    struct timespec t;
    clock_gettime(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, ascending);
    return n == 0 ? NAN : 0.5 * (x[(n - 1) / 2] + x[n / 2]);
}

static double seconds_of(const bench_job *job, unsigned long runs)
{
    const double start = now(job->threads);
    for (unsigned long i = 0; i < runs; i++) {
        job->run(job->context);
    }
    return now(job->threads) - start;
}

/* How many runs fill the time that a job gets in a round. Also warms up. */
static unsigned long calibrate(const bench_job *job, double round_time)
{
    unsigned long runs = 1;
    while (seconds_of(job, runs) < 0.5 * round_time) {
        runs *= 2;
    }
    return runs;
}

/* sample[round * jobs + j]: ns an element. */
static void sample_all(const bench_effort *effort, const bench_job *job, size_t jobs, const unsigned long *runs,
                       double *sample)
{
    for (unsigned round = 0; round < effort->rounds; round++) {
        for (size_t j = 0; j < jobs; j++) {
            sample[round * jobs + j] = 1e9 * seconds_of(&job[j], runs[j]) / ((double)runs[j] * job[j].elements);
        }
    }
}

static double median_ratio(const double *sample, size_t jobs, unsigned rounds, size_t of, size_t to, double *work)
{
    for (unsigned round = 0; round < rounds; round++) {
        work[round] = sample[round * jobs + of] / sample[round * jobs + to];
    }
    return bench_median(work, rounds);
}

static void summarize(const bench_effort *effort, size_t jobs, const double *sample, double *work, bench_time *time)
{
    for (size_t j = 0; j < jobs; j++) {
        for (unsigned round = 0; round < effort->rounds; round++) {
            work[round] = sample[round * jobs + j];
        }
        time[j].median = bench_median(work, effort->rounds);
        time[j].least = work[0];
        time[j].ratio_median = median_ratio(sample, jobs, effort->rounds, 0, j, work);
        time[j].speedup = median_ratio(sample, jobs, effort->rounds, jobs - 1, j, work);
        time[j].ratio_least = time[0].least / time[j].least;
    }
}

bool bench_measure(const bench_effort *effort, const bench_job *job, size_t jobs, bench_time *time)
{
    unsigned long *runs = calloc(jobs, sizeof *runs);
    double *sample = calloc(effort->rounds * (jobs + 1), sizeof *sample);
    if (runs == NULL || sample == NULL) {
        free(runs);
        free(sample);
        return false;
    }
    for (size_t j = 0; j < jobs; j++) {
        runs[j] = calibrate(&job[j], effort->round_time);
    }
    sample_all(effort, job, jobs, runs, sample);
    summarize(effort, jobs, sample, sample + effort->rounds * jobs, time);
    free(runs);
    free(sample);
    return true;
}
