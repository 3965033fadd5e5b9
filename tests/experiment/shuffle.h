/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random choices of samples, each a pure function of (seed, stream, position). */
#ifndef OPTCERT_SHUFFLE_H
#define OPTCERT_SHUFFLE_H
#include <stddef.h>
#include <stdint.h>

/* A uniform integer in [0, n), n >= 1; bias below n * 2^-64. */
uint32_t optcert_pick(uint64_t seed, uint64_t stream, uint64_t position, uint32_t n);

/* A uniform permutation of 0 .. n-1 (Fisher-Yates). */
void optcert_shuffle(uint64_t seed, uint64_t stream, size_t n, uint32_t *order);

#endif
