/* SPDX-License-Identifier: GPL-3.0-or-later
 * Static ranges: consecutive, complete, on cache lines, balanced. */
#include "optcert/range.h"
#include "unit.h"

#include <stdint.h>

typedef struct range_case {
    size_t n, size, part, parts, first, count;
    const char *origin;
} range_case;

static const range_case table[] = {
    {0, 4, 0, 1, 0, 0, "no elements"},
    {100, 4, 0, 1, 0, 100, "one part takes all"},
    {100, 4, 0, 2, 0, 64, "7 lines of 16: the first part has 4"},
    {100, 4, 1, 2, 64, 36, "the last line is short"},
    {100, 8, 1, 3, 40, 32, "13 lines of 8: 5, 4, 4"},
    {100, 8, 2, 3, 72, 28, "13 lines of 8: 5, 4, 4"},
    {16, 4, 1, 2, 16, 0, "more parts than lines"},
    {10, 12, 1, 2, 5, 5, "an element that does not divide a line: lines of 1"},
    {10, 128, 1, 2, 5, 5, "an element larger than a line: lines of 1"},
    {10, 0, 1, 2, 5, 5, "size 0: lines of 1"},
    {100, 4, 2, 2, 100, 0, "beyond the last part"},
    {100, 4, SIZE_MAX, 2, 100, 0, "beyond the last part"},
    {100, 4, 0, 0, 100, 0, "no parts"},
    {SIZE_MAX, 4, 1, 2, (SIZE_MAX / 32 + 1) * 16, SIZE_MAX - (SIZE_MAX / 32 + 1) * 16, "the largest n: nothing wraps"},
    {SIZE_MAX, 1, SIZE_MAX - 1, SIZE_MAX, SIZE_MAX, 0, "as many parts as elements, of 64: the last is empty"},
};

static void cases(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const range_case *c = &table[i];
        const oc_range r = oc_range_of(c->n, c->size, c->part, c->parts);
        UNIT_CHECK(r.first == c->first && r.count == c->count, "%s: [%zu, +%zu), expected [%zu, +%zu)", c->origin, r.first,
                   r.count, c->first, c->count);
    }
}

static void check_division(size_t n, size_t size, size_t parts)
{
    size_t next = 0, least = SIZE_MAX, most = 0;
    for (size_t part = 0; part < parts; part++) {
        const oc_range r = oc_range_of(n, size, part, parts);
        UNIT_CHECK(r.first == next, "n %zu size %zu part %zu of %zu begins at %zu, not %zu", n, size, part, parts, r.first,
                   next);
        UNIT_CHECK(r.first == n || r.first * size % OC_CACHE_LINE == 0, "part %zu begins inside of a line", part);
        next = r.first + r.count;
        least = r.count < least ? r.count : least;
        most = r.count > most ? r.count : most;
    }
    UNIT_CHECK(next == n, "n %zu size %zu in %zu parts ends at %zu", n, size, parts, next);
    UNIT_CHECK((most - least) * size < 2 * OC_CACHE_LINE, "n %zu size %zu in %zu parts: %zu to %zu elements", n, size,
               parts, least, most);
}

static void divisions(void)
{
    for (size_t n = 0; n < 200; n++) {
        for (size_t parts = 1; parts < 20; parts++) {
            check_division(n, 4, parts);
            check_division(n, 8, parts);
            check_division(1000003 * n, 4, parts);
        }
    }
}

static const struct {
    size_t n, size, threads, parts;
    const char *origin;
} parts_table[] = {
    {0, 4, 8, 1, "no elements"},        {25599, 4, 8, 1, "just too few for one part"},
    {51199, 4, 8, 1, "not enough for two"}, {51200, 4, 8, 2, "enough for two"},
    {25600, 8, 8, 2, "enough for two"}, {100000000, 4, 8, 8, "all threads"},
    {100000000, 4, 0, 1, "no threads"}, {100, 0, 8, 1, "size 0"},
    {100, 1000000, 8, 8, "large elements"},
};

static void paying(void)
{
    for (size_t i = 0; i < sizeof parts_table / sizeof parts_table[0]; i++) {
        const size_t parts = oc_range_parts(parts_table[i].n, parts_table[i].size, parts_table[i].threads);
        UNIT_CHECK(parts == parts_table[i].parts, "%s: %zu parts, expected %zu", parts_table[i].origin, parts,
                   parts_table[i].parts);
    }
}

UNIT_SUITE(range, {"cases", cases}, {"divisions", divisions}, {"paying", paying})
