/* SPDX-License-Identifier: GPL-3.0-or-later
 * Core and fast path side by side. */
#include "equivalence_compare.h"

#include "optcert/range.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD = 64, CANARY = 0xa5 };

struct optcert_arena {
    size_t room; /* bytes of each array, guards included */
    unsigned char *in[OPTCERT_KERNEL_ARRAYS], *expected[OPTCERT_KERNEL_ARRAYS], *got[OPTCERT_KERNEL_ARRAYS];
    unsigned char *memory;
};

optcert_arena *optcert_arena_new(size_t elements)
{
    optcert_arena *arena = calloc(1, sizeof *arena);
    const size_t room = ((elements + OPTCERT_OFFSETS) * sizeof(double) + 3 * GUARD) / GUARD * GUARD;
    unsigned char *memory = aligned_alloc(GUARD, 3 * OPTCERT_KERNEL_ARRAYS * room);
    if (arena == NULL || memory == NULL) {
        free(arena);
        free(memory);
        return NULL;
    }
    arena->room = room;
    arena->memory = memory;
    for (size_t a = 0; a < OPTCERT_KERNEL_ARRAYS; a++) {
        arena->in[a] = memory + 3 * a * room;
        arena->expected[a] = arena->in[a] + room;
        arena->got[a] = arena->expected[a] + room;
    }
    return arena;
}

void optcert_arena_free(optcert_arena *arena)
{
    if (arena != NULL) {
        free(arena->memory);
        free(arena);
    }
}

void *optcert_arena_input(optcert_arena *arena, size_t a)
{
    return arena->in[a];
}

void optcert_equivalence_merge(optcert_equivalence_tally *all, const optcert_equivalence_tally *part)
{
    if (part->different > 0 && (all->different == 0 || part->where < all->where)) {
        all->where = part->where;
        memcpy(all->first, part->first, sizeof all->first);
    }
    all->inputs += part->inputs;
    all->compared += part->compared;
    all->different += part->different;
}

static bool written(const optcert_kernel *kernel, size_t a)
{
    return kernel->roles[a] < 'a';
}

static uint64_t bits_at(unsigned bits, const void *array, size_t i)
{
    uint64_t wide = 0;
    memcpy(&wide, (const unsigned char *)array + i * (bits / 8), bits / 8);
    return wide;
}

static bool is_nan(unsigned bits, uint64_t x)
{
    return bits == 32 ? (x & 0x7fffffff) > 0x7f800000 : (x & INT64_MAX) > UINT64_C(0x7ff0000000000000);
}
static bool is_quiet(unsigned bits, uint64_t x)
{
    return (x >> (bits == 32 ? 22 : 51) & 1) != 0;
}

static bool same(unsigned bits, uint64_t expected, uint64_t got)
{
    return expected == got || (is_nan(bits, expected) && is_nan(bits, got) && is_quiet(bits, got));
}

static void note(const optcert_trial *trial, oc_isa isa, size_t a, size_t i, const char *what,
                 optcert_equivalence_tally *tally)
{
    if (tally->different++ == 0) {
        tally->where = trial->where;
        snprintf(tally->first, sizeof tally->first, "%s, block %" PRIu64 ", n %zu, parts %zu: array %zu element %zu: %s",
                 oc_isa_text(isa), trial->where, trial->shape->n, trial->shape->parts, a, i, what);
    }
}

static void compare_array(const optcert_trial *trial, oc_isa isa, size_t a, const void *expected, const void *got,
                          optcert_equivalence_tally *tally)
{
    const unsigned bits = trial->kernel->bits;
    if (memcmp(expected, got, trial->shape->n * (bits / 8)) == 0) {
        return;
    }
    for (size_t i = 0; i < trial->shape->n; i++) {
        const uint64_t want = bits_at(bits, expected, i), have = bits_at(bits, got, i);
        if (!same(bits, want, have)) {
            char what[80];
            snprintf(what, sizeof what, "core 0x%0*" PRIx64 ", fast 0x%0*" PRIx64, (int)bits / 4, want, (int)bits / 4,
                     have);
            note(trial, isa, a, i, what, tally);
        }
    }
}

static void compare_canaries(const optcert_trial *trial, oc_isa isa, const optcert_arena *arena, size_t a, size_t begin,
                             size_t end, optcert_equivalence_tally *tally)
{
    for (size_t i = begin; i < end; i++) {
        if (arena->got[a][i] != CANARY) {
            note(trial, isa, a, i, "a byte outside of the array was written", tally);
        }
    }
}

/* Bytes between the array's guards that are not its own and no longer as they were set. */
static void compare_outside(const optcert_trial *trial, oc_isa isa, const optcert_arena *arena, size_t a,
                            optcert_equivalence_tally *tally)
{
    const size_t size = trial->kernel->bits / 8, begin = GUARD + trial->shape->offset[a] * size;
    const size_t end = begin + trial->shape->n * size;
    compare_canaries(trial, isa, arena, a, 0, begin, tally);
    compare_canaries(trial, isa, arena, a, end, end + GUARD, tally);
}

/* The two last arrays that are only read; false when there are not two. */
static bool shared_pair(const optcert_kernel *kernel, size_t *first, size_t *second)
{
    const size_t count = strlen(kernel->roles);
    *second = count - 1;
    *first = count - 2;
    return count >= 2 && !written(kernel, *first) && kernel->roles[*first] == kernel->roles[*second];
}

static void run_part(const optcert_trial *trial, oc_isa isa, void *const *array, size_t part)
{
    const size_t size = trial->kernel->bits / 8, parts = trial->shape->parts;
    const oc_range range = oc_range_of(trial->shape->n, size, trial->shape->backwards ? parts - 1 - part : part, parts);
    void *own[OPTCERT_KERNEL_ARRAYS];
    for (size_t a = 0; trial->kernel->roles[a] != '\0'; a++) {
        own[a] = (unsigned char *)array[a] + range.first * size;
    }
    trial->kernel->fast(isa, trial->coef, range.count, own);
}

static void run_fast(const optcert_trial *trial, oc_isa isa, void *const *array)
{
    if (trial->threads == 1) {
        for (size_t part = 0; part < trial->shape->parts; part++) {
            run_part(trial, isa, array, part);
        }
        return;
    }
#pragma omp parallel for num_threads(trial->threads) schedule(static)
    for (size_t part = 0; part < trial->shape->parts; part++) {
        run_part(trial, isa, array, part);
    }
}

static void try_isa(const optcert_trial *trial, oc_isa isa, optcert_arena *arena, optcert_equivalence_tally *tally)
{
    const optcert_kernel *kernel = trial->kernel;
    const size_t count = strlen(kernel->roles), bytes = trial->shape->n * (kernel->bits / 8);
    void *array[OPTCERT_KERNEL_ARRAYS], *before[OPTCERT_KERNEL_ARRAYS];
    for (size_t a = 0; a < count; a++) {
        before[a] = arena->in[a];
        array[a] = arena->got[a] + GUARD + trial->shape->offset[a] * (kernel->bits / 8);
        memset(arena->got[a], CANARY, GUARD + trial->shape->offset[a] * (kernel->bits / 8));
        memset((unsigned char *)array[a] + bytes, CANARY, GUARD);
        memcpy(array[a], arena->in[a], bytes);
    }
    size_t first, second;
    if (trial->shape->shared && shared_pair(kernel, &first, &second)) {
        array[second] = array[first];
    }
    run_fast(trial, isa, array);
    if (trial->damage != NULL) {
        trial->damage(kernel, trial->shape->n, array, before);
    }
    for (size_t a = 0; a < count; a++) {
        if (written(kernel, a)) {
            compare_array(trial, isa, a, arena->expected[a], array[a], tally);
        }
        compare_outside(trial, isa, arena, a, tally);
    }
    tally->compared += trial->shape->n;
}

void optcert_equivalence_trial(const optcert_trial *trial, optcert_arena *arena, optcert_equivalence_tally *tally)
{
    const optcert_kernel *kernel = trial->kernel;
    const size_t bytes = trial->shape->n * (kernel->bits / 8);
    size_t first, second;
    if (trial->shape->shared && shared_pair(kernel, &first, &second)) {
        memcpy(arena->in[second], arena->in[first], bytes);
    }
    void *expected[OPTCERT_KERNEL_ARRAYS];
    for (size_t a = 0; kernel->roles[a] != '\0'; a++) {
        expected[a] = arena->expected[a];
        memcpy(expected[a], arena->in[a], bytes);
    }
    kernel->core(trial->coef, trial->shape->n, expected);
    tally->inputs += trial->shape->n;
    for (oc_isa isa = OC_ISA_BASE; isa <= OC_ISA_AVX512; isa++) {
        if (oc_isa_available(isa)) {
            try_isa(trial, isa, arena, tally);
        }
    }
}
