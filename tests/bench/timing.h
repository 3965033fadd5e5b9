/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times of competing loops. All are run in turn in every round, so that what disturbs the machine disturbs all of them,
 * and ratios are taken inside a round. A loop on one thread is timed by that thread's processor time, which leaves out
 * what other programs took in between; a loop on several by the clock on the wall.
 *
 * A virtual processor may be one of two hardware threads of a core whose other one is at work for somebody else: then
 * whatever needs issue slots is slower by a quarter to a half, while what waits for the divider is not. A probe before and
 * after each sample, additions that fill the slots, tells: `alone` are the rounds in which it ran at full speed.
 * Rounds are added, up to three times their number, until most jobs have enough of those. */
#ifndef OPTCERT_BENCH_TIMING_H
#define OPTCERT_BENCH_TIMING_H
#include <stdbool.h>
#include <stddef.h>

typedef struct bench_job {
    void (*run)(void *context);
    void *context;
    double elements; /* that one run works on */
    unsigned threads;
    double (*seconds)(void *context, unsigned long runs); /* in place of run: runs so often and tells the seconds; or NULL */
} bench_job;

typedef struct bench_time {
    double median, least;             /* ns an element, over all rounds */
    double alone;                     /* the median over rounds alone; over all where there are fewer than three */
    double ratio_median, ratio_least; /* of job 0's time to this one's: the median over rounds in which both were alone (all,
                                         where there are fewer than three), and of the least times */
    double share_alone;               /* of the rounds */
} bench_time;

typedef struct bench_effort {
    unsigned rounds;   /* > 0 */
    double round_time; /* seconds that one job gets in one round, at least */
} bench_effort;

/* Times each job into time[]. False when memory fails. */
bool bench_measure(const bench_effort *effort, const bench_job *job, size_t jobs, bench_time *time);

/* The median; sorts x. NAN for n = 0. */
double bench_median(double *x, size_t n);

#endif
