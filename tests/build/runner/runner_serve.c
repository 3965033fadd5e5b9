/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calls of the harness, one after the other, to the build. */
#include "runner.h"

#include <string.h>

static unsigned char *row(const runner_instance *instance, optcert_segment which)
{
    return instance->at[which] + instance->segment[which].first;
}

static void serve_create(const optcert_build *build, const optcert_wire_request *request)
{
    const size_t scalar = optcert_scalar_size(build->scalar);
    runner_instance *instance = runner_instance_open(request, scalar);
    if (instance == NULL) {
        runner_answer(OPTCERT_REFUSED, "no memory for the arrays within the limit");
        return;
    }
    instance->state = build->create(instance->n, &request->hyper);
    if (instance->state == NULL) {
        runner_instance_close(instance);
        runner_answer(OPTCERT_REFUSED, "create answered NULL");
        return;
    }
    runner_answer(OPTCERT_OK, "");
}

/* The slots that a run is to show, each in a segment of its own; which of them get gave. */
static uint64_t show_slots(const optcert_build *build, const optcert_wire_request *request, runner_instance *instance)
{
    uint64_t shown = 0;
    for (unsigned i = 0; build->get != NULL && i < OPTCERT_SHOWN_MAX && request->slot[i][0] != '\0'; i++) {
        const bool given = build->get(instance->state, request->slot[i], row(instance, OPTCERT_SEGMENT_SLOT + i)) == 0;
        shown |= given ? UINT64_C(1) << i : 0;
    }
    return shown;
}

static void serve_run(const optcert_build *build, const optcert_wire_request *request,
                      runner_instance *instance)
{
    unsigned char *theta = row(instance, OPTCERT_SEGMENT_THETA);
    unsigned char *record = instance->at[OPTCERT_SEGMENT_TRACE];
    const unsigned char *grad = instance->at[OPTCERT_SEGMENT_GRAD] + request->first;
    const size_t bytes = instance->n * instance->scalar;
    uint64_t until_record = request->every - request->phase;
    for (uint64_t i = 0; i < request->steps; i++) {
        if (build->step(instance->state, theta, grad + i * request->stride) != 0) {
            runner_answer_run(OPTCERT_REFUSED, i, 0, "step answered nonzero");
            return;
        }
        if (request->every != 0 && --until_record == 0) {
            memcpy(record, theta, bytes);
            record += bytes;
            until_record = request->every;
        }
    }
    runner_answer_run(OPTCERT_OK, request->steps, show_slots(build, request, instance), "");
}

static void serve_get(const optcert_build *build, const optcert_wire_request *request,
                      runner_instance *instance)
{
    if (build->get == NULL ||
        build->get(instance->state, request->slot[0], row(instance, OPTCERT_SEGMENT_SLOT)) != 0) {
        runner_answer(OPTCERT_NOT_EXPOSED, "get does not expose this slot");
        return;
    }
    runner_answer(OPTCERT_OK, "");
}

static void serve_set(const optcert_build *build, const optcert_wire_request *request,
                      runner_instance *instance)
{
    const unsigned char *in = instance->slot_readonly + instance->segment[OPTCERT_SEGMENT_SLOT].first;
    if (build->set == NULL) {
        runner_answer(OPTCERT_NOT_EXPOSED, "there is no set");
    } else if (build->set(instance->state, request->slot[0], in, request->step) != 0) {
        runner_answer(OPTCERT_REFUSED, "set answered nonzero");
    } else {
        runner_answer(OPTCERT_OK, "");
    }
}

static void serve_destroy(const optcert_build *build, runner_instance *instance)
{
    build->destroy(instance->state);
    runner_instance_close(instance);
    runner_answer(OPTCERT_OK, "");
}

void runner_serve(const optcert_build *build)
{
    optcert_wire_request request;
    while (runner_hear(&request)) {
        if (request.op == OPTCERT_WIRE_CREATE) {
            serve_create(build, &request);
            continue;
        }
        runner_instance *instance = runner_instance_find(request.instance);
        if (instance == NULL) {
            runner_last_words(OPTCERT_TOOL, "the harness spoke of an instance that is not there");
        }
        switch (request.op) {
        case OPTCERT_WIRE_RUN:
            serve_run(build, &request, instance);
            break;
        case OPTCERT_WIRE_GET:
            serve_get(build, &request, instance);
            break;
        case OPTCERT_WIRE_SET:
            serve_set(build, &request, instance);
            break;
        default:
            serve_destroy(build, instance);
            break;
        }
    }
}
