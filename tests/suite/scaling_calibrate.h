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
} optcert_scaling_count;

/* Runs of seed, seed + 1, ...; adds to the counts. False when memory is short. */
bool optcert_scaling_calibrate(const optcert_scaling_subject *subject, uint64_t seed, uint64_t seeds,
                               void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                               optcert_scaling_count count[OPTCERT_SCALING_RULES]);

/* A share with its exact two-sided 95 % interval (Clopper, Pearson 1934). */
optcert_estimate optcert_share(uint64_t hits, uint64_t runs);

#endif
