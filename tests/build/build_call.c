/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calls on an instance: arrays in, request, answer, canaries, arrays out. */
#include "build_handle.h"

#include "build_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* memcpy that takes any pointers for nothing: an instance may have no elements. */
static void copy(void *to, const void *from, size_t size)
{
    if (size != 0) {
        memcpy(to, from, size);
    }
}

static void unlink_instance(optcert_instance *instance)
{
    optcert_instance **from =
        instance->previous != NULL ? &instance->previous->next : &instance->handle->instances;
    *from = instance->next;
    if (instance->next != NULL) {
        instance->next->previous = instance->previous;
    }
}

static optcert_instance *new_instance(optcert_build_handle *handle, size_t n, optcert_placement placement)
{
    optcert_instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL) {
        return NULL;
    }
    const size_t scalar = optcert_scalar_size(handle->info.scalar);
    if (!optcert_arrays_open(&handle->arena, n, scalar, placement, &instance->arrays)) {
        free(instance);
        return NULL;
    }
    instance->handle = handle;
    instance->generation = handle->generation;
    instance->index = handle->next_index++;
    instance->next = handle->instances;
    if (instance->next != NULL) {
        instance->next->previous = instance;
    }
    handle->instances = instance;
    return instance;
}

static void forget(optcert_instance *instance)
{
    unlink_instance(instance);
    optcert_arrays_close(&instance->handle->arena, &instance->arrays);
    free(instance);
}

optcert_outcome optcert_build_create(optcert_build_handle *handle, size_t n, const optcert_hyper *hyper,
                                     optcert_placement placement, optcert_instance **instance)
{
    *instance = NULL;
    if (handle->stillborn) {
        return handle->death;
    }
    if (handle->process.pid == 0) {
        const optcert_outcome started = optcert_handle_start(handle);
        if (started != OPTCERT_OK) {
            return started;
        }
    }
    optcert_instance *created = new_instance(handle, n, placement);
    if (created == NULL) {
        snprintf(handle->symptom, sizeof handle->symptom, "no shared memory for %zu elements", n);
        handle->tool_failed = true;
        return OPTCERT_TOOL;
    }
    optcert_wire_request request = {
        .op = OPTCERT_WIRE_CREATE, .instance = created->index, .n = n, .hyper = *hyper};
    memcpy(request.segment, created->arrays.segment, sizeof request.segment);
    optcert_wire_answer answer;
    const optcert_outcome outcome = optcert_handle_call(handle, &request, &answer);
    if (outcome != OPTCERT_OK) {
        forget(created);
        return outcome;
    }
    *instance = created;
    return OPTCERT_OK;
}

/* True when the instance died with its process; the symptom of that death stands already. */
static bool is_stale(const optcert_instance *instance)
{
    return instance->handle->process.pid == 0 || instance->generation != instance->handle->generation;
}

static optcert_outcome say_stale(optcert_instance *instance)
{
    optcert_build_handle *handle = instance->handle;
    if (instance->generation != handle->generation) {
        snprintf(handle->symptom, sizeof handle->symptom, "the process that held this instance has ended");
        return OPTCERT_CRASHED;
    }
    return handle->death;
}

/* After a call that came back: damage beside an array outranks what the call said. */
static optcert_outcome check_canaries(optcert_instance *instance, optcert_outcome outcome)
{
    optcert_build_handle *handle = instance->handle;
    if (handle->process.pid == 0) {
        return outcome;
    }
    for (unsigned which = 0; which < OPTCERT_SEGMENTS; which++) {
        const bool theta = which == OPTCERT_SEGMENT_THETA;
        ptrdiff_t byte = 0;
        if ((theta || which >= OPTCERT_SEGMENT_SLOT) && !optcert_arrays_canaries(&instance->arrays, which, &byte)) {
            snprintf(handle->symptom, sizeof handle->symptom, "wrote byte %td %s %s (n = %zu)",
                     byte < 0 ? -byte : byte + 1, byte < 0 ? "before the start of" : "past the end of",
                     theta ? "theta" : "a slot's array", instance->arrays.n);
            return OPTCERT_OUT_OF_BOUNDS;
        }
    }
    return outcome;
}

optcert_outcome optcert_build_step(optcert_instance *instance, void *theta, const void *grad)
{
    return optcert_build_run(instance, 1, theta, grad, 0, NULL, 0, NULL);
}

/* A run in progress; counts are in steps, `row` is the size of a row in bytes. */
typedef struct running {
    uint64_t steps, done, every;
    size_t row, stride; /* in bytes */
    const unsigned char *grads;
    unsigned char *trace;
    optcert_shown *shown; /* after the last step; NULL: nothing */
} running;

/* Puts the gradients of the next chunk where the runner will find them. */
static void offer_chunk(const optcert_instance *instance, const running *run, optcert_wire_request *request)
{
    const optcert_wire_segment *segment = &instance->arrays.segment[OPTCERT_SEGMENT_GRAD];
    const uint64_t room = optcert_arrays_rows(&instance->arrays);
    const uint64_t left = run->steps - run->done;
    request->steps = left < room ? left : room;
    request->phase = run->every != 0 ? run->done % run->every : 0;
    const bool single = run->stride == 0 || request->steps == 1;
    const uint64_t rows = single ? 1 : request->steps;
    const bool at_end = segment->first + run->row == segment->bytes;
    request->stride = single ? 0 : run->row;
    request->first = at_end ? segment->bytes - rows * run->row : segment->first;
    unsigned char *to = instance->arrays.at[OPTCERT_SEGMENT_GRAD] + request->first;
    const unsigned char *from = run->grads + run->done * run->stride;
    for (uint64_t i = 0; i < rows; i++) {
        copy(to + i * run->row, from + i * run->stride, run->row);
    }
}

/* Copies the records of the steps just taken to the caller. */
static void take_records(const optcert_instance *instance, const running *run, uint64_t taken)
{
    if (run->every == 0) {
        return;
    }
    const uint64_t before = run->done / run->every;
    const uint64_t after = (run->done + taken) / run->every;
    copy(run->trace + before * run->row, instance->arrays.at[OPTCERT_SEGMENT_TRACE],
         (after - before) * run->row);
}

/* Asks for slots beside the steps of a request. */
static void ask_slots(const optcert_instance *instance, const optcert_shown *shown, optcert_wire_request *request)
{
    for (unsigned i = 0; shown != NULL && i < shown->count; i++) {
        snprintf(request->slot[i], sizeof request->slot[i], "%s", shown->slot[i]);
        optcert_arrays_poison(&instance->arrays, OPTCERT_SEGMENT_SLOT + i);
    }
}

/* Copies a slot that get gave to the caller, if all of it was written. */
static optcert_outcome take_slot(optcert_instance *instance, unsigned segment, const char *slot, void *out)
{
    const optcert_arrays *arrays = &instance->arrays;
    const size_t unwritten = optcert_arrays_unwritten(arrays, segment);
    if (unwritten < arrays->n) {
        snprintf(instance->handle->symptom, sizeof instance->handle->symptom,
                 "get left element %zu of slot %s unwritten (n = %zu)", unwritten, slot, arrays->n);
        return OPTCERT_UNWRITTEN;
    }
    copy(out, optcert_arrays_row(arrays, segment), arrays->n * arrays->scalar);
    return OPTCERT_OK;
}

static optcert_outcome take_slots(optcert_instance *instance, optcert_shown *shown, uint64_t given)
{
    optcert_outcome outcome = OPTCERT_OK;
    for (unsigned i = 0; shown != NULL && i < shown->count && outcome == OPTCERT_OK; i++) {
        shown->exposed[i] = (given >> i & 1) != 0;
        if (shown->exposed[i]) {
            outcome = take_slot(instance, OPTCERT_SEGMENT_SLOT + i, shown->slot[i], shown->out[i]);
        }
    }
    return outcome;
}

static optcert_outcome run_chunks(optcert_instance *instance, running *run)
{
    optcert_outcome outcome = OPTCERT_OK;
    while (outcome == OPTCERT_OK && run->done < run->steps) {
        optcert_wire_request request = {
            .op = OPTCERT_WIRE_RUN, .instance = instance->index, .every = run->every};
        optcert_wire_answer answer;
        offer_chunk(instance, run, &request);
        ask_slots(instance, run->shown, &request);
        outcome = check_canaries(instance, optcert_handle_call(instance->handle, &request, &answer));
        const uint64_t taken = answer.done <= request.steps ? answer.done : request.steps;
        take_records(instance, run, taken);
        run->done += taken;
        outcome = outcome == OPTCERT_OK ? take_slots(instance, run->shown, answer.shown) : outcome;
    }
    return outcome;
}

/* theta goes there and back. */
static optcert_outcome run_with(optcert_instance *instance, running *run, void *theta)
{
    if (is_stale(instance)) {
        return say_stale(instance);
    }
    unsigned char *row = optcert_arrays_row(&instance->arrays, OPTCERT_SEGMENT_THETA);
    copy(row, theta, run->row);
    const optcert_outcome outcome = run_chunks(instance, run);
    if (!is_stale(instance)) {
        copy(theta, row, run->row);
    }
    return outcome;
}

optcert_outcome optcert_build_run(optcert_instance *instance, uint64_t steps, void *theta, const void *grads,
                                  size_t grad_stride, void *trace, uint64_t every, uint64_t *done)
{
    const optcert_arrays *arrays = &instance->arrays;
    running run = {
        .steps = steps,
        .every = trace != NULL ? every : 0,
        .row = arrays->n * arrays->scalar,
        .stride = grad_stride * arrays->scalar,
        .grads = grads,
        .trace = trace,
    };
    const optcert_outcome outcome = run_with(instance, &run, theta);
    if (done != NULL) {
        *done = run.done;
    }
    return outcome;
}

optcert_outcome optcert_build_step_shown(optcert_instance *instance, void *theta, const void *grad,
                                         optcert_shown *shown)
{
    running run = {.steps = 1, .row = instance->arrays.n * instance->arrays.scalar, .grads = grad, .shown = shown};
    return run_with(instance, &run, theta);
}

static optcert_outcome call_slot(optcert_instance *instance, optcert_wire_op op, const char *slot,
                                 uint64_t step)
{
    optcert_wire_request request = {.op = op, .instance = instance->index, .step = step};
    optcert_wire_answer answer;
    if (strlen(slot) >= sizeof request.slot[0]) {
        return OPTCERT_NOT_EXPOSED;
    }
    strcpy(request.slot[0], slot);
    return check_canaries(instance, optcert_handle_call(instance->handle, &request, &answer));
}

optcert_outcome optcert_build_get(optcert_instance *instance, const char *slot, void *out)
{
    const optcert_arrays *arrays = &instance->arrays;
    if (is_stale(instance)) {
        return say_stale(instance);
    }
    optcert_arrays_poison(arrays, OPTCERT_SEGMENT_SLOT);
    const optcert_outcome outcome = call_slot(instance, OPTCERT_WIRE_GET, slot, 0);
    if (outcome != OPTCERT_OK) {
        return outcome;
    }
    return take_slot(instance, OPTCERT_SEGMENT_SLOT, slot, out);
}

optcert_outcome optcert_build_set(optcert_instance *instance, const char *slot, const void *in, uint64_t step)
{
    const optcert_arrays *arrays = &instance->arrays;
    if (is_stale(instance)) {
        return say_stale(instance);
    }
    copy(optcert_arrays_row(arrays, OPTCERT_SEGMENT_SLOT), in, arrays->n * arrays->scalar);
    return call_slot(instance, OPTCERT_WIRE_SET, slot, step);
}

optcert_outcome optcert_build_destroy(optcert_instance *instance)
{
    if (instance == NULL) {
        return OPTCERT_OK;
    }
    optcert_outcome outcome = OPTCERT_OK;
    if (!is_stale(instance)) {
        optcert_wire_request request = {.op = OPTCERT_WIRE_DESTROY, .instance = instance->index};
        optcert_wire_answer answer;
        outcome = check_canaries(instance, optcert_handle_call(instance->handle, &request, &answer));
    }
    forget(instance);
    return outcome;
}
