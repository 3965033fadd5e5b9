/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrays as a build sees them: each segment between two stretches of memory that nobody may touch. */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GUARD_BYTES = 1 << 20 }; /* on each side; a stride error by thousands of elements still faults */

static runner_instance *instances;

static unsigned char *map_guarded(const optcert_wire_segment *segment, int protection)
{
    const size_t bytes = segment->bytes;
    unsigned char *base =
        mmap(NULL, bytes + 2 * GUARD_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        return NULL;
    }
    void *pages = mmap(base + GUARD_BYTES, bytes, protection, MAP_SHARED | MAP_FIXED, OPTCERT_WIRE_ARENA,
                       (off_t)segment->offset);
    return pages == MAP_FAILED ? NULL : pages;
}

static void unmap_guarded(unsigned char *pages, const optcert_wire_segment *segment)
{
    if (pages != NULL) {
        munmap(pages - GUARD_BYTES, segment->bytes + 2 * GUARD_BYTES);
    }
}

static bool map_all(runner_instance *instance)
{
    bool complete = true;
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        const int protection = which == OPTCERT_SEGMENT_GRAD ? PROT_READ : PROT_READ | PROT_WRITE;
        instance->at[which] = map_guarded(&instance->segment[which], protection);
        complete = complete && instance->at[which] != NULL;
    }
    instance->slot_readonly = map_guarded(&instance->segment[OPTCERT_SEGMENT_SLOT], PROT_READ);
    return complete && instance->slot_readonly != NULL;
}

runner_instance *runner_instance_open(const optcert_wire_request *request, size_t scalar)
{
    runner_instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL) {
        return NULL;
    }
    instance->number = request->instance;
    instance->n = request->n;
    instance->scalar = scalar;
    memcpy(instance->segment, request->segment, sizeof instance->segment);
    instance->next = instances;
    instances = instance;
    if (!map_all(instance)) {
        runner_instance_close(instance);
        return NULL;
    }
    return instance;
}

runner_instance *runner_instance_find(uint64_t number)
{
    runner_instance *instance = instances;
    while (instance != NULL && instance->number != number) {
        instance = instance->next;
    }
    return instance;
}

void runner_instance_close(runner_instance *instance)
{
    runner_instance **from = &instances;
    while (*from != instance) {
        from = &(*from)->next;
    }
    *from = instance->next;
    for (int which = 0; which < OPTCERT_SEGMENTS; which++) {
        unmap_guarded(instance->at[which], &instance->segment[which]);
    }
    unmap_guarded(instance->slot_readonly, &instance->segment[OPTCERT_SEGMENT_SLOT]);
    free(instance);
}

/* How an address lies to one mapped segment. */
typedef enum relation { ELSEWHERE, BEFORE, INSIDE, BEHIND } relation;

static relation relate(uintptr_t address, const unsigned char *pages, uint64_t bytes)
{
    const uintptr_t begin = (uintptr_t)pages;
    if (pages == NULL || address < begin - GUARD_BYTES || address >= begin + bytes + GUARD_BYTES) {
        return ELSEWHERE;
    }
    if (address < begin) {
        return BEFORE;
    }
    return address < begin + bytes ? INSIDE : BEHIND;
}

static optcert_outcome explain_near(const runner_instance *instance, uintptr_t address,
                                    const unsigned char *pages, int which, bool write, char *text,
                                    size_t size)
{
    static const char *const names[] = {"theta", "the gradient", "the harness's record", "a slot's array"};
    const char *name = names[which < OPTCERT_SEGMENT_SLOT ? which : OPTCERT_SEGMENT_SLOT];
    const uintptr_t row = (uintptr_t)pages + instance->segment[which].first;
    const uintptr_t end = row + instance->n * instance->scalar;
    const char *verb = write ? "wrote" : "read";
    switch (relate(address, pages, instance->segment[which].bytes)) {
    case BEFORE:
        snprintf(text, size, "%s byte %ju before the start of %s (n = %zu)", verb, (uintmax_t)(row - address),
                 name, instance->n);
        return OPTCERT_OUT_OF_BOUNDS;
    case BEHIND:
        snprintf(text, size, "%s byte %ju past the end of %s (n = %zu)", verb, (uintmax_t)(address - end + 1),
                 name, instance->n);
        return OPTCERT_OUT_OF_BOUNDS;
    case INSIDE:
        snprintf(text, size, "%s to %s, which is only to be read", verb, name);
        return OPTCERT_STRAY_WRITE;
    case ELSEWHERE:
        break;
    }
    return OPTCERT_CRASHED;
}

optcert_outcome runner_explain_address(uintptr_t address, bool write, char *text, size_t size)
{
    for (const runner_instance *instance = instances; instance != NULL; instance = instance->next) {
        for (int which = 0; which <= OPTCERT_SEGMENTS; which++) {
            const bool extra = which == OPTCERT_SEGMENTS;
            const int segment = extra ? OPTCERT_SEGMENT_SLOT : which;
            const unsigned char *pages = extra ? instance->slot_readonly : instance->at[which];
            const optcert_outcome outcome =
                explain_near(instance, address, pages, segment, write, text, size);
            if (outcome != OPTCERT_CRASHED) {
                return outcome;
            }
        }
    }
    snprintf(text, size, "segmentation fault: %s at address 0x%jx", write ? "write" : "read",
             (uintmax_t)address);
    return OPTCERT_CRASHED;
}
