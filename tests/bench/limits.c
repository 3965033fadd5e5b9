/* SPDX-License-Identifier: GPL-3.0-or-later
 * Limit loops, compiled for the widest registers of the machine that runs them. */
#include "limits.h"

#include <math.h>

#if defined(__x86_64__)
#define WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDEST
#endif

/* The loops differ in the type of their numbers alone. */
#define TWINS(real, bits, root)                                                                                        \
    WIDEST static void twin2_##bits(size_t n, real *restrict x, const real *restrict g)                                \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            x[i] += g[i];                                                                                              \
        }                                                                                                              \
    }                                                                                                                  \
    WIDEST static void twin3_##bits(size_t n, real *restrict x, real *restrict y, const real *restrict g)              \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            y[i] += g[i];                                                                                              \
            x[i] += y[i];                                                                                              \
        }                                                                                                              \
    }                                                                                                                  \
    WIDEST static void twin4_##bits(size_t n, real *restrict x, real *restrict y, real *restrict z,                    \
                                    const real *restrict g)                                                            \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            y[i] += g[i];                                                                                              \
            z[i] += g[i];                                                                                              \
            x[i] += y[i];                                                                                              \
        }                                                                                                              \
    }                                                                                                                  \
    WIDEST static void both3_##bits(size_t n, real *restrict x, real *restrict y, const real *restrict g)              \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            y[i] += g[i];                                                                                              \
            x[i] += g[i] / root(y[i]);                                                                                 \
        }                                                                                                              \
    }                                                                                                                  \
    WIDEST static void both4_##bits(size_t n, real *restrict x, real *restrict y, real *restrict z,                    \
                                    const real *restrict g)                                                            \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            y[i] += g[i];                                                                                              \
            z[i] += g[i];                                                                                              \
            x[i] += y[i] / root(z[i]);                                                                                 \
        }                                                                                                              \
    }                                                                                                                  \
    WIDEST static void divider_##bits(size_t n, real *restrict x)                                                      \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            const real r = root(x[i]);                                                                                 \
            x[i] = (real)1 / r;                                                                                        \
        }                                                                                                              \
    }
TWINS(float, 32, sqrtf)
TWINS(double, 64, sqrt)

static void twin_f32(size_t arrays, size_t n, void *const *a)
{
    if (arrays == 2) {
        twin2_32(n, a[0], a[1]);
    } else if (arrays == 3) {
        twin3_32(n, a[0], a[1], a[2]);
    } else {
        twin4_32(n, a[0], a[1], a[2], a[3]);
    }
}

static void twin_f64(size_t arrays, size_t n, void *const *a)
{
    if (arrays == 2) {
        twin2_64(n, a[0], a[1]);
    } else if (arrays == 3) {
        twin3_64(n, a[0], a[1], a[2]);
    } else {
        twin4_64(n, a[0], a[1], a[2], a[3]);
    }
}

void bench_twin(unsigned bits, size_t arrays, size_t n, void *const *array)
{
    if (bits == 32) {
        twin_f32(arrays, n, array);
    } else {
        twin_f64(arrays, n, array);
    }
}

void bench_both(unsigned bits, size_t arrays, size_t n, void *const *a)
{
    if (bits == 32 && arrays == 3) {
        both3_32(n, a[0], a[1], a[2]);
    } else if (bits == 32) {
        both4_32(n, a[0], a[1], a[2], a[3]);
    } else if (arrays == 3) {
        both3_64(n, a[0], a[1], a[2]);
    } else {
        both4_64(n, a[0], a[1], a[2], a[3]);
    }
}

void bench_divider(unsigned bits, size_t n, void *x)
{
    if (bits == 32) {
        divider_32(n, x);
    } else {
        divider_64(n, x);
    }
}

/* More chains than a multiplication and an addition take cycles. */
WIDEST double bench_arithmetic(size_t n)
{
    double x[32], sum = 0;
    for (int j = 0; j < 32; j++) {
        x[j] = j;
    }
    for (size_t i = 0; i < n; i += 32) {
        for (int j = 0; j < 32; j++) {
            x[j] = x[j] * 0.5 + 1;
        }
    }
    for (int j = 0; j < 32; j++) {
        sum += x[j];
    }
    return sum;
}
