/* SPDX-License-Identifier: GPL-3.0-or-later
 * One case of the conformance suite. */
#include "conformance_run.h"
#include "allowance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 2, ROLE_THETA = 0, ROLE_GRAD = 1, ROLE_STATE = 2, ROLES = 2 + OC_REF_SLOTS };

/* Part of the vector that has an instance of its own. */
typedef struct part {
    optcert_instance *instance;
    size_t first, n;
} part;

typedef struct running {
    const optcert_conformance *job;
    const optcert_case *what;
    const optcert_hyper_case *hyper;
    const oc_ref_format *format;
    optcert_tallies *tallies;
    uint32_t stream;
    uint64_t step;    /* 0-based */
    bool tool_failed; /* the harness ran out of something: no word about the build */
    part parts[PARTS];
    optcert_truth *truth;
    void *theta, *grad, *raw;                       /* arrays of the format; raw is for a slot that is set */
    void *shown[OC_REF_SLOTS];                      /* and these for what the build shows after a step */
    bool exposed[OC_REF_SLOTS];                     /* by all parts */
    double *theta_value, *grad_value, *slot_value;  /* the same as doubles; slot_value is scratch */
    double *exact_theta, *exact_slot[OC_REF_SLOTS]; /* the bit-exact reference's own state */
} running;

static void *array(size_t n)
{
    return calloc(n + 1, sizeof(double)); /* + 1: n may be 0 */
}

static bool allocate(running *r)
{
    const size_t n = r->what->n;
    r->theta = array(n);
    r->grad = array(n);
    r->raw = array(n);
    r->theta_value = array(n);
    r->grad_value = array(n);
    r->slot_value = array(n);
    r->exact_theta = array(n);
    bool whole =
        r->theta && r->grad && r->raw && r->theta_value && r->grad_value && r->slot_value && r->exact_theta;
    for (size_t s = 0; s < r->job->dialect->slots; s++) {
        r->exact_slot[s] = array(n);
        r->shown[s] = array(n);
        whole = whole && r->exact_slot[s] != NULL && r->shown[s] != NULL;
    }
    r->truth = optcert_truth_new(r->job->dialect, r->format, n, &r->hyper->hyper);
    return whole && r->truth != NULL;
}

static void release(running *r)
{
    for (int p = 0; p < PARTS; p++) {
        optcert_build_destroy(
            r->parts[p].instance); /* where the case ended early: what it answers is known */
    }
    optcert_truth_free(r->truth);
    free(r->theta);
    free(r->grad);
    free(r->raw);
    free(r->theta_value);
    free(r->grad_value);
    free(r->slot_value);
    free(r->exact_theta);
    for (size_t s = 0; s < OC_REF_SLOTS; s++) {
        free(r->exact_slot[s]);
        free(r->shown[s]);
    }
}

static optcert_spot spot(const running *r, size_t element)
{
    return (optcert_spot){r->what->name, r->hyper->name, r->step, element};
}

/* Counts a call; false when it did not succeed. */
static bool succeeded(running *r, const char *call, optcert_outcome outcome)
{
    optcert_call_tally *calls = &r->tallies->calls;
    calls->made++;
    if (outcome == OPTCERT_OK) {
        return true;
    }
    if (outcome == OPTCERT_TOOL) {
        r->tool_failed = true;
        return false;
    }
    if (calls->failed++ == 0) {
        snprintf(calls->first, sizeof calls->first, "case %s, hyper-parameters %s, step %llu: %s: %s: %s",
                 r->what->name, r->hyper->name, (unsigned long long)r->step, call,
                 optcert_outcome_text(outcome), optcert_build_symptom(r->job->build));
    }
    return false;
}

/* What an array is for: its stream of random numbers and where its values come from. */
typedef struct role {
    uint32_t stream;
    optcert_source *source;
    const char *slot; /* for a slot of the state */
} role;

/* An array of the format, with its values as doubles. */
static void fill(running *r, const role *of, void *out, double *values)
{
    optcert_place place = {.format = r->format, .hyper = &r->hyper->hyper, .slot = of->slot};
    for (size_t i = 0; i < r->what->n; i++) {
        place.draw = (optcert_draw){.seed = r->job->seed,
                                    .stream = r->stream * ROLES + of->stream,
                                    .step = (uint32_t)(r->step - r->what->resume),
                                    .coordinate = (uint32_t)i};
        values[i] = oc_ref_round_double(r->format, of->source(&place));
        oc_ref_store(r->format, out, i, values[i]);
    }
}

static void *at(const running *r, void *base, const part *p)
{
    return (char *)base + p->first * r->format->size;
}

static bool create(running *r)
{
    const size_t head = r->what->split > 0 ? r->what->split : r->what->n;
    r->parts[0].n = head;
    r->parts[1].first = head;
    r->parts[1].n = r->what->n - head;
    static const optcert_placement placements[] = {OPTCERT_PLACE_END, OPTCERT_PLACE_START, OPTCERT_PLACE_ODD};
    for (int p = 0; p <= (r->what->split > 0 ? 1 : 0); p++) {
        const optcert_outcome outcome =
            optcert_build_create(r->job->build, r->parts[p].n, &r->hyper->hyper,
                                 placements[(r->stream + (uint32_t)p) % 3], &r->parts[p].instance);
        if (!succeeded(r, "create", outcome)) {
            return false;
        }
    }
    return true;
}

typedef enum answer { YES, NO, FAILED } answer;

static answer set_slot(running *r, const char *slot)
{
    for (int p = 0; p < PARTS && r->parts[p].instance != NULL; p++) {
        const optcert_outcome outcome =
            optcert_build_set(r->parts[p].instance, slot, at(r, r->raw, &r->parts[p]), r->step);
        if (outcome == OPTCERT_NOT_EXPOSED) {
            return NO;
        }
        if (!succeeded(r, "set", outcome)) {
            return FAILED;
        }
    }
    return YES;
}

/* Hands the build, the truth and the bit-exact reference a state at the case's step. */
static answer resume(running *r)
{
    const oc_ref_dialect *dialect = r->job->dialect;
    r->step = r->what->resume;
    for (size_t s = 0; s < dialect->slots; s++) {
        const role of = {ROLE_STATE + (uint32_t)s, optcert_case_state, dialect->slot[s]};
        fill(r, &of, r->raw, r->exact_slot[s]);
        const answer set = set_slot(r, dialect->slot[s]);
        if (set != YES) {
            return set;
        }
        optcert_truth_set_slot(r->truth, s, r->exact_slot[s]);
    }
    optcert_truth_set_step(r->truth, r->step);
    return YES;
}

/* Parameters (slot < 0) or a slot, as the build has them in `values`, against both references. */
static void compare(running *r, int slot, const double *values)
{
    optcert_error_tally *tally = slot < 0 ? &r->tallies->theta : &r->tallies->slot[slot];
    const double *exact = slot < 0 ? r->exact_theta : r->exact_slot[slot];
    for (size_t i = 0; i < r->what->n; i++) {
        const optcert_spot here = spot(r, i);
        const oc_ref_ball *truth =
            slot < 0 ? optcert_truth_theta(r->truth, i) : optcert_truth_slot(r->truth, (size_t)slot, i);
        optcert_tally_error(tally, r->format, &here, values[i], truth);
        if (r->job->dialect->exact != NULL) {
            optcert_tally_bits(&r->tallies->bits, &here, values[i], exact[i]);
        }
    }
}

static void load(const running *r, const void *from, double *to)
{
    for (size_t i = 0; i < r->what->n; i++) {
        to[i] = oc_ref_load(r->format, from, i);
    }
}

/* Every slot that the build shows, compared, and made the start of the next step. */
static void compare_slots(running *r)
{
    for (size_t s = 0; s < r->job->dialect->slots; s++) {
        if (r->exposed[s]) {
            load(r, r->shown[s], r->slot_value);
            compare(r, (int)s, r->slot_value);
            optcert_truth_set_slot(r->truth, s, r->slot_value);
        }
    }
}

/* A step of one part, and its slots. */
static bool step_part(running *r, const part *p)
{
    const oc_ref_dialect *dialect = r->job->dialect;
    optcert_shown shown = {.count = dialect->slots};
    for (size_t s = 0; s < dialect->slots; s++) {
        shown.slot[s] = dialect->slot[s];
        shown.out[s] = at(r, r->shown[s], p);
    }
    const optcert_outcome outcome = optcert_build_step_shown(p->instance, at(r, r->theta, p), at(r, r->grad, p), &shown);
    for (size_t s = 0; s < dialect->slots; s++) {
        r->exposed[s] = r->exposed[s] && shown.exposed[s];
        r->tallies->calls.made += shown.exposed[s] ? 1 : 0;
    }
    return succeeded(r, dialect->slots > 0 ? "step and get" : "step", outcome);
}

static bool step_build(running *r)
{
    for (size_t s = 0; s < r->job->dialect->slots; s++) {
        r->exposed[s] = true;
    }
    for (int p = 0; p < PARTS && r->parts[p].instance != NULL; p++) {
        if (!step_part(r, &r->parts[p])) {
            return false;
        }
    }
    return true;
}

static bool one_step(running *r)
{
    const oc_ref_dialect *dialect = r->job->dialect;
    fill(r, &(role){ROLE_GRAD, r->what->grad, NULL}, r->grad, r->grad_value);
    optcert_truth_step(r->truth, r->theta_value, r->grad_value);
    if (dialect->exact != NULL) {
        dialect->exact(r->format, &r->hyper->hyper, r->step, r->what->n, r->exact_theta, r->exact_slot,
                       r->grad_value);
    }
    if (!step_build(r)) {
        return false;
    }
    load(r, r->theta, r->theta_value);
    compare(r, -1, r->theta_value);
    compare_slots(r);
    return true;
}

static void destroy(running *r)
{
    for (int p = 0; p < PARTS && r->parts[p].instance != NULL; p++) {
        const optcert_outcome outcome = optcert_build_destroy(r->parts[p].instance);
        r->parts[p].instance = NULL;
        succeeded(r, "destroy", outcome);
    }
}

static void steps(running *r)
{
    fill(r, &(role){ROLE_THETA, r->what->theta, NULL}, r->theta, r->theta_value);
    memcpy(r->exact_theta, r->theta_value, r->what->n * sizeof(double));
    if (!create(r) || (r->what->resume > 0 && resume(r) != YES)) {
        return;
    }
    for (uint32_t k = 0; k < r->what->steps; k++) {
        if (!one_step(r)) {
            return;
        }
        r->step++;
    }
    destroy(r);
}

bool optcert_conformance_case(const optcert_conformance *job, const optcert_case *what,
                              const optcert_hyper_case *hyper, uint32_t stream, optcert_tallies *tallies)
{
    running r = {.job = job, .what = what, .hyper = hyper, .stream = stream, .tallies = tallies};
    r.format = optcert_build_describe(job->build)->scalar == OPTCERT_F32 ? &oc_ref_f32 : &oc_ref_f64;
    const bool whole = allocate(&r);
    if (whole) {
        steps(&r);
    }
    release(&r);
    return whole && !r.tool_failed;
}
