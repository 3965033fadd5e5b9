/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert converge SUITE: weak errors of an optimizer against its SDE, their order and leading coefficient. */
#include "command.h"
#include "converge.h"
#include "converge_report.h"
#include "number.h"
#include "options.h"
#include "report.h"
#include "settings.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { STEPS_MAX = 8, MOST_STEPS = 4096, SETS_MAX = 16 };

typedef struct request {
    const char *suite, *problem, *optimizer, *noise, *engine, *control, *steps, *phi, *plot;
    const char *set[SETS_MAX];
    size_t sets;
} request;

enum { KEY_PROBLEM = 1, KEY_OPTIMIZER, KEY_NOISE, KEY_ENGINE, KEY_CONTROL, KEY_STEPS, KEY_PHI, KEY_SET, KEY_PLOT };

static const struct argp_option options[] = {
    {"problem", KEY_PROBLEM, "NAME", 0, "linear, quadratic (default), double-well, state-noise", 0},
    {"optimizer", KEY_OPTIMIZER, "NAME", 0, "sgd, rmsprop (default), rmsprop/new-v, adam, adamw", 0},
    {"noise", KEY_NOISE, "LAW", 0, "gaussian (default), rademacher, uniform, three-point, exponential, student3", 0},
    {"engine", KEY_ENGINE, "NAME", 0, "deterministic: no sampling noise", 0},
    {"set", KEY_SET, "KEY=VALUE,...", 0,
     "a, b, S0, S1 of the problem; sigma0, eps0, c1, c2, lambda0; T, t0, theta0, m0, u0", 0},
    {"steps", KEY_STEPS, "N,...", 0, "step counts, h = T/N (default 16,32,64,128)", 0},
    {"phi", KEY_PHI, "F,...", 0, "test functions: powers and products of theta, m, u; cos(theta), sin(theta)", 0},
    {"control", KEY_CONTROL, "NAME", 0,
     "a deliberate mistake, which must fail: missing-preconditioner, time-unit, no-gamma, stratonovich, "
     "skewed-noise, heavy-tails",
     0},
    {"plot", KEY_PLOT, "PREFIX", 0, "write PREFIX.dat, PREFIX.svg and PREFIX.png", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    const char **const words[] = {NULL,        &r->problem, &r->optimizer, &r->noise, &r->engine,
                                  &r->control, &r->steps,   &r->phi,       NULL,      &r->plot};
    switch (key) {
    case KEY_SET:
        if (r->sets == SETS_MAX) {
            optcert_usage("--set is given more than %d times", SETS_MAX);
        }
        r->set[r->sets++] = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (r->suite != NULL) {
            optcert_usage("'%s' is one argument too many: the suite is '%s'", arg, r->suite);
        }
        r->suite = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a suite is needed: limit or order2");
    default:
        if (key >= KEY_PROBLEM && key <= KEY_PLOT) {
            *words[key] = arg;
            return 0;
        }
        return ARGP_ERR_UNKNOWN;
    }
}

/* Splits at commas; calls `take` for each word. */
static void each_word(const char *option, const char *text, void (*take)(const char *word, void *context), void *context)
{
    char word[64];
    for (;;) {
        const size_t length = strcspn(text, ",");
        if (length == 0 || length >= sizeof word) {
            optcert_usage("%s '%s' is not a list of words separated by commas", option, text);
        }
        memcpy(word, text, length);
        word[length] = '\0';
        take(word, context);
        if (text[length] == '\0') {
            return;
        }
        text += length + 1;
    }
}

typedef struct step_list {
    size_t count, steps[STEPS_MAX];
} step_list;

static void take_steps(const char *word, void *context)
{
    step_list *list = context;
    const size_t steps = (size_t)optcert_option_whole("--steps", word, 2, MOST_STEPS);
    if (list->count == STEPS_MAX) {
        optcert_usage("--steps names more than %d step counts", STEPS_MAX);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->steps[i] == steps) {
            optcert_usage("--steps names %zu twice", steps);
        }
    }
    list->steps[list->count++] = steps;
}

static void take_phi(const char *word, void *context)
{
    optcert_study *study = context;
    if (study->phi_count == OPTCERT_PHI_MAX) {
        optcert_usage("--phi names more than %d test functions", OPTCERT_PHI_MAX);
    }
    if (!optcert_phi_parse(word, &study->phi[study->phi_count])) {
        optcert_usage("--phi '%s' is not a product of powers (1 to %d) of theta, m, u, cos(theta) or sin(theta)", word,
                      OPTCERT_PHI_POWER_MAX);
    }
    study->phi_count++;
}

static void set_names(const request *r, optcert_converge *c)
{
    optcert_study *study = &c->study;
    c->suite = r->suite;
    if (strcmp(r->suite, "limit") != 0 && strcmp(r->suite, "order2") != 0) {
        optcert_usage("'%s' is not a suite (limit, order2)", r->suite);
    }
    study->second_order = strcmp(r->suite, "order2") == 0;
    c->order_target = study->second_order ? 2.0 : 1.0;
    study->dynamics.kind = optcert_optimizer_find(r->optimizer);
    if (study->dynamics.kind == NULL) {
        optcert_usage("--optimizer '%s' is not sgd, rmsprop, rmsprop/new-v, adam or adamw", r->optimizer);
    }
    study->dynamics.problem.kind = optcert_problem_find(r->problem);
    if (study->dynamics.problem.kind == NULL) {
        optcert_usage("--problem '%s' is not linear, quadratic, double-well or state-noise", r->problem);
    }
    study->noise = optcert_noise_find(r->noise);
    if (study->noise == NULL) {
        optcert_usage("--noise '%s' is not gaussian, rademacher, uniform, three-point, exponential or student3", r->noise);
    }
    if (strcmp(r->engine, "deterministic") != 0) {
        optcert_usage("--engine '%s' is not deterministic", r->engine);
    }
}

static void set_study(const request *r, optcert_converge *c)
{
    char reason[OPTCERT_REASON_SIZE];
    step_list list = {0};
    set_names(r, c);
    optcert_settings_default(&c->study);
    for (size_t i = 0; i < r->sets; i++) {
        if (!optcert_settings_apply(&c->study, r->set[i], reason)) {
            optcert_usage("--set %s", reason);
        }
    }
    if (r->control != NULL && !optcert_settings_control(&c->study, r->control, reason)) {
        optcert_usage("--control %s", reason);
    }
    const char *standard = c->study.dynamics.kind->has_u ? "theta,theta^2,u" : "theta,theta^2,cos(theta)";
    each_word("--phi", r->phi != NULL ? r->phi : standard, take_phi, &c->study);
    each_word("--steps", r->steps, take_steps, &list);
    optcert_converge_set_steps(c, list.steps, list.count);
    if (!optcert_settings_check(&c->study, c->row[0].steps, reason)) {
        optcert_usage("%s", reason);
    }
}

static void show_progress(void *context, size_t done, size_t total)
{
    optcert_progress(context, "converge: rows", done, total);
}

static void write_junit(const optcert_options *common, const optcert_converge *c)
{
    optcert_claims claims = {0};
    for (size_t i = 0; i < c->claim_count; i++) {
        if (!optcert_claims_add(&claims, &c->claim[i])) {
            optcert_broken("out of memory");
        }
    }
    optcert_report_junit(common, "optcert.converge", &claims);
    optcert_claims_free(&claims);
}

int optcert_cmd_converge(int argc, char **argv)
{
    optcert_options common;
    static optcert_converge c;
    request r = {.problem = "quadratic",
                 .optimizer = "rmsprop",
                 .noise = "gaussian",
                 .engine = "deterministic",
                 .steps = "16,32,64,128"};
    optcert_parse(&(optcert_line){options, parse, "SUITE",
                                  "Weak errors of an optimizer against its SDE, their order in h and their leading "
                                  "coefficient. SUITE: limit (order 1) or order2 (the limit with all corrections of "
                                  "order h that an Ito equation can carry).",
                                  &r, true},
                  argc, argv, &common);
    set_study(&r, &c);
    omp_set_num_threads((int)common.jobs);
    const optcert_converge_status status = optcert_converge_run(&c, show_progress, &common);
    if (status != OPTCERT_CONVERGE_OK) {
        optcert_broken("%s", status == OPTCERT_CONVERGE_MEMORY ? "out of memory" : "the limit's equation was not solved");
    }
    if (common.json ? !optcert_converge_json(&c, stdout) : (optcert_converge_table(&c, stdout), false)) {
        optcert_broken("the answer could not be written");
    }
    write_junit(&common, &c);
    if (r.plot != NULL && !optcert_converge_plot(&c, r.plot)) {
        optcert_broken("--plot '%s': the files could not be written, or gnuplot failed", r.plot);
    }
    return optcert_exit_code(c.verdict);
}
