/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many normals at once, in passes over blocks that stay in the innermost cache. A pass is short enough for a processor to
 * work on several of its blocks at a time; Box and Muller's transform in one go is one long chain of operations that
 * wait for each other, of which no more than a block or two fit its window: 4.1 ns a normal against 2.8 in passes
 * (spec/fast.md). The bits are the same. */
#ifndef OPTCERT_STAGE_H
#define OPTCERT_STAGE_H
#include "counter.h"
#include "normal.h"

enum { OPTCERT_STAGE = 128 }; /* blocks */

typedef struct optcert_stage {
    _Alignas(64) uint64_t word[2][OPTCERT_STAGE];
    _Alignas(64) double k[OPTCERT_STAGE], s[OPTCERT_STAGE]; /* of the logarithm */
    _Alignas(64) double radius[OPTCERT_STAGE], sine[OPTCERT_STAGE], cosine[OPTCERT_STAGE];
} optcert_stage;

/* The first two passes: words and radii of `count` blocks, a multiple of OPTCERT_LANES, from block `index` on, whose
 * upper halves agree. Left to do for each: optcert_circle of word[1], and optcert_turn. */
static inline void optcert_stage_radii(const optcert_random *at, const optcert_philox_keys *keys, uint64_t index,
                                       size_t count, optcert_stage *stage)
{
    optcert_many_blocks(at, keys, OPTCERT_NORMAL, index, count, stage->word[0], stage->word[1]);
#pragma omp simd
    for (size_t b = 0; b < count; b++) {
        optcert_log_reduce(optcert_unit(stage->word[0][b]), &stage->k[b], &stage->s[b]);
    }
#pragma omp simd
    for (size_t b = 0; b < count; b++) {
        stage->radius[b] = optcert_radius(stage->k[b], stage->s[b]);
    }
}

/* Sines and cosines of places first .. first + count - 1. */
static inline void optcert_stage_circles(size_t first, size_t count, optcert_stage *stage)
{
#pragma omp simd
    for (size_t b = first; b < first + count; b++) {
        optcert_circle(stage->word[1][b], &stage->sine[b], &stage->cosine[b]);
    }
}

static inline void optcert_stage_turn(const optcert_stage *stage, size_t b, double *first, double *second)
{
    optcert_turn(stage->radius[b], stage->word[1][b], stage->sine[b], stage->cosine[b], first, second);
}

#endif
