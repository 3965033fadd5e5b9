/* SPDX-License-Identifier: GPL-3.0-or-later
 * Segments of an instance in the shared file: placement against the page edge, canaries, poison. */
#include "build_arena.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1 << 18 }; /* gradients and records cross in chunks about this large */
static const unsigned char canary = 0xC5;

static uint64_t page_size(void)
{
    return (uint64_t)sysconf(_SC_PAGESIZE);
}

static uint64_t whole_pages(uint64_t bytes)
{
    const uint64_t page = page_size();
    return bytes == 0 ? page : (bytes + page - 1) / page * page;
}

/* The seals keep a build from shrinking the file under the harness's feet. */
bool optcert_arena_open(optcert_arena *arena, uint64_t capacity)
{
    *arena = (optcert_arena){.fd = memfd_create("optcert-arena", MFD_CLOEXEC | MFD_ALLOW_SEALING),
                             .capacity = whole_pages(capacity)};
    if (arena->fd < 0) {
        return false;
    }
    if (ftruncate(arena->fd, (off_t)arena->capacity) != 0 ||
        fcntl(arena->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        close(arena->fd);
        return false;
    }
    return true;
}

void optcert_arena_close(optcert_arena *arena)
{
    close(arena->fd);
    arena->fd = -1;
}

size_t optcert_arrays_rows(const optcert_arrays *arrays)
{
    const size_t row = arrays->n * arrays->scalar;
    return row == 0 || row > CHUNK_BYTES ? 1 : CHUNK_BYTES / row;
}

static uint64_t first_byte(optcert_placement placement, uint64_t bytes, size_t row, size_t scalar)
{
    switch (placement) {
    case OPTCERT_PLACE_START:
        return 0;
    case OPTCERT_PLACE_ODD:
        return scalar;
    case OPTCERT_PLACE_END:
        break;
    }
    return bytes - row;
}

/* Lowest offset at which `bytes` are free. */
static uint64_t first_fit(const optcert_arena *arena, uint64_t bytes)
{
    uint64_t offset = 0;
    const optcert_arrays *taken = arena->taken;
    while (taken != NULL) {
        if (taken->begin < offset + bytes && offset < taken->end) {
            offset = taken->end;
            taken = arena->taken;
        } else {
            taken = taken->next;
        }
    }
    return offset;
}

/* Sizes and places all segments; false when the file has no room. */
static bool lay_out(const optcert_arena *arena, optcert_placement placement, optcert_arrays *arrays)
{
    const uint64_t row = arrays->n * arrays->scalar;
    const uint64_t shift = placement == OPTCERT_PLACE_ODD ? arrays->scalar : 0;
    uint64_t total = 0;
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        optcert_wire_segment *segment = &arrays->segment[which];
        const bool chunked = which == OPTCERT_SEGMENT_GRAD || which == OPTCERT_SEGMENT_TRACE;
        segment->bytes = whole_pages((chunked ? optcert_arrays_rows(arrays) : 1) * row + shift);
        segment->first = first_byte(placement, segment->bytes, row, arrays->scalar);
        segment->offset = total;
        total += segment->bytes;
    }
    arrays->begin = first_fit(arena, total);
    arrays->end = arrays->begin + total;
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        arrays->segment[which].offset += arrays->begin;
    }
    return arrays->end <= arena->capacity;
}

static bool map_segments(const optcert_arena *arena, optcert_arrays *arrays)
{
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        const optcert_wire_segment *segment = &arrays->segment[which];
        void *at =
            mmap(NULL, segment->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, arena->fd, (off_t)segment->offset);
        if (at == MAP_FAILED) {
            return false;
        }
        arrays->at[which] = at;
    }
    return true;
}

static void fill_canaries(const optcert_arrays *arrays, optcert_segment which)
{
    const optcert_wire_segment *segment = &arrays->segment[which];
    const uint64_t end = segment->first + arrays->n * arrays->scalar;
    memset(arrays->at[which], canary, segment->first);
    memset(arrays->at[which] + end, canary, segment->bytes - end);
}

bool optcert_arrays_open(optcert_arena *arena, size_t n, size_t scalar, optcert_placement placement,
                         optcert_arrays *arrays)
{
    *arrays = (optcert_arrays){.n = n, .scalar = scalar};
    if (n > arena->capacity / sizeof(double) || !lay_out(arena, placement, arrays)) {
        return false;
    }
    arrays->next = arena->taken;
    arena->taken = arrays;
    if (!map_segments(arena, arrays)) {
        optcert_arrays_close(arena, arrays);
        return false;
    }
    fill_canaries(arrays, OPTCERT_SEGMENT_THETA);
    for (unsigned i = 0; i < OPTCERT_SHOWN_MAX; i++) {
        fill_canaries(arrays, OPTCERT_SEGMENT_SLOT + i);
    }
    return true;
}

void optcert_arrays_close(optcert_arena *arena, optcert_arrays *arrays)
{
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        if (arrays->at[which] != NULL) {
            munmap(arrays->at[which], arrays->segment[which].bytes);
        }
    }
    fallocate(arena->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)arrays->begin,
              (off_t)(arrays->end - arrays->begin));
    optcert_arrays **from = &arena->taken;
    while (*from != arrays) {
        from = &(*from)->next;
    }
    *from = arrays->next;
}

unsigned char *optcert_arrays_row(const optcert_arrays *arrays, optcert_segment which)
{
    return arrays->at[which] + arrays->segment[which].first;
}

/* 0x7ff9a55a in every 32-bit word: a quiet NaN in binary32 and, with the same word below it, in binary64. */
static const unsigned char poison[4] = {0x5a, 0xa5, 0xf9, 0x7f};

void optcert_arrays_poison(const optcert_arrays *arrays, optcert_segment which)
{
    unsigned char *row = optcert_arrays_row(arrays, which);
    for (size_t i = 0; i < arrays->n * arrays->scalar; i++) {
        row[i] = poison[i % sizeof poison];
    }
}

size_t optcert_arrays_unwritten(const optcert_arrays *arrays, optcert_segment which)
{
    unsigned char pattern[8];
    memcpy(pattern, poison, sizeof poison);
    memcpy(pattern + sizeof poison, poison, sizeof poison);
    const unsigned char *row = optcert_arrays_row(arrays, which);
    for (size_t i = 0; i < arrays->n; i++) {
        if (memcmp(row + i * arrays->scalar, pattern, arrays->scalar) == 0) {
            return i;
        }
    }
    return arrays->n;
}

static const unsigned char *first_damaged(const unsigned char *from, const unsigned char *to)
{
    /* A run of equal bytes equals itself shifted by one. */
    if (from == to || (*from == canary && memcmp(from, from + 1, (size_t)(to - from) - 1) == 0)) {
        return NULL;
    }
    while (*from == canary) {
        from++;
    }
    return from;
}

bool optcert_arrays_canaries(const optcert_arrays *arrays, optcert_segment which, ptrdiff_t *byte)
{
    const unsigned char *segment = arrays->at[which];
    const unsigned char *row = optcert_arrays_row(arrays, which);
    const unsigned char *end = row + arrays->n * arrays->scalar;
    const unsigned char *damaged = first_damaged(segment, row);
    if (damaged != NULL) {
        *byte = damaged - row;
        return false;
    }
    damaged = first_damaged(end, segment + arrays->segment[which].bytes);
    if (damaged != NULL) {
        *byte = damaged - end;
        return false;
    }
    return true;
}
