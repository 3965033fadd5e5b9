/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a study: grids are refined until the last two agree as well as the study needs. */
#include "converge.h"
#include "chain.h"
#include "kolmogorov.h"
#include "zero_start.h"

#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdlib.h>

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

void optcert_converge_set_svag(optcert_converge *c, size_t steps, const size_t *l, size_t count)
{
    c->row_count = 0;
    for (size_t i = 0; i < count; i++) {
        add_row(c, steps * l[i] * l[i], true);
        c->row[c->row_count - 1].amplification = (double)l[i];
    }
    qsort(c->row, c->row_count, sizeof c->row[0], by_steps);
}

/* The chain of a row: SVAG(l) has eta/l, so that eps0 = eps eta and c_i = (1-beta_i)/eta^2 stay by its other scalings. */
optcert_study optcert_converge_chain(const optcert_converge *c, const optcert_row *row)
{
    optcert_study study = c->study;
    const double l = row->amplification;
    if (l == 0.0) {
        return study;
    }
    study.dynamics.oracle.amplification = c->svag_mistake == OPTCERT_SVAG_ONE_CALL ? 1.0 : l;
    if (c->svag_mistake == OPTCERT_SVAG_KEPT_EPS) {
        study.dynamics.eps0 /= l;
    }
    if (c->svag_mistake == OPTCERT_SVAG_KEPT_BETAS) {
        study.dynamics.c1 *= l * l;
        study.dynamics.c2 *= l * l;
    }
    return study;
}

/* Wanted agreement of the last two grids, relative to the error: 6 digits in (theta, u), 4 with m. */
static double wanted_digits(const optcert_study *study)
{
    return study->dynamics.kind->has_m ? 5e-5 : 5e-7;
}

/* The limit's grids agree to this, relative to 1 + |value|: below the wanted digits of errors down to some
 * 1e-3; SGD's, which has errors of order 2 too, below those of some 1e-6. */
static double limit_digits(const optcert_study *study)
{
    return study->dynamics.kind->has_m                       ? 2e-8
           : !study->dynamics.kind->has_u                    ? 2e-12
           : study->dynamics.oracle.problem.kind->polynomial ? 2e-10
                                                             : 2e-9;
}

/* The time that a limit with a wrong time unit gives to the chain's steps: sqrt(h) each (SGD: h^2). */
double optcert_converge_duration(const optcert_study *study, double h)
{
    if (study->mistake != OPTCERT_TIME_UNIT) {
        return study->horizon;
    }
    return study->dynamics.kind->has_u ? study->horizon / sqrt(h) : study->horizon * h;
}

/* An answer on the grids tried so far, and its last change. */
typedef struct refined {
    double value[OPTCERT_PHI_MAX], change[OPTCERT_PHI_MAX];
    double slope[OPTCERT_PHI_MAX], slope_change[OPTCERT_PHI_MAX];
    double coefficient[OPTCERT_PHI_MAX], coefficient_change[OPTCERT_PHI_MAX];
    double part[OPTCERT_PHI_MAX], part_change[OPTCERT_PHI_MAX];
    bool half[OPTCERT_PHI_MAX]; /* its error starts with sqrt(h), so that the integral behind `coefficient` diverges */
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

/* Answers how far the last two grids are apart, in units of what is wanted. */
typedef bool one_grid(const optcert_study *study, const optcert_frame *frame, unsigned index, double h,
                      refined *now, double *apart);

static bool values_on(const optcert_study *study, const optcert_frame *frame, unsigned index, double h,
                      refined *now, double *apart)
{
    optcert_prediction found;
    const optcert_level level = optcert_frame_limit_level(study, index);
    if (!optcert_limit_predict(study, frame, level, h, optcert_converge_duration(study, h), false, &found)) {
        return false;
    }
    *apart = take(study->phi_count, found.value, now->value, now->change) / limit_digits(study);
    take(study->phi_count, found.slope, now->slope, now->slope_change);
    for (size_t p = 0; p < study->phi_count; p++) {
        now->change[p] += found.change * (1.0 + fabs(found.value[p]));
    }
    return true;
}

/* A verdict on the coefficient needs 4 digits of it. */
static bool integrals_on(const optcert_study *study, const optcert_frame *frame, unsigned index, double h,
                         refined *now, double *apart)
{
    static const double wanted = 2e-5;
    optcert_prediction found;
    const optcert_level level = optcert_frame_limit_level(study, index);
    (void)h; /* it is one of h -> 0 */
    if (!optcert_limit_predict(study, frame, level, 0.0, study->horizon, true, &found)) {
        return false;
    }
    for (size_t p = 0; p < study->phi_count; p++) {
        found.coefficient[p] = now->half[p] ? 0.0 : found.coefficient[p];
    }
    *apart = fmax(take(study->phi_count, found.coefficient, now->coefficient, now->coefficient_change),
                  take(study->phi_count, found.part, now->part, now->part_change)) /
             wanted;
    return true;
}

/* Ends when the last two grids agree, or when refining makes it worse (rounding): then the pair before is
 * kept. */
static bool refine(const optcert_study *study, const optcert_frame *frame, double h, one_grid *solve,
                   refined *out)
{
    double best = INFINITY;
    refined now = *out;
    for (unsigned i = 0; i < OPTCERT_LEVELS && !(best <= 1.0); i++) {
        double apart;
        if (!solve(study, frame, i, h, &now, &apart)) {
            return false;
        }
        if (i > 1 && !(apart < best)) {
            break;
        }
        *out = now;
        best = i > 0 ? apart : INFINITY;
    }
    return true;
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

static bool refine_chain(optcert_converge *c, const refined *limit, optcert_row *row)
{
    const size_t count = c->study.phi_count;
    const bool moved = c->study.second_order && c->study.dynamics.kind->optimizer != OPTCERT_SGD;
    double change[OPTCERT_PHI_MAX];
    const optcert_study chain = optcert_converge_chain(c, row);
    optcert_frame frame;
    if (!optcert_frame_pilot(&chain, row->h, &frame)) {
        return false;
    }
    for (unsigned i = 0; i < OPTCERT_LEVELS; i++) {
        double value[OPTCERT_PHI_MAX];
        const optcert_level level = optcert_frame_chain_level(&chain, i);
        if (!optcert_chain_expect(&chain, &frame, level, row->steps, value)) {
            return false;
        }
        take(count, value, row->chain, change);
        for (size_t p = 0; p < count; p++) {
            row->limit[p] = limit->value[p] + (moved ? row->h * limit->part[p] : 0.0);
            row->error[p] = row->chain[p] - row->limit[p];
            row->resolution[p] =
                change[p] + limit->change[p] + (moved ? row->h * limit->part_change[p] : 0.0);
        }
        if (i > 0 && fine_enough(c, row, change)) {
            break;
        }
    }
    return true;
}

/* The limit whose equation depends on h: SGD's part of order h, and a wrong time unit. */
static bool limit_depends_on_h(const optcert_study *study)
{
    return study->dynamics.kind->optimizer == OPTCERT_SGD || study->mistake == OPTCERT_TIME_UNIT;
}

/* The limit from m = u = 0, which needs no grid. */
static bool zero_values(const optcert_study *study, double duration, refined *out)
{
    static const double solved = 1e-11; /* what the equation's solver leaves, relative to 1 + |value| */
    const bool ok = optcert_zero_limit(study, duration, out->value);
    for (size_t p = 0; p < study->phi_count; p++) {
        out->change[p] = solved * (1.0 + fabs(out->value[p]));
    }
    return ok;
}

static bool limit_at(const optcert_study *study, const optcert_frame *frame, double h, refined *out)
{
    return optcert_zero_start(study) ? zero_values(study, optcert_converge_duration(study, h), out)
                                     : refine(study, frame, h, values_on, out);
}

/* Of the chain's steps of any h. */
typedef struct shared {
    optcert_frame frame;
    refined limit;
} shared;

static bool run_row(optcert_converge *c, const void *context, optcert_row *row)
{
    const shared *s = context;
    refined own = s->limit;
    return (!limit_depends_on_h(&c->study) || limit_at(&c->study, &s->frame, row->h, &own)) &&
           refine_chain(c, &own, row);
}

/* None (NaN) where E z^4 does not exist, nor for SVAG over a skewed law: its skewness, some 1.5/l of the law's, adds an
 * error of order 1/l^2 of its own. */
static optcert_estimate coefficient_of(const optcert_study *study, const refined *found, size_t p)
{
    optcert_oracle single = study->dynamics.oracle;
    single.amplification = 1.0;
    const bool svag = study->dynamics.oracle.amplification > 1.0;
    const bool skewed = svag && fabs(optcert_oracle_skewness(&single, &study->start.theta, 0)) > 1e-9;
    const double value = optcert_noise_heavy(single.noise) || skewed ? NAN : found->coefficient[p];
    return (optcert_estimate){value, value - found->coefficient_change[p], value + found->coefficient_change[p]};
}

/* Adam from t = 0 with momentum. Near 0 theta loses sqrt(gamma_2)/(gamma_1 P) m ~ m0 rate t^(-1/2) a unit of time; the
 * chain sums this at t = h, 2h, ..., and sum h (jh)^(-1/2) less its integral is zeta(1/2) sqrt(h) + O(h). So the chain's
 * theta is off by -zeta(1/2) m0 rate sqrt(h) from the start (in a case without noise: Coq, adam_start.half_order). */
static double lead_at_start(const optcert_study *study)
{
    const optcert_dynamics *d = &study->dynamics;
    if (!d->kind->has_m || study->t0 > 0.0) {
        return 0.0;
    }
    const double rate = sqrt(d->c2) / (d->c1 * d->sigma0 * sqrt(study->start.u));
    return -gsl_sf_zeta(0.5) * study->start.m * rate;
}

static void set_half_orders(optcert_converge *c, refined *common)
{
    const double lead = lead_at_start(&c->study);
    for (size_t p = 0; p < c->study.phi_count; p++) {
        common->half[p] = fabs(lead * common->slope[p]) > 1e-9 * (1.0 + fabs(common->value[p]));
        c->leading[p] = common->half[p] ? 0.5 : 1.0;
        if (common->half[p]) {
            const double value = lead * common->slope[p];
            const double change = fabs(lead * common->slope_change[p]);
            c->predicted[p] = (optcert_estimate){value, value - change, value + change};
        }
    }
}

double optcert_converge_leading(const optcert_converge *c, size_t p)
{
    return c->leading[p] > 0.0 ? c->leading[p] : 1.0;
}

/* From m = u = 0: coefficients of h log(1/h). */
static bool predict_zero(optcert_converge *c, refined *common)
{
    double lead[OPTCERT_PHI_MAX];
    optcert_study honest = c->study;
    honest.mistake = OPTCERT_NO_MISTAKE;
    if (!optcert_zero_lead(&honest, lead) || !zero_values(&c->study, c->study.horizon, common)) {
        return false;
    }
    for (size_t p = 0; p < c->study.phi_count; p++) {
        c->logarithm[p] = lead[p] != 0.0;
        const double value = c->logarithm[p] ? lead[p] : NAN;
        c->predicted[p] = (optcert_estimate){value, value, value};
    }
    return true;
}

/* The coefficient that the limit without any mistake has. */
static bool predict(optcert_converge *c, const optcert_frame *frame, refined *common)
{
    optcert_study honest = c->study;
    honest.mistake = OPTCERT_NO_MISTAKE;
    if (lead_at_start(&honest) != 0.0) {
        if (!refine(&honest, frame, 0.0, values_on, common)) {
            return false;
        }
        set_half_orders(c, common);
    }
    if (c->row[0].amplification > 0.0) { /* the law for l -> infinity: what is left of the cumulants is below 1e-7 */
        honest.dynamics.oracle.amplification = OPTCERT_SVAG_FAR;
    }
    const bool ok = refine(&honest, frame, 0.0, integrals_on, common);
    for (size_t p = 0; ok && p < c->study.phi_count; p++) {
        if (!common->half[p]) {
            c->predicted[p] = coefficient_of(&honest, common, p);
        }
    }
    return ok;
}

/* The grids of limits are chosen by a pilot run of steps this long. */
static double pilot_step(const optcert_study *study)
{
    return study->horizon / 64;
}

optcert_converge_status optcert_converge_predict(const optcert_study *study, double *limit,
                                                 optcert_estimate *coefficient)
{
    optcert_frame frame;
    refined found = {.value = {0.0}};
    if (!optcert_frame_pilot(study, pilot_step(study), &frame) || !refine(study, &frame, 0.0, integrals_on, &found) ||
        !refine(study, &frame, 0.0, values_on, &found)) {
        return OPTCERT_CONVERGE_MEMORY;
    }
    for (size_t p = 0; p < study->phi_count; p++) {
        if (!isfinite(found.value[p])) {
            return OPTCERT_CONVERGE_DIVERGED;
        }
        limit[p] = found.value[p];
        coefficient[p] = coefficient_of(study, &found, p);
    }
    return OPTCERT_CONVERGE_OK;
}

/* Rows added beyond the last one while the data do not decide. */
enum { MOST_STEPS_ADDED = 2048 };

bool optcert_converge_add_finer(optcert_converge *c)
{
    const size_t steps = 2 * c->row[c->row_count - 1].steps;
    if (c->row[0].amplification > 0.0 || c->verdict != OPTCERT_INCONCLUSIVE ||
        c->row_count == OPTCERT_ROWS_MAX || steps > MOST_STEPS_ADDED) {
        return false;
    }
    add_row(c, steps, false);
    return true;
}

bool optcert_converge_rows(optcert_converge *c, optcert_converge_run_row *run, const void *own,
                           optcert_converge_progress progress, void *context)
{
    size_t i = 0;
    do {
        for (; i < c->row_count; i++) {
            progress(context, i, c->row_count);
            if (!run(c, own, &c->row[i])) {
                return false;
            }
        }
        progress(context, c->row_count, c->row_count);
        optcert_converge_fit(c);
        optcert_converge_claims(c);
    } while (optcert_converge_add_finer(c));
    return true;
}

/* Coefficients, and what all rows share. */
static bool prepare(optcert_converge *c, shared *s)
{
    if (!optcert_frame_pilot(&c->study, pilot_step(&c->study), &s->frame)) {
        return false;
    }
    if (optcert_zero_start(&c->study)) {
        return predict_zero(c, &s->limit);
    }
    return predict(c, &s->frame, &s->limit) &&
           (limit_depends_on_h(&c->study) || limit_at(&c->study, &s->frame, 0.0, &s->limit));
}

optcert_converge_status optcert_converge_run(optcert_converge *c, optcert_converge_progress progress, void *context)
{
    shared s = {.limit.value = {0.0}};
    c->method = OPTCERT_DETERMINISTIC;
    if (!prepare(c, &s)) {
        return OPTCERT_CONVERGE_MEMORY;
    }
    for (size_t p = 0; p < c->study.phi_count; p++) {
        if (!isfinite(s.limit.value[p])) {
            return OPTCERT_CONVERGE_DIVERGED;
        }
    }
    return optcert_converge_rows(c, run_row, &s, progress, context) ? OPTCERT_CONVERGE_OK : OPTCERT_CONVERGE_MEMORY;
}
