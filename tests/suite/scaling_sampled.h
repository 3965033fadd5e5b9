/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rule by sampling, in several dimensions, on gradients whose batches really become kappa times as large.
 *
 * The run at batch B and the run that a rule makes of it for kappa B see the same samples: each step of the second takes
 * the union of kappa batches of the first (coupled Monte Carlo). Both are run at two levels, plain and as SVAG(2), which
 * divides the time of a step by 4; what is left for h -> 0 is the distance between the SDEs of the two runs, which the
 * rule makes 0. The claim bounds it by the smallest distance that the suite undertakes to see. */
#ifndef OPTCERT_SCALING_SAMPLED_H
#define OPTCERT_SCALING_SAMPLED_H
#include "claims.h"
#include "estimate.h"
#include "law_distance.h"
#include "scaling_rule.h"
#include "swarm.h"

enum { OPTCERT_SAMPLED_LEVELS = 2 };

/* False alarms of all claims of one certificate, or of one study, together: see spec/scaling-suite.md. */
#define OPTCERT_SCALING_FAMILY 1e-6

typedef struct optcert_scaling_sample {
    const optcert_swarm_problem *problem;
    optcert_optimizer optimizer;
    bool average;             /* compare the averages of the iterates (EMA), not the iterates */
    optcert_stepper stepper;  /* how a step is taken */
    unsigned kappa;                 /* a power of 2, at most steps/4 */
    size_t steps;                   /* of the run at batch x 1: 4 kappa times a whole number */
    size_t paths, block;            /* block: paths in one array */
    uint64_t seed;
    double delta;              /* chance that an interval is wrong */
    double resolution;         /* the largest distance that passes for none */
    unsigned permutations;     /* > 0: also the energy test, on the first block's paths against independent ones */
    /* Where not NULL: sees the ends of each block's paths, coordinate after coordinate, of the run at kappa and at batch
     * x 1; level: an index of OPTCERT_SAMPLED_LEVELS. */
    void (*look)(void *context, optcert_scaling_rule rule, int level, size_t first, const double *scaled, const double *base);
    void *look_context;
} optcert_scaling_sample;

typedef struct optcert_scaling_outcome {
    bool ran;                                           /* the rule has an answer, and the optimizer took it */
    optcert_estimate distance[OPTCERT_SAMPLED_LEVELS];  /* of the laws, plain and SVAG(2) */
    optcert_estimate limit;                             /* for h -> 0 */
    double mean[OPTCERT_SAMPLED_LEVELS];                /* difference of E |theta|^2, and its standard error */
    double mean_error[OPTCERT_SAMPLED_LEVELS];
    optcert_energy energy[OPTCERT_SAMPLED_LEVELS]; /* of independent samples; NaN where it was not asked for */
} optcert_scaling_outcome;

/* The hyper-parameters of the run at batch x 1, and its steps. */
void optcert_scaling_base(const optcert_scaling_sample *sample, optcert_scaling_run *run);

/* What an optimizer behind the build interface is given for it. */
optcert_hyper optcert_scaling_hyper(const optcert_scaling_sample *sample, const optcert_scaling_run *run);

/* Measures every rule that `wanted` marks, on the same samples. False when memory is short. */
bool optcert_scaling_measure(const optcert_scaling_sample *sample, const bool wanted[OPTCERT_SCALING_RULES],
                             optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES]);

/* The resolution where none is asked for. Distances of laws are below OPTCERT_DISTANCE_MOST. */
#define OPTCERT_SCALING_RESOLUTION 0.06
#define OPTCERT_DISTANCE_MOST 1.41421356237309504880

/* What a claim about a distance says of itself: its threshold in the terms of a reader, and how far off a law has to be to
 * be refused whatever the sample was (with the chance delta of a wrong interval), computed from the interval. */
enum { OPTCERT_RESOLUTION_TEXT = 200 };
void optcert_resolution_meaning(const optcert_swarm_problem *problem, double resolution, char text[OPTCERT_RESOLUTION_TEXT]);
double optcert_resolution_seen(double resolution, const optcert_estimate *limit);

/* The claim that a rule keeps the SDE. */
bool optcert_scaling_claim(const optcert_scaling_sample *sample, const char *id, const optcert_scaling_outcome *outcome,
                           optcert_claims *claims);

#endif
