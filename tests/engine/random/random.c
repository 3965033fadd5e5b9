/* SPDX-License-Identifier: GPL-3.0-or-later
 * Single numbers, and the choice of the instruction set. */
#include "random.h"
#include "fills.h"

#include <Random123/philox.h>

static const optcert_fills *fills(void)
{
    static const optcert_fills *const sets[] = {&optcert_fills_baseline, &optcert_fills_avx2, &optcert_fills_avx512};
    return sets[optcert_best_set()];
}

enum optcert_set optcert_best_set(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return OPTCERT_AVX512;
    }
    if (__builtin_cpu_supports("avx2")) {
        return OPTCERT_AVX2;
    }
#endif
    return OPTCERT_BASELINE;
}

void optcert_random_bits(const optcert_random *at, uint64_t out[2])
{
    const uint32_t last = (at->purpose & 15) << 24 | (uint32_t)(at->stream >> 32);
    const philox4x32_ctr_t counter = {{(uint32_t)at->stream, at->step, at->coordinate, last}};
    const philox4x32_key_t key = {{(uint32_t)at->seed, (uint32_t)(at->seed >> 32)}};
    const philox4x32_ctr_t block = philox4x32(counter, key);
    out[0] = block.v[0] | (uint64_t)block.v[1] << 32;
    out[1] = block.v[2] | (uint64_t)block.v[3] << 32;
}

uint64_t optcert_random_below(const optcert_random *at, uint64_t n)
{
    __extension__ typedef unsigned __int128 wide;
    uint64_t bits[2];
    optcert_random_bits(at, bits);
    return (uint64_t)(((wide)bits[0] * n) >> 64);
}

void optcert_random_uniforms(const optcert_random *at, size_t n, double *out)
{
    fills()->uniforms(at, n, out);
}

void optcert_random_normals(const optcert_random *at, size_t n, double *out)
{
    fills()->normals(at, n, out);
}

void optcert_random_two_points(const optcert_random *at, size_t n, double *out)
{
    fills()->two_points(at, n, out);
}

void optcert_random_three_points(const optcert_random *at, size_t n, double *out)
{
    fills()->three_points(at, n, out);
}

double optcert_random_uniform(const optcert_random *at)
{
    double x;
    optcert_random_uniforms(at, 1, &x);
    return x;
}

double optcert_random_normal(const optcert_random *at)
{
    double x;
    optcert_random_normals(at, 1, &x);
    return x;
}

double optcert_random_two_point(const optcert_random *at)
{
    double x;
    optcert_random_two_points(at, 1, &x);
    return x;
}

double optcert_random_three_point(const optcert_random *at)
{
    double x;
    optcert_random_three_points(at, 1, &x);
    return x;
}
