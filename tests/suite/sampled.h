/* SPDX-License-Identifier: GPL-3.0-or-later
 * A convergence study by Monte Carlo: the same rows, orders and coefficients as converge.h, in any dimension, with
 * intervals of 99 % confidence. spec/monte-carlo.md derives them. */
#ifndef OPTCERT_SAMPLED_H
#define OPTCERT_SAMPLED_H
#include "converge.h"
#include "sample/sampling.h"

typedef struct optcert_sampled_options {
    uint64_t seed;
    uint64_t paths;     /* level-0 paths in every row; 0: a pilot run chooses */
    double most_work;   /* bound on coordinate-steps where the pilot chooses */
    const char *resume; /* checkpoint file, or NULL */
    bool predicts;      /* ask the engine without sampling noise for the leading coefficient, where it can tell */
    void (*progress)(void *context, double done, double total);
    void *context;
} optcert_sampled_options;

typedef enum optcert_sampled_status {
    OPTCERT_SAMPLED_OK,
    OPTCERT_SAMPLED_BAD,   /* the study or the checkpoint is refused */
    OPTCERT_SAMPLED_BROKEN /* memory, disk, or an equation that was not solved */
} optcert_sampled_status;

enum { OPTCERT_SAMPLED_REASON = 300 };

/* Fills everything from suite, order_target, study and the rows' step counts; else a one-line reason. Every rank
 * gets the same answer. */
optcert_sampled_status optcert_sampled_run(optcert_converge *c, const optcert_sampled_options *options,
                                           char reason[OPTCERT_SAMPLED_REASON]);

/* Orders and coefficients by weighted regression. */
void optcert_sampled_fit(optcert_converge *c);

typedef struct optcert_halfwidths {
    double order, coefficient; /* the coefficient's relative to it */
} optcert_halfwidths;

/* Of the intervals if every row's standard error were relative[row] of its error, and nothing else widened them. */
optcert_halfwidths optcert_sampled_halfwidths(const optcert_converge *c, const double *relative);

#endif
