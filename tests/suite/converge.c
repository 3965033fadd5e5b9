/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a study: grids are refined until the last two agree as well as the study needs. */
#include "converge.h"
#include "chain.h"
#include "kolmogorov.h"
#include "limit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_steps(const void *a, const void *b)
{
    const optcert_row *x = a;
    const optcert_row *y = b;
    return (x->steps > y->steps) - (x->steps < y->steps);
}

static bool has_steps(const optcert_converge *c, size_t steps)
{
    for (size_t i = 0; i < c->row_count; i++) {
        if (c->row[i].steps == steps) {
            return true;
        }
    }
    return false;
}

static void add_row(optcert_converge *c, size_t steps, bool requested)
{
    if (!has_steps(c, steps)) {
        c->row[c->row_count++] =
            (optcert_row){.steps = steps, .h = c->study.horizon / (double)steps, .requested = requested};
    }
}

void optcert_converge_set_steps(optcert_converge *c, const size_t *steps, size_t count, size_t rows)
{
    c->row_count = 0;
    size_t smallest = steps[0];
    for (size_t i = 0; i < count; i++) {
        add_row(c, steps[i], true);
        smallest = steps[i] < smallest ? steps[i] : smallest;
    }
    for (size_t next = 2 * smallest; c->row_count < rows; next *= 2) {
        add_row(c, next, false);
    }
    qsort(c->row, c->row_count, sizeof c->row[0], by_steps);
}

/* Wanted agreement of the last two grids, relative to the error: 6 digits in (theta, u), 4 with m. */
static double wanted_digits(const optcert_study *study)
{
    return study->dynamics.kind->has_m ? 5e-5 : 5e-7;
}

/* The limit's grids agree to this, relative to 1 + |value|: below the wanted digits of errors down to some 1e-3. */
static double limit_digits(const optcert_study *study)
{
    return study->dynamics.kind->has_m ? 2e-8 : study->dynamics.oracle.problem.kind->polynomial ? 2e-10 : 2e-9;
}

static bool limit_depends_on_h(const optcert_study *study)
{
    return optcert_limit_has_part(study) || study->mistake == OPTCERT_TIME_UNIT;
}

/* The time that a limit with a wrong time unit gives to the chain's steps: sqrt(h) each (SGD: h^2). */
static double duration(const optcert_study *study, double h)
{
    if (study->mistake != OPTCERT_TIME_UNIT) {
        return study->horizon;
    }
    return study->dynamics.kind->has_u ? study->horizon / sqrt(h) : study->horizon * h;
}

typedef struct refined {
    double value[OPTCERT_PHI_MAX], change[OPTCERT_PHI_MAX];
    double coefficient[OPTCERT_PHI_MAX], coefficient_change[OPTCERT_PHI_MAX];
} refined;

/* Moves new figures in; returns the largest change of a value relative to 1 + |value|. */
static double take(size_t count, const double *value, double *kept, double *change)
{
    double largest = 0.0;
    for (size_t p = 0; p < count; p++) {
        change[p] = fabs(value[p] - kept[p]);
        kept[p] = value[p];
        largest = fmax(largest, change[p] / (1.0 + fabs(value[p])));
    }
    return largest;
}

static optcert_converge_status solve_limit(const optcert_study *study, const optcert_frame *frame, unsigned index,
                                           double h, double *value, double *coefficient)
{
    const optcert_level level = optcert_frame_limit_level(study, index);
    const optcert_solve status = h < 0.0 ? optcert_limit_coefficient(study, frame, level, value, coefficient)
                                         : optcert_limit_expect(study, frame, level, h, duration(study, h), value);
    switch (status) {
    case OPTCERT_SOLVED:
        return OPTCERT_CONVERGE_OK;
    case OPTCERT_SOLVE_MEMORY:
        return OPTCERT_CONVERGE_MEMORY;
    case OPTCERT_SOLVE_DIVERGED:
        break;
    }
    return OPTCERT_CONVERGE_DIVERGED;
}

/* h < 0: the limit for h -> 0 with its leading coefficient. Ends when the last two grids agree, or when refining
 * makes it worse (rounding, or an equation that is only just well posed): then the pair before is kept. */
static optcert_converge_status refine_limit(const optcert_study *study, const optcert_frame *frame, double h,
                                            refined *out)
{
    double best = INFINITY;
    refined now = {{0.0}, {0.0}, {0.0}, {0.0}};
    for (unsigned i = 0; i < OPTCERT_LEVELS; i++) {
        double value[OPTCERT_PHI_MAX];
        double coefficient[OPTCERT_PHI_MAX] = {0.0};
        const optcert_converge_status status = solve_limit(study, frame, i, h, value, coefficient);
        if (status != OPTCERT_CONVERGE_OK) {
            return status;
        }
        double change = take(study->phi_count, value, now.value, now.change);
        /* a verdict on the coefficient needs 4 digits of it */
        change = fmax(change, take(study->phi_count, coefficient, now.coefficient, now.coefficient_change) *
                                  limit_digits(study) / 2e-5);
        if (i > 1 && !(change < best)) {
            break;
        }
        *out = now;
        best = i > 0 ? change : INFINITY;
        if (best <= limit_digits(study)) {
            break;
        }
    }
    return OPTCERT_CONVERGE_OK;
}

static bool fine_enough(const optcert_converge *c, const optcert_row *row, const double *change)
{
    for (size_t p = 0; p < c->study.phi_count; p++) {
        const double floor = 1e-12 * (1.0 + fabs(row->limit[p]));
        if (change[p] > wanted_digits(&c->study) * fabs(row->error[p]) + floor) {
            return false;
        }
    }
    return true;
}

static bool refine_chain(optcert_converge *c, const optcert_frame *frame, const refined *limit, optcert_row *row)
{
    const size_t count = c->study.phi_count;
    double change[OPTCERT_PHI_MAX];
    for (unsigned i = 0; i < OPTCERT_LEVELS; i++) {
        double value[OPTCERT_PHI_MAX];
        const optcert_level level = optcert_frame_chain_level(&c->study, i);
        if (!optcert_chain_expect(&c->study, frame, level, row->steps, value)) {
            return false;
        }
        take(count, value, row->chain, change);
        for (size_t p = 0; p < count; p++) {
            row->limit[p] = limit->value[p];
            row->error[p] = row->chain[p] - row->limit[p];
            row->resolution[p] = change[p] + limit->change[p];
        }
        if (i > 0 && fine_enough(c, row, change)) {
            break;
        }
    }
    return true;
}

static optcert_converge_status run_row(optcert_converge *c, const optcert_frame *frame, const refined *common,
                                       optcert_row *row)
{
    refined own = *common;
    if (limit_depends_on_h(&c->study)) {
        const optcert_converge_status status = refine_limit(&c->study, frame, row->h, &own);
        if (status != OPTCERT_CONVERGE_OK) {
            return status;
        }
    }
    return refine_chain(c, frame, &own, row) ? OPTCERT_CONVERGE_OK : OPTCERT_CONVERGE_MEMORY;
}

static optcert_estimate coefficient_of(const optcert_study *study, const refined *found, size_t p)
{
    const double value = optcert_noise_heavy(study->dynamics.oracle.noise) ? NAN : found->coefficient[p];
    return (optcert_estimate){value, value - found->coefficient_change[p], value + found->coefficient_change[p]};
}

/* The coefficient that the limit without any mistake has, and its values. */
static optcert_converge_status predict(optcert_converge *c, const optcert_frame *frame, refined *common)
{
    optcert_study honest = c->study;
    honest.mistake = OPTCERT_NO_MISTAKE;
    const optcert_converge_status status = refine_limit(&honest, frame, -1.0, common);
    for (size_t p = 0; status == OPTCERT_CONVERGE_OK && p < c->study.phi_count; p++) {
        c->predicted[p] = coefficient_of(&c->study, common, p);
    }
    return status;
}

optcert_converge_status optcert_converge_predict(const optcert_study *study, double *limit, optcert_estimate *coefficient)
{
    optcert_frame frame;
    refined found;
    optcert_frame_pilot(study, &frame);
    const optcert_converge_status status = refine_limit(study, &frame, -1.0, &found);
    for (size_t p = 0; status == OPTCERT_CONVERGE_OK && p < study->phi_count; p++) {
        limit[p] = found.value[p];
        coefficient[p] = coefficient_of(study, &found, p);
    }
    return status;
}

optcert_converge_status optcert_converge_run(optcert_converge *c, optcert_converge_progress progress, void *context)
{
    optcert_frame frame;
    refined common;
    c->method = OPTCERT_DETERMINISTIC;
    optcert_frame_pilot(&c->study, &frame);
    optcert_converge_status status = predict(c, &frame, &common);
    if (status == OPTCERT_CONVERGE_OK && c->study.mistake != OPTCERT_NO_MISTAKE) {
        status = refine_limit(&c->study, &frame, -1.0, &common);
    }
    for (size_t i = 0; status == OPTCERT_CONVERGE_OK && i < c->row_count; i++) {
        progress(context, i, c->row_count);
        status = run_row(c, &frame, &common, &c->row[i]);
    }
    if (status == OPTCERT_CONVERGE_OK) {
        progress(context, c->row_count, c->row_count);
        optcert_converge_fit(c);
        optcert_converge_claims(c);
    }
    return status;
}
