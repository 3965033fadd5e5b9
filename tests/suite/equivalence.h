/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fast paths hold the same values as the proved core, element by element: equality is Same of spec/same.acsl (bits,
 * except that any NaN is the same as any NaN; a NaN that comes out must be quiet). One claim per kernel and format:
 *   equivalence.KERNEL.fBITS          random coefficients and inputs (usual, wide, any bits, special values), sizes,
 *                                     offsets, numbers of parts and allowed aliasing; nothing outside is written
 *   equivalence.KERNEL.fBITS.threads  one large array on 1, 2, 3 and 8 threads
 *   equivalence.KERNEL.f32.exhaustive every one of the 2^32 gradients, in each of several contexts
 * for every instruction set that the machine has. Threshold 0: the texts are the same, and IEEE 754 is deterministic. */
#ifndef OPTCERT_EQUIVALENCE_H
#define OPTCERT_EQUIVALENCE_H
#include "claims.h"
#include "kernels.h"

#include <stdbool.h>

/* The fast path, or a damaged one: writes what kernel->fast writes. `before` are the arrays as they were. */
typedef void optcert_kernel_damage(const optcert_kernel *kernel, size_t n, void *const *array,
                                   void *const *before);

typedef struct optcert_equivalence {
    const char *unit;              /* of impl/, or NULL: all */
    unsigned bits;                 /* 32, 64, or 0: both */
    uint64_t elements;             /* random elements per kernel and format, at least */
    uint32_t contexts;             /* of the exhaustive search; 0: none */
    uint64_t chunks;               /* of each context, 4096 gradients each; 0: all 2^20, else nothing is claimed to be exhausted */
    struct optcert_exhausted *record; /* of exhausted contexts (exhaustive_record.h), or NULL */
    double deadline;               /* on the monotonic clock, in seconds: with a record, no context begins after it */
    uint64_t seed;
    optcert_kernel_damage *damage; /* for negative controls; NULL: none */
    void (*progress)(void *context, uint64_t done, uint64_t total); /* or NULL */
    void *context;
} optcert_equivalence;

enum { OPTCERT_EXHAUSTIVE_CONTEXTS = 8 };

/* Adds the claims. False when memory fails. */
bool optcert_equivalence_run(const optcert_equivalence *job, optcert_claims *claims);

#endif
