/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making records. Holding them against models: record_match.c. */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

const char *const optcert_slot_name[OPTCERT_SLOT_NAMES] = {"m", "v", "vmax"};

enum { STREAM_THETA = 0, STREAM_GRAD = 1, STREAM_STATE = 2, STREAMS = 2 + OPTCERT_SLOT_NAMES, STREAM_BASE = 1 << 24 };

void optcert_prober_start(optcert_prober *prober, optcert_build_handle *build, uint64_t seed)
{
    *prober = (optcert_prober){.build = build, .seed = seed};
    prober->format = optcert_build_describe(build)->scalar == OPTCERT_F32 ? &oc_ref_f32 : &oc_ref_f64;
}

void optcert_record_free(optcert_record *record)
{
    if (record == NULL) {
        return;
    }
    free(record->theta);
    free(record->grad);
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        free(record->slot[s]);
        free(record->state[s]);
    }
    free(record);
}

static double *rows(size_t count, size_t n)
{
    return calloc(count * n + 1, sizeof(double));
}

static optcert_record *record_empty(const optcert_probe *probe, const oc_ref_format *format)
{
    optcert_record *record = calloc(1, sizeof *record);
    if (record == NULL) {
        return NULL;
    }
    record->probe = *probe;
    record->format = format;
    record->n = probe->what->n;
    record->theta = rows(probe->what->steps + 1, record->n);
    record->grad = rows(probe->what->steps, record->n);
    if (record->theta == NULL || record->grad == NULL) {
        optcert_record_free(record);
        return NULL;
    }
    return record;
}

/* What an array is for: its stream of random numbers, and where its values come from. */
typedef struct role {
    uint32_t stream;
    optcert_source *source;
    const char *slot;
} role;

static void fill(const optcert_record *record, uint64_t seed, const role *of, size_t step, double *values)
{
    optcert_place place = {.format = record->format, .hyper = &record->probe.hyper.hyper, .slot = of->slot};
    for (size_t i = 0; i < record->n; i++) {
        place.draw = (optcert_draw){seed, STREAM_BASE + of->stream, (uint32_t)step, (uint32_t)i};
        values[i] = oc_ref_round_double(record->format, of->source(&place));
    }
}

static void fill_inputs(const optcert_record *record, uint64_t seed)
{
    const optcert_case *what = record->probe.what;
    fill(record, seed, &(role){STREAM_THETA, what->theta, NULL}, 0, record->theta);
    for (size_t k = 0; k < what->steps; k++) {
        fill(record, seed, &(role){STREAM_GRAD, what->grad, NULL}, k, record->grad + k * record->n);
    }
}

/* --- a build's record --- */

/* One probe under way; raw arrays are of the build's format. */
typedef struct probing {
    optcert_prober *prober;
    optcert_record *record;
    optcert_instance *instance;
    void *theta, *raw, *slot[OPTCERT_SLOT_NAMES];
} probing;

static void store(const probing *p, const double *values, void *raw)
{
    for (size_t i = 0; i < p->record->n; i++) {
        oc_ref_store(p->record->format, raw, i, values[i]);
    }
}

static void load(const probing *p, const void *raw, double *values)
{
    for (size_t i = 0; i < p->record->n; i++) {
        values[i] = oc_ref_load(p->record->format, raw, i);
    }
}

/* False, with the symptom, when a call failed: its process may be gone, and with it what it had been through. */
static bool succeeded(probing *p, const char *call, optcert_outcome outcome)
{
    optcert_record *record = p->record;
    p->prober->calls++;
    if (outcome == OPTCERT_OK) {
        return true;
    }
    record->outcome = outcome;
    snprintf(record->symptom, sizeof record->symptom, "%s: %s: %.200s", call, optcert_outcome_text(outcome),
             optcert_build_symptom(p->prober->build));
    if (outcome != OPTCERT_REFUSED && outcome != OPTCERT_NOT_EXPOSED) {
        p->prober->around = (optcert_surroundings){0};
    }
    return false;
}

/* The slots that the build shows are set to a random state, all at the case's step. */
static bool resume(probing *p)
{
    optcert_record *record = p->record;
    const uint64_t step = record->probe.what->resume;
    bool any = false;
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        if (p->prober->silent[s]) {
            continue;
        }
        record->state[s] = rows(1, record->n);
        if (record->state[s] == NULL) {
            record->outcome = OPTCERT_TOOL;
            return false;
        }
        const role of = {STREAM_STATE + (uint32_t)s, optcert_case_state, optcert_slot_name[s]};
        fill(record, p->prober->seed, &of, 0, record->state[s]);
        store(p, record->state[s], p->raw);
        const optcert_outcome outcome = optcert_build_set(p->instance, optcert_slot_name[s], p->raw, step);
        if (outcome == OPTCERT_NOT_EXPOSED) {
            free(record->state[s]);
            record->state[s] = NULL;
        } else if (!succeeded(p, "set", outcome)) {
            return false;
        } else {
            any = true;
        }
    }
    record->outcome = any ? OPTCERT_OK : OPTCERT_NOT_EXPOSED;
    return any;
}

/* The slots that the build may show, with room for them. False when memory fails. */
static bool ask(probing *p, optcert_shown *shown, int *place)
{
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        if (p->prober->silent[s]) {
            continue;
        }
        p->slot[s] = p->slot[s] != NULL ? p->slot[s] : rows(1, p->record->n);
        if (p->slot[s] == NULL) {
            return false;
        }
        place[shown->count] = s;
        shown->slot[shown->count] = optcert_slot_name[s];
        shown->out[shown->count++] = p->slot[s];
    }
    return true;
}

/* Every slot that the build showed after step k. False when memory fails. */
static bool keep(probing *p, const optcert_shown *shown, const int *place, size_t k)
{
    optcert_record *record = p->record;
    for (size_t i = 0; i < shown->count; i++) {
        const int s = place[i];
        p->prober->silent[s] = !shown->exposed[i];
        if (!shown->exposed[i]) {
            continue;
        }
        record->slot[s] = record->slot[s] != NULL ? record->slot[s] : rows(record->probe.what->steps, record->n);
        if (record->slot[s] == NULL) {
            return false;
        }
        p->prober->calls++;
        load(p, p->slot[s], record->slot[s] + k * record->n);
    }
    return true;
}

static bool take_step(probing *p, size_t k)
{
    optcert_record *record = p->record;
    optcert_surroundings *around = &p->prober->around;
    optcert_shown shown = {.count = 0};
    int place[OPTCERT_SLOT_NAMES];
    if (around->steps_before == 0) {
        around->first_hyper = record->probe.hyper.hyper;
        record->around.first_hyper = record->probe.hyper.hyper;
    }
    store(p, record->grad + k * record->n, p->raw);
    around->steps_before++;
    if (!ask(p, &shown, place)) {
        record->outcome = OPTCERT_TOOL;
        return false;
    }
    if (!succeeded(p, shown.count > 0 ? "step and get" : "step",
                   optcert_build_step_shown(p->instance, p->theta, p->raw, &shown))) {
        return false;
    }
    load(p, p->theta, record->theta + (k + 1) * record->n);
    if (!keep(p, &shown, place, k)) {
        record->outcome = OPTCERT_TOOL;
        return false;
    }
    return true;
}

static void run(probing *p)
{
    optcert_record *record = p->record;
    const optcert_case *what = record->probe.what;
    record->around = p->prober->around;
    store(p, record->theta, p->theta);
    if (!succeeded(p, "create",
                   optcert_build_create(p->prober->build, record->n, &record->probe.hyper.hyper, OPTCERT_PLACE_END,
                                        &p->instance))) {
        return;
    }
    if (what->resume > 0 && !resume(p)) {
        return;
    }
    while (record->steps < what->steps && take_step(p, record->steps)) {
        record->steps++;
    }
}

optcert_record *optcert_record_new(optcert_prober *prober, const optcert_probe *probe)
{
    probing p = {.prober = prober, .record = record_empty(probe, prober->format)};
    if (p.record == NULL) {
        return NULL;
    }
    p.theta = rows(1, probe->what->n);
    p.raw = rows(1, probe->what->n);
    const bool room = p.theta != NULL && p.raw != NULL;
    if (room) {
        fill_inputs(p.record, prober->seed);
        run(&p);
        optcert_build_destroy(p.instance);
    }
    free(p.theta);
    free(p.raw);
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        free(p.slot[s]);
    }
    prober->probes++;
    if (!room || p.record->outcome == OPTCERT_TOOL) {
        optcert_record_free(p.record);
        return NULL;
    }
    return p.record;
}

/* --- a model's record --- */

optcert_record *optcert_record_predicted(optcert_walk *walk, const optcert_model *model, const oc_ref_format *format,
                                         uint64_t seed, const optcert_probe *probe)
{
    optcert_record *record = record_empty(probe, format);
    if (record == NULL) {
        return NULL;
    }
    fill_inputs(record, seed);
    record->around.first_hyper = probe->hyper.hyper;
    optcert_walk_begin(walk, model, format, record->n, &probe->hyper.hyper, &record->around);
    for (size_t k = 0; k < probe->what->steps; k++) {
        optcert_walk_step(walk, record->theta + k * record->n, record->grad + k * record->n);
        for (size_t i = 0; i < record->n; i++) {
            record->theta[(k + 1) * record->n + i] = optcert_round(format, optcert_walk_theta(walk, i)->mid);
        }
    }
    record->steps = probe->what->steps;
    return record;
}

size_t optcert_record_room(void)
{
    size_t most = 0;
    for (size_t i = 0; i < optcert_case_count(); i++) {
        most = optcert_case_at(i)->n > most ? optcert_case_at(i)->n : most;
    }
    return most;
}
