/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blocks of paths on one instruction set. */
#include "path_run.h"
#include "random/counter.h"
#include "random/lanes.h"
#include "random/normal.h"

#include <math.h>

enum { GROUP = 2 * OPTCERT_LANES, WORD_PATHS = 64 };

static inline void step(const optcert_path_plan *plan, double z, double *theta, double *u)
{
    const double root = sqrt(*u);
    const double scaled = plan->sigma0 * root;
    const double p = scaled + plan->eps0;
    const double pull = plan->pull * *theta;
    const double kick = plan->kick * z;
    const double push = pull + kick;
    const double move = push / p;
    const double gap = plan->level - *u;
    const double rise = plan->relax * gap;
    *theta = *theta - move;
    *u = *u + rise;
}

/* Groups of a step do not wait for each other, so that the processor works on several at once; a block's state stays
 * in the innermost cache. */
static void normal_block(const optcert_path_plan *plan, uint64_t seed, uint64_t first, uint32_t steps,
                         double *restrict theta, double *restrict u)
{
    const optcert_path_plan own = *plan; /* nothing that is written may change it */
    const optcert_philox_keys keys = optcert_philox_schedule(seed);
    optcert_random at = {.seed = seed};
    for (; at.step < steps; at.step++) {
        for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i += GROUP) {
            optcert_lanes word[2];
            optcert_blocks(&at, &keys, OPTCERT_NORMAL, optcert_pair_index(first + i), 0, word);
#pragma omp simd
            for (size_t j = i; j < i + OPTCERT_LANES; j++) {
                double z[2];
                optcert_box_muller(word[0].word[j - i], word[1].word[j - i], &z[0], &z[1]);
                step(&own, z[0], &theta[j], &u[j]);
                step(&own, z[1], &theta[j + OPTCERT_LANES], &u[j + OPTCERT_LANES]);
            }
        }
    }
}

/* 64 paths, one step, a bit of the word each. */
static inline void word_step(const optcert_path_plan *plan, uint64_t word, double *theta, double *u)
{
#pragma omp simd
    for (uint64_t i = 0; i < WORD_PATHS; i++) {
        step(plan, optcert_as_double(OPTCERT_ONE_BITS | (word >> i) << 63), &theta[i], &u[i]);
    }
}

static void two_point_block(const optcert_path_plan *plan, uint64_t seed, uint64_t first, uint32_t steps,
                            double *restrict theta, double *restrict u)
{
    const optcert_path_plan own = *plan;
    const optcert_philox_keys keys = optcert_philox_schedule(seed);
    optcert_random at = {.seed = seed};
    for (; at.step < steps; at.step++) {
        optcert_lanes word[2]; /* the bits of eight blocks of 128 paths: all of ours */
        optcert_blocks(&at, &keys, OPTCERT_TWO_POINT, first / OPTCERT_RANDOM_GROUP, 0, word);
        for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i += WORD_PATHS) {
            word_step(&own, word[i / WORD_PATHS & 1].word[i / OPTCERT_RANDOM_GROUP], theta + i, u + i);
        }
    }
}

const optcert_path_runs OPTCERT_ON_SET(optcert_path_runs) = {normal_block, two_point_block};
