/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records against models. */
#include "record.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What the model's formats leave over: a value that it could not have written, and did not leave alone, is none of its. */
static bool admitted(const optcert_record *record, const optcert_model *model, size_t step, size_t i, const char *quantity,
                     double got)
{
    const bool theta = quantity[0] == 't';
    if (theta && got == record->theta[step * record->n + i]) {
        return true;
    }
    switch (model->trait[TRAIT_PRECISION]) {
    case MODEL_PRECISION_FLUSH:
        return got == 0 || fabs(got) >= ldexp(1, (int)(record->format->emin + record->format->prec) - 2) || isnan(got);
    case MODEL_PRECISION_FLOAT:
        return (double)(float)got == got || isnan(got) || (theta && fabs(got) > FLT_MAX);
    default:
        return true;
    }
}

static void note(optcert_mismatch *first, const optcert_record *record, size_t step, size_t element,
                 const char *quantity, const optcert_ball *ball, double got)
{
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, LDBL_MANT_DIG);
    optcert_ball_to(&truth, ball);
    *first = (optcert_mismatch){.record = record,
                                .step = step,
                                .element = element,
                                .quantity = quantity,
                                .expected = optcert_round(record->format, ball->mid),
                                .got = got,
                                .gap = oc_ref_ulps(record->format, got, &truth).ulps,
                                .allowed = (double)ball->rad / exp2((double)oc_ref_ulp_exponent(record->format, truth.mid))};
    oc_ref_ball_clear(&truth);
}

typedef struct matching {
    const optcert_record *record;
    optcert_walk *walk;
    const optcert_model *model;
    double slack;
    const char *only; /* the quantity that is looked at; NULL: all */
    optcert_mismatch *first;
} matching;

static bool looks_at(const matching *m, const char *quantity)
{
    return m->only == NULL || strcmp(m->only, quantity) == 0;
}

/* One value; `ball` may be widened. */
static bool value_matches(const matching *m, size_t step, size_t i, const char *quantity, const optcert_ball *ball,
                          double got)
{
    bool in = optcert_inside(m->record->format, got, ball);
    if (!in && m->slack > 1 && optcert_finite(ball->mid) && isfinite(got)) {
        in = fabsl(got - ball->mid) <= m->slack * ball->rad;
    }
    in = in && admitted(m->record, m->model, step, i, quantity, got);
    if (!in && m->first != NULL) {
        note(m->first, m->record, step, i, quantity, ball, got);
    }
    return in;
}

static bool slots_match(const matching *m, size_t k)
{
    const size_t n = m->record->n;
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        for (size_t i = 0; m->record->slot[s] != NULL && looks_at(m, optcert_slot_name[s]) && i < n; i++) {
            const optcert_ball *ball = optcert_walk_slot(m->walk, optcert_slot_name[s], i);
            if (ball != NULL &&
                !value_matches(m, k, i, optcert_slot_name[s], ball, m->record->slot[s][k * n + i])) {
                return false;
            }
        }
    }
    return true;
}

static bool step_matches(const matching *m, size_t k)
{
    const size_t n = m->record->n;
    optcert_walk_step(m->walk, m->record->theta + k * n, m->record->grad + k * n);
    for (size_t i = 0; looks_at(m, "theta") && i < n; i++) {
        if (!value_matches(m, k, i, "theta", optcert_walk_theta(m->walk, i), m->record->theta[(k + 1) * n + i])) {
            return false;
        }
    }
    return slots_match(m, k);
}

void optcert_record_begin(const optcert_record *record, optcert_walk *walk, const optcert_model *model)
{
    optcert_walk_begin(walk, model, record->format, record->n, &record->probe.hyper.hyper, &record->around);
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        if (record->state[s] != NULL) {
            optcert_walk_set(walk, optcert_slot_name[s], record->state[s], record->probe.what->resume);
        }
    }
}

static bool all_steps(const matching *m)
{
    optcert_record_begin(m->record, m->walk, m->model);
    for (size_t k = 0; k < m->record->steps; k++) {
        if (!step_matches(m, k)) {
            return false;
        }
    }
    return true;
}

bool optcert_record_matches(const optcert_record *record, optcert_walk *walk, const optcert_model *model,
                            double slack, optcert_mismatch *first)
{
    return all_steps(&(matching){record, walk, model, slack, NULL, first});
}

bool optcert_record_matches_in(const optcert_record *record, optcert_walk *walk, const optcert_model *model,
                               const char *quantity, optcert_mismatch *first)
{
    return all_steps(&(matching){record, walk, model, 1, quantity, first});
}

void optcert_mismatch_text(const optcert_mismatch *m, const char *model, char *out, size_t size)
{
    const optcert_probe *probe = &m->record->probe;
    snprintf(out, size,
             "first differs at step %zu, element %zu of %s (case %s, hyper-parameters %s): %s gives %a (%.9g), the "
             "build %a (%.9g), %.3g ulp away where roundings explain %.3g",
             (size_t)probe->what->resume + m->step, m->element, m->quantity, probe->what->name, probe->hyper.name, model,
             m->expected, m->expected, m->got, m->got, m->gap, m->allowed);
}
