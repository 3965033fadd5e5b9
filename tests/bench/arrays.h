/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrays of a benchmark. */
#ifndef OPTCERT_BENCH_ARRAYS_H
#define OPTCERT_BENCH_ARRAYS_H
#include <stdbool.h>
#include <stddef.h>

enum { BENCH_ARRAYS = 4, BENCH_STAGGER = 32 * 1024 + 192 };

typedef struct bench_arrays {
    void *array[BENCH_ARRAYS];
    void *memory;
} bench_arrays;

/* Four arrays of `bytes` bytes on huge pages, each on a multiple of 2 MiB plus i * stagger. False when memory fails. */
bool bench_arrays_new(size_t bytes, size_t stagger, bench_arrays *arrays);
void bench_arrays_free(bench_arrays *arrays);

/* theta and grad around 1, m around 0.1, v around 0.01: as in the middle of a run. */
void bench_arrays_fill(unsigned bits, size_t n, const bench_arrays *arrays);

#endif
