/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that is given back all at once, for code that is left in the middle. */
#ifndef OPTCERT_FUZZ_ARENA_H
#define OPTCERT_FUZZ_ARENA_H
#include "fuzz.h"

enum { ARENA_SLOTS = 1 << 16 };
static void *arena_slot[ARENA_SLOTS];
static size_t arena_used;

static void *arena_malloc(size_t size)
{
    void *piece = arena_used < ARENA_SLOTS ? malloc(size) : NULL;
    if (piece != NULL) {
        arena_slot[arena_used++] = piece;
    }
    return piece;
}

/* Given back with all others. */
static void arena_free(void *piece)
{
    (void)piece;
}

static void arena_clear(void)
{
    while (arena_used > 0) {
        free(arena_slot[--arena_used]);
    }
}

#endif
