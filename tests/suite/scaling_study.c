/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs, differences, claims. */
#include "scaling_study.h"
#include "average.h"
#include "chain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static optcert_optimizer optimizer_of(const optcert_scaling_study *s)
{
    return s->study.dynamics.kind->optimizer;
}

static void first_run(const optcert_scaling_study *s, size_t steps, optcert_scaling_run *run)
{
    optcert_scaling_run_of(&s->study.dynamics, s->study.t0, s->study.horizon, steps, run);
    run->average = s->average_rate > 0.0 ? exp(-s->average_rate * s->study.horizon / (double)steps) : 0.0;
}

bool optcert_scaling_check(const optcert_scaling_study *s, char reason[OPTCERT_SCALING_REASON])
{
    optcert_scaling_run run, scaled;
    first_run(s, s->steps[0], &run);
    if (!optcert_scaling_rule_matters(s->rule, optimizer_of(s), &run)) {
        snprintf(reason, OPTCERT_SCALING_REASON, "--control '%s' changes nothing for %s with these values",
                 optcert_scaling_rule_name(s->rule), s->study.dynamics.kind->name);
        return false;
    }
    for (size_t k = 0; k < s->kappa_count; k++) {
        optcert_oracle oracle = s->study.dynamics.oracle;
        oracle.batch *= (double)s->kappa[k];
        if (!optcert_oracle_check(&oracle, reason)) {
            return false;
        }
        const oc_status status = optcert_scaling_apply(s->rule, optimizer_of(s), &run, (double)s->kappa[k], &scaled);
        if (status != OC_OK) {
            snprintf(reason, OPTCERT_SCALING_REASON, "--kappa %zu is not allowed with %zu steps: %s", s->kappa[k],
                     s->steps[0], oc_status_text(status));
            return false;
        }
        for (size_t i = 0; i < s->step_count; i++) {
            if (s->steps[i] % s->kappa[k] != 0 || s->steps[i] / s->kappa[k] < 2) {
                snprintf(reason, OPTCERT_SCALING_REASON, "--steps %zu is not allowed: it must be 2 or more times kappa = %zu",
                         s->steps[i], s->kappa[k]);
                return false;
            }
        }
    }
    return true;
}

/* Grids are refined until the last two agree to a share of the error that this run must have, 4 digits of it. */
static const double share = 2e-5;

static bool expect_on_grids(const optcert_study *study, const double *coefficient, size_t steps, double *value,
                            double *change)
{
    optcert_frame frame;
    const double h = study->horizon / (double)steps;
    if (!optcert_frame_pilot(study, h, &frame)) {
        return false;
    }
    for (unsigned i = 0; i < OPTCERT_LEVELS; i++) {
        double now[OPTCERT_PHI_MAX];
        bool fine = i > 0;
        if (!optcert_chain_expect(study, &frame, optcert_frame_chain_level(study, i), steps, now)) {
            return false;
        }
        for (size_t p = 0; p < study->phi_count; p++) {
            change[p] = fabs(now[p] - value[p]);
            fine = fine && change[p] <= share * fabs(coefficient[p]) * h + 1e-12 * (1.0 + fabs(now[p]));
            value[p] = now[p];
        }
        if (fine) {
            break;
        }
    }
    return true;
}

/* E phi at the end of a run with batches kappa times as large, and how well it is resolved. */
static bool expect(const optcert_scaling_study *s, const optcert_scaling_run *run, double kappa, double *value,
                   double *change)
{
    optcert_study study = s->study;
    double coefficient[OPTCERT_PHI_MAX];
    study.dynamics.oracle.batch *= kappa;
    optcert_scaling_study_of(run, &study.dynamics, &study.t0, &study.horizon);
    const size_t steps = (size_t)(run->steps + 0.5);
    if (s->average_rate > 0.0) {
        optcert_average_chain(study.dynamics.oracle.problem.a, run->hyper.lr, run->average,
                              run->sigma * sqrt(study.dynamics.oracle.problem.s0), steps, study.start.theta, value);
        memset(change, 0, study.phi_count * sizeof *change);
        return true;
    }
    for (size_t p = 0; p < study.phi_count; p++) {
        coefficient[p] = s->coefficient[p].value;
    }
    return expect_on_grids(&study, coefficient, steps, value, change);
}

static optcert_converge_status predict(optcert_scaling_study *s)
{
    if (s->average_rate == 0.0) {
        return optcert_converge_predict(&s->study, s->limit, s->coefficient);
    }
    const optcert_dynamics *d = &s->study.dynamics;
    double c1[OPTCERT_AVERAGE_PHIS];
    if (!optcert_average_limit(d->oracle.problem.a, s->average_rate, d->sigma0 * sqrt(d->oracle.problem.s0),
                               s->study.horizon, s->study.start.theta, s->limit, c1)) {
        return OPTCERT_CONVERGE_MEMORY;
    }
    for (size_t p = 0; p < OPTCERT_AVERAGE_PHIS; p++) {
        s->coefficient[p] = (optcert_estimate){c1[p], c1[p], c1[p]};
    }
    return OPTCERT_CONVERGE_OK;
}

static void add_row(const optcert_scaling_study *s, optcert_converge *c, size_t steps, bool requested)
{
    c->row[c->row_count++] =
        (optcert_row){.steps = steps, .h = s->study.horizon / (double)steps, .requested = requested};
}

static void prepare(optcert_scaling_study *s, size_t k)
{
    optcert_converge *c = &s->at[k];
    snprintf(s->suite[k], sizeof s->suite[k], "scaling.kappa%zu", s->kappa[k]);
    *c = (optcert_converge){.suite = s->suite[k], .order_target = 1.0, .study = s->study};
    const double factor = (double)s->kappa[k] - 1.0;
    for (size_t p = 0; p < s->study.phi_count; p++) {
        const optcert_estimate *c1 = &s->coefficient[p];
        c->predicted[p] = (optcert_estimate){factor * c1->value, factor * c1->low, factor * c1->high};
    }
    for (size_t i = 0; i < s->step_count; i++) {
        add_row(s, c, s->steps[i], true);
    }
}

/* What the noise of the larger batch really is, where there are data to draw it from: without replacement it is less
 * than the rule takes it for. */
static void set_noise(const optcert_scaling_study *s, const optcert_scaling_run *run, double kappa,
                      optcert_scaling_run *scaled)
{
    optcert_oracle oracle = s->study.dynamics.oracle;
    if (oracle.noise->source == OPTCERT_NOISE_BATCH || oracle.noise->source == OPTCERT_NOISE_EPOCH) {
        const double before = optcert_oracle_scale(&oracle);
        oracle.batch *= kappa;
        scaled->sigma = run->sigma * optcert_oracle_scale(&oracle) / before;
    }
}

static bool run_row(optcert_scaling_study *s, size_t i)
{
    optcert_scaling_run run, scaled;
    double base[OPTCERT_PHI_MAX] = {0.0}, base_change[OPTCERT_PHI_MAX];
    first_run(s, s->steps[i], &run);
    if (!expect(s, &run, 1.0, base, base_change)) {
        return false;
    }
    for (size_t k = 0; k < s->kappa_count; k++) {
        optcert_row *row = &s->at[k].row[i];
        double change[OPTCERT_PHI_MAX];
        const oc_status status = optcert_scaling_apply(s->rule, optimizer_of(s), &run, (double)s->kappa[k], &scaled);
        set_noise(s, &run, (double)s->kappa[k], &scaled);
        if (status != OC_OK || !expect(s, &scaled, (double)s->kappa[k], row->chain, change)) {
            return false;
        }
        for (size_t p = 0; p < s->study.phi_count; p++) {
            row->limit[p] = base[p];
            row->error[p] = row->chain[p] - base[p];
            row->resolution[p] = change[p] + base_change[p];
        }
    }
    return true;
}

/* The same fits and claims as those of an optimizer against its SDE; another reason for them. */
static void conclude(optcert_scaling_study *s)
{
    s->verdict = OPTCERT_PASSED;
    for (size_t k = 0; k < s->kappa_count; k++) {
        optcert_converge *c = &s->at[k];
        optcert_converge_fit(c);
        optcert_converge_claims(c);
        for (size_t i = 0; i < c->claim_count; i++) {
            c->claim[i].basis = "equal invariants have one SDE: the runs differ by (kappa-1) C1 h + O(h^2) (MLPA Sect. 5)";
        }
        if (c->verdict == OPTCERT_FAILED || s->verdict == OPTCERT_PASSED) {
            s->verdict = c->verdict;
        }
    }
}

/* A run at batch kappa is as far from the SDE as one at batch 1 with kappa times fewer steps: of those, as many as rows added to other
 * studies have at most. */
enum { MOST_STEPS_OF_LARGEST_BATCH = 1024 };

/* Adds a row with half the last one's h to every kappa's while the verdict is inconclusive. */
static bool add_finer(optcert_scaling_study *s)
{
    const size_t steps = 2 * s->steps[s->step_count - 1];
    size_t largest = 1;
    for (size_t k = 0; k < s->kappa_count; k++) {
        largest = s->kappa[k] > largest ? s->kappa[k] : largest;
    }
    if (s->verdict != OPTCERT_INCONCLUSIVE || s->step_count == OPTCERT_ROWS_MAX || steps / largest > MOST_STEPS_OF_LARGEST_BATCH) {
        return false;
    }
    s->steps[s->step_count++] = steps;
    for (size_t k = 0; k < s->kappa_count; k++) {
        add_row(s, &s->at[k], steps, false);
    }
    return true;
}

optcert_converge_status optcert_scaling_run_all(optcert_scaling_study *s, optcert_converge_progress progress, void *context)
{
    const optcert_converge_status status = predict(s);
    if (status != OPTCERT_CONVERGE_OK) {
        return status;
    }
    for (size_t k = 0; k < s->kappa_count; k++) {
        prepare(s, k);
    }
    size_t i = 0;
    do {
        for (; i < s->step_count; i++) {
            progress(context, i, s->step_count);
            if (!run_row(s, i)) {
                return OPTCERT_CONVERGE_MEMORY;
            }
        }
        progress(context, s->step_count, s->step_count);
        conclude(s);
    } while (add_finer(s));
    return OPTCERT_CONVERGE_OK;
}
