/* SPDX-License-Identifier: GPL-3.0-or-later
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011) on several counters side by side. Each 32-bit word lies in the
 * low half of a 64-bit lane, where one instruction multiplies it in full; the high halves hold what is left of earlier
 * products and are ignored. */
#ifndef OPTCERT_PHILOX_H
#define OPTCERT_PHILOX_H
#include <stdint.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

enum { OPTCERT_LANES = 8, OPTCERT_PHILOX_ROUNDS = 10 };

typedef struct optcert_lanes {
    _Alignas(64) uint64_t word[OPTCERT_LANES];
} optcert_lanes;

/* out = (low half of x) * factor in each lane. Compilers do not find this instruction by themselves. */
static inline void optcert_multiply_low(const optcert_lanes *x, uint32_t factor, optcert_lanes *out)
{
#if defined __AVX512F__
    _mm512_store_si512(out, _mm512_mul_epu32(_mm512_load_si512(x), _mm512_set1_epi64(factor)));
#elif defined __AVX2__
    for (int i = 0; i < OPTCERT_LANES; i += 4) {
        const __m256i part = _mm256_load_si256((const __m256i *)(const void *)(x->word + i));
        _mm256_store_si256((__m256i *)(void *)(out->word + i), _mm256_mul_epu32(part, _mm256_set1_epi64x(factor)));
    }
#elif defined __SSE2__
    for (int i = 0; i < OPTCERT_LANES; i += 2) {
        const __m128i part = _mm_load_si128((const __m128i *)(const void *)(x->word + i));
        _mm_store_si128((__m128i *)(void *)(out->word + i), _mm_mul_epu32(part, _mm_set1_epi64x(factor)));
    }
#else
    for (int i = 0; i < OPTCERT_LANES; i++) {
        out->word[i] = (x->word[i] & UINT64_C(0xffffffff)) * factor;
    }
#endif
}

/* The keys of the rounds, for one seed. */
typedef struct optcert_philox_keys {
    uint64_t round[OPTCERT_PHILOX_ROUNDS][2];
} optcert_philox_keys;

static inline optcert_philox_keys optcert_philox_schedule(uint64_t seed)
{
    optcert_philox_keys keys;
    for (uint32_t round = 0; round < OPTCERT_PHILOX_ROUNDS; round++) {
        keys.round[round][0] = (uint32_t)seed + round * 0x9E3779B9u;
        keys.round[round][1] = (uint32_t)(seed >> 32) + round * 0xBB67AE85u;
    }
    return keys;
}

/* The four words of each counter become the four words of its block. */
static inline void optcert_philox(optcert_lanes counter[4], const optcert_philox_keys *keys)
{
#pragma GCC unroll 10
    for (int round = 0; round < OPTCERT_PHILOX_ROUNDS; round++) {
        optcert_lanes product0, product1;
        const uint64_t key0 = keys->round[round][0];
        const uint64_t key1 = keys->round[round][1];
        optcert_multiply_low(&counter[0], 0xD2511F53u, &product0);
        optcert_multiply_low(&counter[2], 0xCD9E8D57u, &product1);
#pragma omp simd
        for (int i = 0; i < OPTCERT_LANES; i++) {
            counter[0].word[i] = (product1.word[i] >> 32) ^ (counter[1].word[i] ^ key0);
            counter[2].word[i] = (product0.word[i] >> 32) ^ (counter[3].word[i] ^ key1);
            counter[1].word[i] = product1.word[i];
            counter[3].word[i] = product0.word[i];
        }
    }
}

/* Two words of a block as one of 64 bits. */
static inline uint64_t optcert_join(uint64_t low, uint64_t high)
{
    return (low & UINT64_C(0xffffffff)) | high << 32;
}

#endif
