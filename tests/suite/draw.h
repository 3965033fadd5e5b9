/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random inputs of the suites: each draw is a pure function of (seed, stream, step, coordinate), by
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011), and exact in double arithmetic: the same on every system.
 */
#ifndef OPTCERT_DRAW_H
#define OPTCERT_DRAW_H
#include <stdint.h>

typedef struct optcert_draw {
    uint64_t seed;
    uint32_t stream; /* what is drawn: a case, a role in it */
    uint32_t step;
    uint32_t coordinate;
} optcert_draw;

/* 64 random bits; `which` tells draws at the same place apart. */
uint64_t optcert_draw_bits(const optcert_draw *at, uint32_t which);

/* Uniform in [0, 1), 53 bits. */
double optcert_draw_uniform(const optcert_draw *at, uint32_t which);

/* Bell-shaped, mean 0, variance 1: a sum of 12 uniforms less 6. */
double optcert_draw_bell(const optcert_draw *at, uint32_t which);

/* Sign * 2^e * [1, 2), e uniform in [low, high). */
double optcert_draw_wide(const optcert_draw *at, uint32_t which, int low, int high);

#endif
