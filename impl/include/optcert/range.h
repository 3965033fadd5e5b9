/* SPDX-License-Identifier: Apache-2.0
 * Static ranges of an array for threads that the caller owns. Specified in spec/range.acsl, spec/range.md.
 *
 *     const size_t parts = oc_range_parts(n, sizeof *theta, threads);
 *     #pragma omp parallel for schedule(static)
 *     for (size_t part = 0; part < parts; part++) {
 *         const oc_range r = oc_range_of(n, sizeof *theta, part, parts);
 *         oc_fast_adam_step_f32(isa, &coef, r.count, theta + r.first, m + r.first, v + r.first, grad + r.first);
 *     }
 */
#ifndef OPTCERT_RANGE_H
#define OPTCERT_RANGE_H
#include <stddef.h>

enum {
    OC_CACHE_LINE = 64, /* bytes: no two parts write to one line of an array that is aligned to it */
    OC_PART_BYTES = 102400 /* of one array: less does not pay for waking a thread (measured: spec/fast.md) */
};

typedef struct oc_range {
    size_t first, count;
} oc_range;

#ifdef __FRAMAC__
#include "range.acsl"
#endif

/* The range of part = 0 .. parts - 1 of n elements of `size` bytes. The parts are consecutive, disjoint and cover
 * 0 .. n - 1; each but the last non-empty one begins and ends on a multiple of a cache line's elements (of 1 where size
 * does not divide 64); they differ by at most one line. part >= parts gives an empty range. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures first: \result.first == RangeBound(n, RangeLine(size), part, parts);
    ensures end: \result.first + \result.count == RangeBound(n, RangeLine(size), part + 1, parts);
    ensures inside: 0 <= \result.first <= \result.first + \result.count <= n; */
oc_range oc_range_of(size_t n, size_t size, size_t part, size_t parts);

/* How many parts pay: 1 <= result <= threads (1 where threads is 0), each of at least OC_PART_BYTES where there are
 * several. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures some: 1 <= \result;
    ensures few: \result <= threads || \result == 1;
    ensures pays: \result > 1 ==> size > 0 && \result * RangeLeast(size) <= n; */
size_t oc_range_parts(size_t n, size_t size, size_t threads);

#endif
