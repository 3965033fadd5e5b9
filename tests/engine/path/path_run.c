/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blocks of paths on one instruction set. */
#include "path_run.h"
#include "random/lanes.h"
#include "random/stage.h"

#include <math.h>
#include <string.h>

enum { WORD_PATHS = 64 };

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

/* A step of the paths of one stage. The step waits for the divider, which the sines and cosines do not need: those of
 * the next paths are worked out beside it. */
static inline void stage_step(const optcert_path_plan *plan, optcert_stage *stage, double *restrict theta,
                              double *restrict u)
{
    optcert_stage_circles(0, OPTCERT_LANES, stage);
    for (size_t b = 0; b < OPTCERT_STAGE; b += OPTCERT_LANES) {
#pragma omp simd
        for (size_t i = 0; i < OPTCERT_LANES; i++) {
            const size_t first = 2 * b + i, second = first + OPTCERT_LANES;
            double z[2];
            optcert_stage_turn(stage, b + i, &z[0], &z[1]);
            step(plan, z[0], &theta[first], &u[first]);
            step(plan, z[1], &theta[second], &u[second]);
        }
        if (b + OPTCERT_LANES < OPTCERT_STAGE) {
            optcert_stage_circles(b + OPTCERT_LANES, OPTCERT_LANES, stage);
        }
    }
}

static void normal_block(const optcert_path_plan *plan, uint64_t seed, uint64_t first, uint32_t steps,
                         double *restrict theta, double *restrict u)
{
    const optcert_path_plan own = *plan; /* nothing that is written may change it */
    const optcert_philox_keys keys = optcert_philox_schedule(seed);
    optcert_random at = {.seed = seed};
    optcert_stage stage;
    for (; at.step < steps; at.step++) {
        for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i += 2 * OPTCERT_STAGE) {
            optcert_stage_radii(&at, &keys, optcert_pair_index(first + i), OPTCERT_STAGE, &stage);
            stage_step(&own, &stage, theta + i, u + i);
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

/* Each step's bits are drawn a step ahead, beside work that does not wait for them. */
static void two_point_block(const optcert_path_plan *plan, uint64_t seed, uint64_t first, uint32_t steps,
                            double *restrict theta, double *restrict u)
{
    const optcert_path_plan own = *plan;
    const optcert_philox_keys keys = optcert_philox_schedule(seed);
    const uint64_t index = first / OPTCERT_RANDOM_GROUP;
    optcert_random at = {.seed = seed};
    optcert_lanes word[2], next[2]; /* the bits of eight blocks of 128 paths: all of ours */
    optcert_blocks(&at, &keys, OPTCERT_TWO_POINT, index, 0, next);
    while (at.step < steps) {
        at.step++;
        memcpy(word, next, sizeof word);
        optcert_blocks(&at, &keys, OPTCERT_TWO_POINT, index, 0, next);
        for (size_t i = 0; i < OPTCERT_PATH_BLOCK; i += WORD_PATHS) {
            word_step(&own, word[i / WORD_PATHS & 1].word[i / OPTCERT_RANDOM_GROUP], theta + i, u + i);
        }
    }
}

const optcert_path_runs OPTCERT_ON_SET(optcert_path_runs) = {normal_block, two_point_block};
