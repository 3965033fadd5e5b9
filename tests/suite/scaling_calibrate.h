/* SPDX-License-Identifier: GPL-3.0-or-later
 * How often the sampled scaling suite is wrong: false alarms on the rule, misses on each mistake, over many seeds, in a
 * cheaper form (bowl, 32 steps, kappa 8, fewer paths) at the confidence of a certificate. */
#ifndef OPTCERT_SCALING_CALIBRATE_H
#define OPTCERT_SCALING_CALIBRATE_H
#include "scaling_sampled.h"

typedef struct optcert_scaling_subject {
    const char *name;    /* "ema": averages of SGD's iterates */
    const char *builtin; /* as optcert_stepper_builtin knows it */
    optcert_optimizer optimizer;
    bool average;
    size_t paths; /* of a calibration run */
} optcert_scaling_subject;

extern const optcert_scaling_subject optcert_scaling_subjects[]; /* ends with a NULL name */
const optcert_scaling_subject *optcert_scaling_subject_find(const char *name);

/* A sample of the library's optimizer, with the settings of the full suite. */
void optcert_scaling_sample_of(const optcert_scaling_subject *subject, const optcert_swarm_problem *problem,
                               optcert_scaling_sample *out);

/* Which rules the suite can be asked to tell apart there. */
void optcert_scaling_wanted(const optcert_scaling_sample *sample, bool wanted[OPTCERT_SCALING_RULES]);

typedef struct optcert_scaling_count {
    uint64_t runs, failed; /* runs of the rule, and how many the claim failed */
    uint64_t apart;        /* runs whose interval excluded 0 */
    double nearest;        /* the least and the largest distance that a run measured */
    double farthest;
} optcert_scaling_count;

/* Runs of seed, seed + 1, ...; adds to the counts. False when memory is short. */
bool optcert_scaling_calibrate(const optcert_scaling_subject *subject, uint64_t seed, uint64_t seeds,
                               optcert_scaling_count count[OPTCERT_SCALING_RULES]);

/* What the counts of one rule claim: of the true one that no run refused it, of a mistake that at least 0.999 of the runs
 * find it out, by the exact interval: 3688 runs without a miss show it. */
bool optcert_scaling_count_claim(const optcert_scaling_subject *subject, optcert_scaling_rule rule,
                                 const optcert_scaling_count *count, uint64_t seed, optcert_claims *claims);

/* calibration.scaling.false-alarm-rate over all runs of the rule. */
bool optcert_scaling_alarm_rate(const optcert_scaling_count *all, uint64_t seed, optcert_claims *observations);

/* A share with its exact two-sided 95 % interval (Clopper, Pearson 1934). */
optcert_estimate optcert_share(uint64_t hits, uint64_t runs);

#endif
