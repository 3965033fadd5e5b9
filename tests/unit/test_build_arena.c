/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shared arrays: where they lie, and that damage beside them shows. */
#include "build_arena.h"
#include "unit.h"

#include <string.h>

enum { CAPACITY = 1 << 22 };
static const optcert_placement placements[] = {OPTCERT_PLACE_END, OPTCERT_PLACE_START, OPTCERT_PLACE_ODD};
static const size_t sizes[] = {0, 1, 3, 511, 512, 513, 1024, 5000};

static void check_layout(optcert_arena *arena, size_t n, size_t scalar, optcert_placement placement)
{
    optcert_arrays arrays;
    if (!UNIT_CHECK(optcert_arrays_open(arena, n, scalar, placement, &arrays), "no room for %zu", n)) {
        return;
    }
    const optcert_wire_segment *theta = &arrays.segment[OPTCERT_SEGMENT_THETA];
    ptrdiff_t byte = 0;
    UNIT_CHECK(theta->first + n * scalar <= theta->bytes, "n = %zu leaves its segment", n);
    UNIT_CHECK(theta->first % scalar == 0, "n = %zu is not aligned to its scalar", n);
    UNIT_CHECK(placement != OPTCERT_PLACE_END || theta->first + n * scalar == theta->bytes,
               "END does not end");
    UNIT_CHECK(placement != OPTCERT_PLACE_START || theta->first == 0, "START does not start");
    memset(optcert_arrays_row(&arrays, OPTCERT_SEGMENT_THETA), 7, n * scalar);
    UNIT_CHECK(optcert_arrays_canaries(&arrays, OPTCERT_SEGMENT_THETA, &byte),
               "the row itself damages a canary");
    optcert_arrays_close(arena, &arrays);
}

static void layouts(void)
{
    optcert_arena arena;
    UNIT_CHECK(optcert_arena_open(&arena, CAPACITY), "no arena");
    for (size_t p = 0; p < sizeof placements / sizeof placements[0]; p++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            check_layout(&arena, sizes[i], sizeof(float), placements[p]);
            check_layout(&arena, sizes[i], sizeof(double), placements[p]);
        }
    }
    optcert_arena_close(&arena);
}

/* A byte changed at a distance from the row is found at that distance. */
static void canaries(void)
{
    static const struct {
        optcert_placement placement;
        ptrdiff_t at; /* from the row's start when negative, else from its end */
    } cases[] = {{OPTCERT_PLACE_END, -1},   {OPTCERT_PLACE_END, -4000}, {OPTCERT_PLACE_START, 0},
                 {OPTCERT_PLACE_START, 17}, {OPTCERT_PLACE_ODD, -8},    {OPTCERT_PLACE_ODD, 4000}};
    enum { N = 5 };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_arena arena;
        optcert_arrays arrays;
        ptrdiff_t byte = 0;
        UNIT_CHECK(optcert_arena_open(&arena, CAPACITY), "no arena");
        UNIT_CHECK(optcert_arrays_open(&arena, N, sizeof(double), cases[i].placement, &arrays), "no arrays");
        unsigned char *row = optcert_arrays_row(&arrays, OPTCERT_SEGMENT_SLOT);
        (cases[i].at < 0 ? row : row + N * sizeof(double))[cases[i].at] ^= 1;
        UNIT_CHECK(!optcert_arrays_canaries(&arrays, OPTCERT_SEGMENT_SLOT, &byte), "damage %td is not seen",
                   cases[i].at);
        UNIT_CHECK(byte == cases[i].at, "damage %td is seen at %td", cases[i].at, byte);
        optcert_arrays_close(&arena, &arrays);
        optcert_arena_close(&arena);
    }
}

static void poison(void)
{
    optcert_arena arena;
    optcert_arrays arrays;
    UNIT_CHECK(optcert_arena_open(&arena, CAPACITY), "no arena");
    UNIT_CHECK(optcert_arrays_open(&arena, 3, sizeof(double), OPTCERT_PLACE_END, &arrays), "no arrays");
    optcert_arrays_poison(&arrays, OPTCERT_SEGMENT_SLOT);
    double row[3];
    memcpy(row, optcert_arrays_row(&arrays, OPTCERT_SEGMENT_SLOT), sizeof row);
    UNIT_CHECK(row[0] != row[0] && row[2] != row[2], "poison is not a NaN: %a", row[0]);
    UNIT_CHECK(optcert_arrays_unwritten(&arrays, OPTCERT_SEGMENT_SLOT) == 0, "poison is not recognised");
    row[0] = 1;
    row[2] = 2;
    memcpy(optcert_arrays_row(&arrays, OPTCERT_SEGMENT_SLOT), row, sizeof row);
    UNIT_CHECK(optcert_arrays_unwritten(&arrays, OPTCERT_SEGMENT_SLOT) == 1, "the gap is not found");
    optcert_arrays_close(&arena, &arrays);
    optcert_arena_close(&arena);
}

/* Space that is given back is used again, and what does not fit is refused. */
static void reuse(void)
{
    enum { COUNT = 3 };
    optcert_arena arena;
    optcert_arrays arrays[COUNT + 1];
    UNIT_CHECK(optcert_arena_open(&arena, CAPACITY), "no arena");
    for (int i = 0; i < COUNT; i++) {
        UNIT_CHECK(optcert_arrays_open(&arena, 1000, 8, OPTCERT_PLACE_END, &arrays[i]), "no room for %d", i);
    }
    const uint64_t hole = arrays[1].begin;
    optcert_arrays_close(&arena, &arrays[1]);
    UNIT_CHECK(optcert_arrays_open(&arena, 1000, 8, OPTCERT_PLACE_END, &arrays[1]), "no room in the hole");
    UNIT_CHECK(arrays[1].begin == hole, "the hole at %ju is not used", (uintmax_t)hole);
    UNIT_CHECK(!optcert_arrays_open(&arena, CAPACITY / 8, 8, OPTCERT_PLACE_END, &arrays[COUNT]),
               "too much fits");
    UNIT_CHECK(!optcert_arrays_open(&arena, SIZE_MAX / 2, 8, OPTCERT_PLACE_END, &arrays[COUNT]),
               "sizes overflow");
    for (int i = 0; i < COUNT; i++) {
        optcert_arrays_close(&arena, &arrays[i]);
    }
    UNIT_CHECK(arena.taken == NULL, "something is still taken");
    optcert_arena_close(&arena);
}

UNIT_SUITE(build_arena, {"layouts", layouts}, {"canaries", canaries}, {"poison", poison}, {"reuse", reuse})
