/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a number's random bits come from. The counter of a block is
 *   (index mod 2^32, step, coordinate, kind 2^28 + purpose 2^24 + index / 2^32), the key is the seed,
 * and the kind says how streams share blocks:
 *   bits                            index = stream
 *   uniform, normal, three-point    streams 16 a + b and 16 a + b + 8, b < 8, share index 8 a + b: first and second
 *   two-point                       streams 128 a + b, b < 128, share index a: bit b of the block */
#ifndef OPTCERT_COUNTER_H
#define OPTCERT_COUNTER_H
#include "philox.h"
#include "random.h"

enum optcert_kind { OPTCERT_BITS, OPTCERT_UNIFORM, OPTCERT_NORMAL, OPTCERT_TWO_POINT, OPTCERT_THREE_POINT };

static inline uint64_t optcert_pair_index(uint64_t stream)
{
    return (stream >> 4) << 3 | (stream & 7);
}

static inline uint32_t optcert_last_word(const optcert_random *at, enum optcert_kind kind, uint64_t index)
{
    return (uint32_t)kind << 28 | (at->purpose & 15) << 24 | (uint32_t)(index >> 32);
}

/* Both 64-bit words of OPTCERT_LANES blocks whose counters begin with low, low + 1, ... or, with `across`, are at the
 * coordinates from at->coordinate on. */
static inline void optcert_blocks_of(const optcert_random *at, const optcert_philox_keys *keys, uint32_t last, uint64_t low,
                                     int across, uint64_t *restrict word0, uint64_t *restrict word1)
{
    optcert_lanes counter[4];
#pragma omp simd
    for (uint32_t i = 0; i < OPTCERT_LANES; i++) {
        counter[0].word[i] = across ? low : low + i;
        counter[1].word[i] = at->step;
        counter[2].word[i] = at->coordinate + (across ? i : 0);
        counter[3].word[i] = last;
    }
    optcert_philox(counter, keys);
#pragma omp simd
    for (int i = 0; i < OPTCERT_LANES; i++) {
        word0[i] = optcert_join(counter[0].word[i], counter[1].word[i]);
        word1[i] = optcert_join(counter[2].word[i], counter[3].word[i]);
    }
}

/* Both words of the blocks index, index + 1, ... (whose upper halves agree), or with `across` of one index at the
 * coordinates from at->coordinate on. `keys` are those of at->seed. */
static inline void optcert_blocks(const optcert_random *at, const optcert_philox_keys *keys, enum optcert_kind kind,
                                  uint64_t index, int across, optcert_lanes word[2])
{
    const uint64_t low = index & UINT64_C(0xffffffff);
    optcert_blocks_of(at, keys, optcert_last_word(at, kind, index), low, across, word[0].word, word[1].word);
}

/* The same for `count` blocks, a multiple of OPTCERT_LANES. What the counters have in common is worked out once. */
static inline void optcert_many_blocks(const optcert_random *at, const optcert_philox_keys *keys, enum optcert_kind kind,
                                       uint64_t index, size_t count, uint64_t *restrict word0, uint64_t *restrict word1)
{
    const optcert_random own = *at; /* nothing that is written may change them */
    const optcert_philox_keys schedule = *keys;
    const uint32_t last = optcert_last_word(at, kind, index);
    const uint64_t low = index & UINT64_C(0xffffffff);
    for (size_t b = 0; b < count; b += OPTCERT_LANES) {
        optcert_blocks_of(&own, &schedule, last, low + b, 0, word0 + b, word1 + b);
    }
}

#endif
