/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrays of a benchmark. */
#include "arrays.h"

#include <stdlib.h>
#include <sys/mman.h>

#define PAGE ((size_t)2 << 20)

bool bench_arrays_new(size_t bytes, size_t stagger, bench_arrays *arrays)
{
    const size_t room = (bytes + BENCH_ARRAYS * BENCH_STAGGER + PAGE) / PAGE * PAGE;
    arrays->memory = aligned_alloc(PAGE, BENCH_ARRAYS * room);
    if (arrays->memory != NULL) {
        (void)madvise(arrays->memory, BENCH_ARRAYS * room, MADV_HUGEPAGE); /* where the system has none, ordinary pages do */
    }
    for (size_t a = 0; arrays->memory != NULL && a < BENCH_ARRAYS; a++) {
        arrays->array[a] = (char *)arrays->memory + a * (room + stagger);
    }
    return arrays->memory != NULL;
}

void bench_arrays_free(bench_arrays *arrays)
{
    free(arrays->memory);
}

void bench_arrays_fill(unsigned bits, size_t n, const bench_arrays *arrays)
{
    static const double around[BENCH_ARRAYS] = {1, 0.1, 0.01, 1};
    for (size_t a = 0; a < BENCH_ARRAYS; a++) {
        for (size_t i = 0; i < n; i++) {
            const double x = around[a] * (1 + 0.001 * (double)(i * 7919 % 1000));
            if (bits == 32) {
                ((float *)arrays->array[a])[i] = (float)x;
            } else {
                ((double *)arrays->array[a])[i] = x;
            }
        }
    }
}
