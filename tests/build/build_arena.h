/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shared memory of one build: a sparse memory file from which each instance takes its segments. */
#ifndef OPTCERT_BUILD_ARENA_H
#define OPTCERT_BUILD_ARENA_H
#include "build_wire.h"

/* The harness's view of an instance's segments, which lie one after the other in the file. */
typedef struct optcert_arrays {
    size_t n, scalar;
    optcert_wire_segment segment[OPTCERT_SEGMENTS];
    unsigned char *at[OPTCERT_SEGMENTS];
    uint64_t begin, end; /* in the file */
    struct optcert_arrays *next;
} optcert_arrays;

typedef struct optcert_arena {
    int fd;
    uint64_t capacity;     /* size of the file, sealed; pages exist only where touched */
    optcert_arrays *taken; /* what is in use */
} optcert_arena;

bool optcert_arena_open(optcert_arena *arena, uint64_t capacity);
void optcert_arena_close(optcert_arena *arena);

/* Lays out and maps segments for n scalars, first fit; false when memory is short. */
bool optcert_arrays_open(optcert_arena *arena, size_t n, size_t scalar, optcert_placement placement,
                         optcert_arrays *arrays);
void optcert_arrays_close(optcert_arena *arena, optcert_arrays *arrays);

/* Rows of n scalars that the gradient and trace segments hold at once; at least 1. */
size_t optcert_arrays_rows(const optcert_arrays *arrays);

/* Element 0 of the single row in a segment. */
unsigned char *optcert_arrays_row(const optcert_arrays *arrays, optcert_segment which);

/* Fills the row with a pattern that no build writes by chance: quiet NaNs with a payload of their own. */
void optcert_arrays_poison(const optcert_arrays *arrays, optcert_segment which);
/* Index of the first element of the row that still holds the poison, or n. */
size_t optcert_arrays_unwritten(const optcert_arrays *arrays, optcert_segment which);

/* True when the canary bytes around the row of a segment are whole; else *byte is the distance of the
 * first damaged one: negative before element 0, from 0 on behind the last element. */
bool optcert_arrays_canaries(const optcert_arrays *arrays, optcert_segment which, ptrdiff_t *byte);

#endif
