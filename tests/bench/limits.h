/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the hardware allows, measured by loops of the same shape as a kernel.
 *   twin     the same loads and stores with one addition an array: no square root, no division
 *   divider  one square root and one division an element, one load and one store
 *   both     the twin's loads and stores with one square root and one division an element: what can be hoped for where
 *            memory and divider take nearly the same time and wait for each other now and then */
#ifndef OPTCERT_BENCH_LIMITS_H
#define OPTCERT_BENCH_LIMITS_H
#include <stddef.h>

/* arrays is 2, 3 or 4; all but the last are written. bits is 32 or 64. */
void bench_twin(unsigned bits, size_t arrays, size_t n, void *const *array);

/* arrays is 3 or 4; the numbers stay positive where they were. */
void bench_both(unsigned bits, size_t arrays, size_t n, void *const *array);

/* Overwrites x, which stays near 1. */
void bench_divider(unsigned bits, size_t n, void *x);

#endif
