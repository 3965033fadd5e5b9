/* SPDX-License-Identifier: GPL-3.0-or-later
 * Machine-checked bounds of worked cases against the errors that the deterministic engine computes. */
#include "converge.h"
#include "settings.h"
#include "unit.h"
#include "worked_bound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RMSPROP_CASE "a=1,S0=1,sigma0=1,eps0=0,c2=2,T=0.5,theta0=1,u0=0.75"
#define ADAM_CASE "a=1,S0=1,sigma0=1,eps0=0,c1=1,c2=1,T=0.25,t0=1,theta0=1,m0=0,u0=1"

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static optcert_converge *open_study(const char *optimizer, const char *noise, const char *settings, const char *phi,
                                    const char *control)
{
    static optcert_converge c;
    char reason[OPTCERT_REASON_SIZE];
    c = (optcert_converge){.suite = "limit", .order_target = 1.0, .method = OPTCERT_DETERMINISTIC};
    c.study.dynamics.kind = optcert_optimizer_find(optimizer);
    c.study.dynamics.oracle.problem.kind = optcert_problem_find("quadratic");
    c.study.dynamics.oracle.noise = optcert_noise_find(noise);
    optcert_settings_default(&c.study);
    UNIT_CHECK(optcert_settings_apply(&c.study, settings, reason), "%s", reason);
    UNIT_CHECK(control == NULL || optcert_settings_control(&c.study, control, reason), "%s", control);
    UNIT_CHECK(optcert_phi_parse(phi, &c.study.phi[0]), "%s", phi);
    c.study.phi_count = 1;
    optcert_converge_set_steps(&c, (size_t[]){6, 12, 18}, 3, 3);
    return &c;
}

static const optcert_claim *claim_of(const optcert_converge *c, const char *what)
{
    char id[80];
    snprintf(id, sizeof id, "converge.limit.%s.%s", c->study.phi[0].name, what);
    for (size_t i = 0; i < c->claim_count; i++) {
        if (strcmp(c->claim[i].id, id) == 0) {
            return &c->claim[i];
        }
    }
    return NULL;
}

static void check_claims(const optcert_converge *c, double per_h)
{
    const char *optimizer = c->study.dynamics.kind->name;
    const optcert_claim *bound = claim_of(c, "proved-bound");
    const optcert_claim *factor = claim_of(c, "proved-factor");
    if (!UNIT_CHECK(bound != NULL && factor != NULL, "%s: no claims", optimizer)) {
        return;
    }
    UNIT_CHECK(bound->verdict == OPTCERT_PASSED && bound->threshold == per_h, "%s: %g allowed, %g found", optimizer,
               bound->threshold, bound->measured);
    UNIT_CHECK(factor->verdict == OPTCERT_PASSED, "%s: factor %g, %g allowed", optimizer, factor->measured,
               factor->threshold);
    unit_note("%s: proved bound %g h, largest error %.4f h, factor %.3f", optimizer, bound->threshold,
              bound->measured, factor->measured);
}

static void bound_holds(void)
{
    optcert_converge *c = open_study("rmsprop", "rademacher", RMSPROP_CASE, "u", NULL);
    UNIT_CHECK(optcert_converge_run(c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
    check_claims(c, 9.0 / 4);
}

/* Sum of u over all sign paths of the steps that are left. */
static double all_paths(const optcert_study *study, double h, size_t k, size_t steps, optcert_state x)
{
    if (k == steps) {
        return x.u;
    }
    const double at = study->t0 / h + (double)k;
    return all_paths(study, h, k + 1, steps, optcert_map_step(&study->dynamics, h, at, x, 1.0)) +
           all_paths(study, h, k + 1, steps, optcert_map_step(&study->dynamics, h, at, x, -1.0));
}

/* The same without the engine: every path, and the limit in closed form. Rounding: some 2^N additions and N steps of
 * numbers near 1, far below 1e-9. */
static void bounds_hold_over_all_paths(void)
{
    static const struct {
        const char *optimizer, *settings;
        double bound; /* per h, as the theorem states it */
        size_t steps[3];
    } cases[] = {{"rmsprop", RMSPROP_CASE, 9.0 / 4, {6, 12, 18}}, {"adam", ADAM_CASE, 37.0 / 32, {3, 9, 18}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_converge *c = open_study(cases[i].optimizer, "rademacher", cases[i].settings, "u", NULL);
        const optcert_study *study = &c->study;
        const double limit = 1.0 + (study->start.u - 1.0) * exp(-study->dynamics.c2 * study->horizon);
        optcert_converge_set_steps(c, cases[i].steps, 3, 3);
        for (size_t k = 0; k < 3; k++) {
            optcert_row *row = &c->row[k];
            const double sum = all_paths(study, row->h, 0, row->steps, study->start);
            row->error[0] = ldexp(sum, -(int)row->steps) - limit;
            row->resolution[0] = 1e-9;
        }
        optcert_converge_claims(c);
        check_claims(c, cases[i].bound);
    }
}

static void wrong_limit_breaks_the_bound(void)
{
    optcert_converge *c = open_study("rmsprop", "rademacher", RMSPROP_CASE, "u", "time-unit");
    UNIT_CHECK(optcert_converge_run(c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
    UNIT_CHECK(claim_of(c, "proved-bound")->verdict == OPTCERT_FAILED, "a limit with a wrong time unit passes");
}

/* Rows as an engine might report them; h = 1/12, 1/24, so 9/4 h is 0.1875 and 0.09375. */
static void rows_are_judged(void)
{
    static const struct {
        double error[2], resolution;
        optcert_verdict bound, factor;
    } cases[] = {
        {{0.1, 0.05}, 0.0, OPTCERT_PASSED, OPTCERT_PASSED},
        {{-0.1, -0.05}, 0.0, OPTCERT_PASSED, OPTCERT_PASSED},
        {{0.1875, 0.09375}, 0.0, OPTCERT_PASSED, OPTCERT_PASSED}, /* the bound itself */
        {{0.1, 0.094}, 0.0, OPTCERT_FAILED, OPTCERT_PASSED},
        {{0.1, 0.02}, 0.0, OPTCERT_PASSED, OPTCERT_FAILED}, /* idle */
        {{0.1, 0.0}, 0.0, OPTCERT_PASSED, OPTCERT_FAILED},
        {{0.1, 0.09}, 0.01, OPTCERT_INCONCLUSIVE, OPTCERT_PASSED},
        {{0.1, NAN}, 0.0, OPTCERT_INCONCLUSIVE, OPTCERT_INCONCLUSIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_converge *c = open_study("rmsprop", "rademacher", RMSPROP_CASE, "u", NULL);
        c->row_count = 2;
        for (size_t k = 0; k < 2; k++) {
            c->row[k].error[0] = cases[i].error[k];
            c->row[k].resolution[0] = cases[i].resolution;
        }
        optcert_converge_claims(c);
        UNIT_CHECK(claim_of(c, "proved-bound")->verdict == cases[i].bound, "case %zu: bound", i);
        UNIT_CHECK(claim_of(c, "proved-factor")->verdict == cases[i].factor, "case %zu: factor", i);
    }
}

static void rows_outside_the_theorem_do_not_count(void)
{
    optcert_converge *c = open_study("rmsprop", "rademacher", RMSPROP_CASE, "u", NULL);
    c->row_count = 1;
    c->row[0].steps = 7;
    c->row[0].error[0] = 1.0;
    optcert_converge_claims(c);
    UNIT_CHECK(claim_of(c, "proved-bound")->verdict == OPTCERT_INCONCLUSIVE, "7 steps are none of the theorem's");
}

static void sampled_errors_are_not_compared(void)
{
    optcert_worked_bound bound;
    optcert_converge *c = open_study("rmsprop", "rademacher", RMSPROP_CASE, "u", NULL);
    UNIT_CHECK(optcert_worked_bound_find(c, 0, &bound), "no bound");
    c->method = OPTCERT_SAMPLED;
    UNIT_CHECK(!optcert_worked_bound_find(c, 0, &bound), "sampled rows carry no bound on their error");
}

static void other_cases_have_no_bound(void)
{
    static const struct {
        const char *noise, *settings, *phi;
    } cases[] = {{"gaussian", RMSPROP_CASE, "u"},
                 {"rademacher", RMSPROP_CASE, "u^2"},
                 {"rademacher", "a=1,S0=1,sigma0=1,eps0=0,c2=2,T=0.5,theta0=1,u0=0.7", "u"},
                 {"rademacher", "a=1,S0=1,sigma0=1,eps0=1e-9,c2=2,T=0.5,theta0=1,u0=0.75", "u"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_worked_bound bound;
        const optcert_converge *c = open_study("rmsprop", cases[i].noise, cases[i].settings, cases[i].phi, NULL);
        UNIT_CHECK(!optcert_worked_bound_find(c, 0, &bound), "case %zu has a bound", i);
    }
}

UNIT_SUITE(worked_bound, {"bound_holds", bound_holds}, {"bounds_hold_over_all_paths", bounds_hold_over_all_paths},
           {"wrong_limit_breaks_the_bound", wrong_limit_breaks_the_bound},
           {"rows_are_judged", rows_are_judged},
           {"rows_outside_the_theorem_do_not_count", rows_outside_the_theorem_do_not_count},
           {"sampled_errors_are_not_compared", sampled_errors_are_not_compared},
           {"other_cases_have_no_bound", other_cases_have_no_bound})
