/* SPDX-License-Identifier: GPL-3.0-or-later
 * A kernel's fast path beside its core on one block of inputs. */
#ifndef OPTCERT_EQUIVALENCE_COMPARE_H
#define OPTCERT_EQUIVALENCE_COMPARE_H
#include "equivalence.h"
#include "equivalence_input.h"

typedef struct optcert_equivalence_tally {
    uint64_t inputs;    /* elements given to the core */
    uint64_t compared;  /* elements compared: inputs times instruction sets */
    uint64_t different; /* elements of outputs that are not the same, or bytes written outside */
    uint64_t where;     /* number of the block of `first`, so that the report does not depend on threads */
    bool cut_short;     /* there was more to compare than the time allowed */
    char first[192];
} optcert_equivalence_tally;

void optcert_equivalence_merge(optcert_equivalence_tally *all, const optcert_equivalence_tally *part);

/* Arrays of one thread: as given, after the core, after the fast path. */
typedef struct optcert_arena optcert_arena;
optcert_arena *optcert_arena_new(size_t elements); /* NULL when memory fails */
void optcert_arena_free(optcert_arena *arena);
void *optcert_arena_input(optcert_arena *arena, size_t a);

/* Runs the core on the inputs that stand in the arena, then the fast path for every instruction set, and counts. */
typedef struct optcert_trial {
    const optcert_kernel *kernel;
    const void *coef;
    const optcert_block_shape *shape;
    int threads; /* that take the parts */
    optcert_kernel_damage *damage;
    uint64_t where;
} optcert_trial;
void optcert_equivalence_trial(const optcert_trial *trial, optcert_arena *arena, optcert_equivalence_tally *tally);

#endif
