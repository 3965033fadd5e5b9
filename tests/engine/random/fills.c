/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fills, on one instruction set. */
#include "fills.h"
#include "counter.h"
#include "lanes.h"
#include "stage.h"

#include <string.h>

enum { PAIR_GROUP = 2 * OPTCERT_LANES, WORD_STREAMS = 64 };

/* Turns a block into its two numbers. */
typedef void transform(uint64_t word0, uint64_t word1, double *first, double *second);

static inline void to_uniforms(uint64_t word0, uint64_t word1, double *first, double *second)
{
    *first = optcert_unit(word0);
    *second = optcert_unit(word1);
}

/* 0 below 2^64 2/3, else sqrt 3 with the lowest bit as its sign. */
static inline double to_three_point(uint64_t word)
{
    const uint64_t outside = UINT64_C(0) - (uint64_t)(word >= UINT64_C(0xaaaaaaaaaaaaaaaa));
    return optcert_as_double((UINT64_C(0x3ffbb67ae8584caa) | word << 63) & outside);
}

static inline void to_three_points(uint64_t word0, uint64_t word1, double *first, double *second)
{
    *first = to_three_point(word0);
    *second = to_three_point(word1);
}

/* The 16 numbers of a group of streams. */
static inline __attribute__((always_inline)) void pair_group(const optcert_random *at, const optcert_philox_keys *keys,
                                                             enum optcert_kind kind, uint64_t index, transform *to,
                                                             double *out)
{
    optcert_lanes word[2];
    optcert_blocks(at, keys, kind, index, 0, word);
#pragma omp simd
    for (int i = 0; i < OPTCERT_LANES; i++) {
        to(word[0].word[i], word[1].word[i], &out[i], &out[OPTCERT_LANES + i]);
    }
}

/* Copies what streams begin .. begin + width - 1, held in group, have in common with the n streams from first on. */
static void copy_overlap(const double *group, uint64_t begin, uint64_t width, uint64_t first, size_t n, double *out)
{
    const uint64_t low = begin > first ? begin : first;
    const uint64_t high = begin + width < first + n ? begin + width : first + n;
    memcpy(out + (low - first), group + (low - begin), (size_t)(high - low) * sizeof *out);
}

static inline __attribute__((always_inline)) void pair_fill(const optcert_random *at, enum optcert_kind kind,
                                                            transform *to, size_t n, double *out)
{
    const uint64_t first = at->stream;
    const optcert_philox_keys keys = optcert_philox_schedule(at->seed);
    for (uint64_t begin = first & ~(uint64_t)(PAIR_GROUP - 1); begin < first + n; begin += PAIR_GROUP) {
        if (begin >= first && begin + PAIR_GROUP <= first + n) {
            pair_group(at, &keys, kind, optcert_pair_index(begin), to, out + (begin - first));
        } else {
            double group[PAIR_GROUP];
            pair_group(at, &keys, kind, optcert_pair_index(begin), to, group);
            copy_overlap(group, begin, PAIR_GROUP, first, n, out);
        }
    }
}

static void uniforms(const optcert_random *at, size_t n, double *out)
{
    pair_fill(at, OPTCERT_UNIFORM, to_uniforms, n, out);
}

/* The normals of `count` blocks whose streams begin with `begin`. */
static void normal_blocks(const optcert_random *at, const optcert_philox_keys *keys, uint64_t begin, size_t count,
                          double *restrict out)
{
    optcert_stage stage;
    optcert_stage_radii(at, keys, optcert_pair_index(begin), count, &stage);
    optcert_stage_circles(0, count, &stage);
    for (size_t b = 0; b < count; b += OPTCERT_LANES) {
#pragma omp simd
        for (size_t i = 0; i < OPTCERT_LANES; i++) {
            optcert_stage_turn(&stage, b + i, &out[2 * b + i], &out[2 * b + OPTCERT_LANES + i]);
        }
    }
}

/* How many whole blocks there are from this stream to the end that one stage holds and whose counters' upper halves
 * agree. */
static size_t stage_blocks(uint64_t begin, uint64_t end)
{
    const uint64_t wanted = (end - begin) / PAIR_GROUP * OPTCERT_LANES;
    const uint64_t left = (UINT64_C(1) << 32) - (optcert_pair_index(begin) & UINT64_C(0xffffffff));
    const uint64_t most = left < OPTCERT_STAGE ? left : OPTCERT_STAGE;
    return (size_t)(wanted < most ? wanted : most);
}

static void normals(const optcert_random *at, size_t n, double *out)
{
    const uint64_t first = at->stream, end = first + n;
    const optcert_philox_keys keys = optcert_philox_schedule(at->seed);
    for (uint64_t begin = first & ~(uint64_t)(PAIR_GROUP - 1); begin < end;) {
        size_t blocks = begin >= first ? stage_blocks(begin, end) : 0;
        if (blocks > 0) {
            normal_blocks(at, &keys, begin, blocks, out + (begin - first));
        } else {
            double group[PAIR_GROUP];
            blocks = OPTCERT_LANES;
            normal_blocks(at, &keys, begin, blocks, group);
            copy_overlap(group, begin, PAIR_GROUP, first, n, out);
        }
        begin += 2 * blocks;
    }
}

static void three_points(const optcert_random *at, size_t n, double *out)
{
    pair_fill(at, OPTCERT_THREE_POINT, to_three_points, n, out);
}

/* Bit i of word as a sign of 1. */
static inline void signs(uint64_t word, double *out)
{
#pragma omp simd
    for (uint64_t i = 0; i < WORD_STREAMS; i++) {
        out[i] = optcert_as_double(OPTCERT_ONE_BITS | (word >> i) << 63);
    }
}

static void two_points(const optcert_random *at, size_t n, double *out)
{
    const uint64_t first = at->stream;
    const optcert_philox_keys keys = optcert_philox_schedule(at->seed);
    optcert_lanes word[2];
    uint64_t held = UINT64_MAX; /* index of the first block in `word` */
    for (uint64_t begin = first & ~(uint64_t)(WORD_STREAMS - 1); begin < first + n; begin += WORD_STREAMS) {
        const uint64_t index = begin / OPTCERT_RANDOM_GROUP;
        if ((index & ~(uint64_t)7) != held) {
            held = index & ~(uint64_t)7;
            optcert_blocks(at, &keys, OPTCERT_TWO_POINT, held, 0, word);
        }
        double group[WORD_STREAMS];
        signs(word[begin / WORD_STREAMS & 1].word[index & 7], group);
        copy_overlap(group, begin, WORD_STREAMS, first, n, out);
    }
}

#define STRING(x) #x
#define TEXT(x) STRING(x)
const optcert_fills OPTCERT_ON_SET(optcert_fills) = {TEXT(OPTCERT_SET), uniforms, normals, two_points, three_points};
