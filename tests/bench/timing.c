/* SPDX-License-Identifier: GPL-3.0-or-later
 * Interleaved timing. */
#include "timing.h"
#include "probe.h"

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
    if (job->seconds != NULL) {
        return job->seconds(job->context, runs);
    }
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

enum { LEAST_ALONE = 3, MORE = 3 };

/* What a round found out of each job: sample[round * jobs + j]. */
typedef struct sample {
    double ns; /* an element */
    double probe;
    bool alone;
} sample;

static void take_round(const bench_job *job, size_t jobs, const unsigned long *runs, sample *out)
{
    for (size_t j = 0; j < jobs; j++) {
        const double before = bench_probe(job[j].threads);
        out[j].ns = 1e9 * seconds_of(&job[j], runs[j]) / ((double)runs[j] * job[j].elements);
        out[j].probe = fmax(before, bench_probe(job[j].threads));
    }
}

/* Which of the samples were alone; true when every job has enough of them. */
static bool judge(const bench_job *job, size_t jobs, size_t rounds, size_t wanted, sample *samples)
{
    bool enough = true;
    for (size_t j = 0; j < jobs; j++) {
        size_t alone = 0;
        for (size_t r = 0; r < rounds; r++) {
            sample *s = &samples[r * jobs + j];
            s->alone = s->probe <= bench_probe_limit(job[j].threads);
            alone += s->alone;
        }
        enough = enough && alone >= wanted;
    }
    return enough;
}

static size_t take_rounds(const bench_effort *effort, const bench_job *job, size_t jobs, const unsigned long *runs,
                          sample *samples)
{
    size_t rounds = 0;
    while (rounds < effort->rounds ||
           (rounds < MORE * effort->rounds && !judge(job, jobs, rounds, effort->rounds / 2 + LEAST_ALONE, samples))) {
        take_round(job, jobs, runs, &samples[rounds * jobs]);
        rounds++;
    }
    judge(job, jobs, rounds, 0, samples);
    return rounds;
}

/* The median of job j's times, or of job 0's over them, in the rounds that count. */
static double median_of(const sample *samples, size_t jobs, size_t rounds, size_t j, bool ratio, bool all, double *work)
{
    size_t count = 0;
    for (size_t r = 0; r < rounds; r++) {
        const sample *own = &samples[r * jobs + j], *limit = &samples[r * jobs];
        if (all || (own->alone && (!ratio || limit->alone))) {
            work[count++] = ratio ? limit->ns / own->ns : own->ns;
        }
    }
    return count < LEAST_ALONE && !all ? median_of(samples, jobs, rounds, j, ratio, true, work) : bench_median(work, count);
}

static void summarize(size_t jobs, size_t rounds, const sample *samples, double *work, bench_time *time)
{
    for (size_t j = 0; j < jobs; j++) {
        size_t alone = 0;
        for (size_t r = 0; r < rounds; r++) {
            alone += samples[r * jobs + j].alone;
        }
        time[j].share_alone = (double)alone / (double)rounds;
        time[j].median = median_of(samples, jobs, rounds, j, false, true, work);
        time[j].least = work[0];
        time[j].alone = median_of(samples, jobs, rounds, j, false, false, work);
        time[j].ratio_median = median_of(samples, jobs, rounds, j, true, false, work);
        time[j].ratio_least = time[0].least / time[j].least;
    }
}

bool bench_measure(const bench_effort *effort, const bench_job *job, size_t jobs, bench_time *time)
{
    unsigned long *runs = calloc(jobs, sizeof *runs);
    sample *samples = calloc(MORE * effort->rounds * jobs, sizeof *samples);
    double *work = calloc(MORE * effort->rounds, sizeof *work);
    const bool whole = runs != NULL && samples != NULL && work != NULL;
    if (whole) {
        for (size_t j = 0; j < jobs; j++) {
            runs[j] = calibrate(&job[j], effort->round_time);
        }
        summarize(jobs, take_rounds(effort, job, jobs, runs, samples), samples, work, time);
    }
    free(runs);
    free(samples);
    free(work);
    return whole;
}
