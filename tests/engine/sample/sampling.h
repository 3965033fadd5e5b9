/* SPDX-License-Identifier: GPL-3.0-or-later
 * Weak errors by coupled multilevel Monte Carlo (Giles 2008), for any dimension. For each row (a step count N):
 *   error = E[chain - scheme(h)] + sum_l E[scheme(h/2^(l-1)) - scheme(h/2^l)] + the last of these once more,
 * the last term extrapolating the scheme's bias (Talay, Tubaro 1990). A pilot chooses how many paths each level gets.
 * Results depend on the study and the seed alone: not on threads, ranks, or interruptions. */
#ifndef OPTCERT_SAMPLING_H
#define OPTCERT_SAMPLING_H
#include "checkpoint.h"
#include "pilot.h"
#include "ranks.h"

enum { OPTCERT_SAMPLE_ROWS = 12 };

typedef struct optcert_cell {
    optcert_ensemble ensemble;
    optcert_pilot pilot;
    uint64_t blocks; /* to run, with those that have been */
    optcert_sums sums;
} optcert_cell;

typedef struct optcert_sampling {
    const optcert_study *study;
    const optcert_study *chain[OPTCERT_SAMPLE_ROWS]; /* what each row's chain follows */
    uint64_t seed;
    size_t row_count;
    size_t steps[OPTCERT_SAMPLE_ROWS];
    /* Standard errors wanted of a row's error: relative to it, and of each test function (INFINITY: any). */
    double relative[OPTCERT_SAMPLE_ROWS], absolute[OPTCERT_SAMPLE_ROWS][OPTCERT_PHI_MAX];
    uint64_t paths;   /* of level 0, in every row; 0: the pilot chooses */
    double most_work; /* coordinate-steps at most, where the pilot chooses */
    unsigned look;    /* runs of the blocks so far */
    optcert_cell cell[OPTCERT_SAMPLE_ROWS][OPTCERT_SAMPLE_LEVELS];
    optcert_ranks ranks;
    optcert_checkpoint *checkpoint; /* of rank 0; NULL: none */
    bool resumes;                   /* whether there is a checkpoint, on any rank */
    void (*progress)(void *context, double done, double total); /* work done, in coordinate-steps */
    void *context;
} optcert_sampling;

/* What a row measures of one test function. */
typedef struct optcert_sampled {
    double error, error_se; /* chain - limit */
    double chain, chain_se;
    double bias; /* what the scheme's bias may still be after extrapolation */
} optcert_sampled;

typedef enum optcert_sampling_status {
    OPTCERT_SAMPLING_OK,
    OPTCERT_SAMPLING_MEMORY,
    OPTCERT_SAMPLING_DISK,  /* the checkpoint could not be written */
    OPTCERT_SAMPLING_REFUSED /* the study cannot be run so; reason says why */
} optcert_sampling_status;

/* Opens the ensembles, runs the pilots and sets cell[][].blocks. */
optcert_sampling_status optcert_sampling_plan(optcert_sampling *s, char reason[OPTCERT_DATA_REASON]);

/* Asks for `factor` times as many blocks of every cell, or as many as most_work allows; false where that is hardly more. */
bool optcert_sampling_grow(optcert_sampling *s, double factor);

/* Runs all blocks that are asked for and not in the checkpoint. */
optcert_sampling_status optcert_sampling_run(optcert_sampling *s);

optcert_sampled optcert_sampling_read(const optcert_sampling *s, size_t row, size_t p);

/* Coordinate-steps of the whole run. */
double optcert_sampling_work(const optcert_sampling *s);

#endif
