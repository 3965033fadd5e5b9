/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the hardware allows, measured by loops of the same shape as a kernel.
 *   twin     the same loads and stores with one addition an array: no square root, no division
 *   divider  one square root and one division an element, one load and one store
 *   both     the twin's loads and stores with one square root and one division an element: what can be hoped for where
 *            memory and divider take nearly the same time and wait for each other now and then
 *   arithmetic  multiplications and additions in registers, no memory: two threads of it take as long as one where each
 *            has floating-point units of its own, and twice as long where they share them */
#ifndef OPTCERT_BENCH_LIMITS_H
#define OPTCERT_BENCH_LIMITS_H
#include <stddef.h>

/* arrays is 2, 3 or 4; all but the last are written. bits is 32 or 64. */
void bench_twin(unsigned bits, size_t arrays, size_t n, void *const *array);

/* arrays is 3 or 4; the numbers stay positive where they were. */
void bench_both(unsigned bits, size_t arrays, size_t n, void *const *array);

/* Overwrites x, which stays near 1. */
void bench_divider(unsigned bits, size_t n, void *x);

/* n multiplications and n additions, n a multiple of 32; the sum of their 32 results, so that they are not left out. */
double bench_arithmetic(size_t n);

#endif
