/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suites limit and order2: weak errors of an optimizer against its SDE without sampling noise. */
#include "command.h"
#include "converge.h"
#include "converge_report.h"
#include "converge_suite.h"
#include "moments/moments.h"
#include "number.h"
#include "report.h"
#include "sample/matrices.h"
#include "sampled.h"
#include "settings.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_STEPS = 4096 };

/* Splits at commas; calls `take` for each word. */
void optcert_converge_each_word(const char *option, const char *text, void (*take)(const char *word, void *context),
                      void *context)
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
    size_t count, *steps;
} step_list;

static void take_steps(const char *word, void *context)
{
    step_list *list = context;
    const size_t steps = (size_t)optcert_option_whole("--steps", word, 2, MOST_STEPS);
    if (list->count == OPTCERT_STEPS_MAX) {
        optcert_usage("--steps names more than %d step counts", OPTCERT_STEPS_MAX);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->steps[i] == steps) {
            optcert_usage("--steps names %zu twice", steps);
        }
    }
    list->steps[list->count++] = steps;
}

size_t optcert_converge_read_steps(const char *text, size_t steps[OPTCERT_STEPS_MAX])
{
    step_list list = {0, steps};
    optcert_converge_each_word("--steps", text, take_steps, &list);
    return list.count;
}

static void take_phi(const char *word, void *context)
{
    optcert_study *study = context;
    if (study->phi_count == OPTCERT_PHI_MAX) {
        optcert_usage("--phi names more than %d test functions", OPTCERT_PHI_MAX);
    }
    if (!optcert_phi_parse(word, &study->phi[study->phi_count])) {
        optcert_usage(
            "--phi '%s' is not a product of powers (1 to %d) of theta, m, u, cos(theta) or sin(theta)", word,
            OPTCERT_PHI_POWER_MAX);
    }
    study->phi_count++;
}

static const char *or_standard(const char *text, const char *standard)
{
    return text != NULL ? text : standard;
}

static void set_names(const optcert_converge_request *r, optcert_study *study)
{
    const char *optimizer = or_standard(r->optimizer, "rmsprop");
    const char *problem = or_standard(r->problem, "quadratic");
    const char *noise = or_standard(r->noise, "gaussian");
    const char *engine = or_standard(r->engine, "deterministic");
    if (r->integrator != NULL) {
        optcert_usage("--integrator '%s' means nothing here: it belongs to suite integrator", r->integrator);
    }
    study->dynamics.kind = optcert_optimizer_find(optimizer);
    if (study->dynamics.kind == NULL) {
        optcert_usage("--optimizer '%s' is not sgd, rmsprop, rmsprop/new-v, adam or adamw", optimizer);
    }
    study->dynamics.oracle.problem.kind = optcert_problem_find(problem);
    if (study->dynamics.oracle.problem.kind == NULL) {
        optcert_usage(
            "--problem '%s' is not linear, quadratic, double-well, state-noise, least-squares or label-noise",
            problem);
    }
    study->dynamics.oracle.noise = optcert_noise_find(noise);
    if (study->dynamics.oracle.noise == NULL) {
        optcert_usage("--noise '%s' is not gaussian, rademacher, uniform, three-point, minibatch, "
                      "minibatch/without-replacement, labels, "
                      "exponential or student3",
                      noise);
    }
    study->sampled = strcmp(engine, "monte-carlo") == 0;
    if (!study->sampled && strcmp(engine, "deterministic") != 0) {
        optcert_usage("--engine '%s' is not deterministic or monte-carlo", engine);
    }
    if (study->sampled && strcmp(r->suite, "limit") != 0 && strcmp(r->suite, "svag") != 0) {
        optcert_usage("--engine 'monte-carlo' is not allowed: suite %s is computed without sampling", r->suite);
    }
    study->wide = study->sampled || strcmp(r->suite, "limit") == 0 || strcmp(r->suite, "order2") == 0;
    const char *idle = !study->sampled && r->paths != NULL      ? "--paths"
                       : !study->sampled && r->resume != NULL   ? "--resume"
                       : !study->wide && r->hessian != NULL    ? "--hessian"
                       : !study->wide && r->covariance != NULL ? "--covariance"
                                                               : NULL;
    if (idle != NULL) {
        const bool sampling = r->paths != NULL || r->resume != NULL;
        optcert_usage("%s means nothing here: it belongs to %s--engine monte-carlo", idle, sampling ? "" : "suites limit and order2, or to ");
    }
}

/* The data outlive the study: they are read once and kept until the program ends. */
static void set_data(const char *name, optcert_problem *problem)
{
    static optcert_data own;
    char reason[OPTCERT_DATA_REASON];
    if (name == NULL) {
        return;
    }
    if (!problem->kind->of_data) {
        optcert_usage("--data '%s' means nothing here: problem %s has no data", name, problem->kind->name);
    }
    problem->data = optcert_data_builtin(name);
    if (problem->data != NULL) {
        return;
    }
    if (!optcert_data_read(name, &own, reason)) {
        optcert_usage("--data '%s': %s", name, reason);
    }
    if (own.dimension != 1) {
        optcert_usage("--data '%s': samples have dimension %zu, this engine's problems have 1", name,
                      own.dimension);
    }
    problem->data = &own;
}

/* What a matrix takes the place of must not be asked for too. `as_it_was` has what nobody set. */
static void refuse_beside_matrices(const optcert_converge_request *r, const optcert_study *study,
                                   const optcert_study *as_it_was, const optcert_matrices *m)
{
    const optcert_problem *now = &study->dynamics.oracle.problem, *was = &as_it_was->dynamics.oracle.problem;
    if (r->hessian != NULL && strcmp(now->kind->name, "quadratic") != 0) {
        optcert_usage("--hessian is not allowed with --problem '%s': it belongs to quadratic", now->kind->name);
    }
    if (r->hessian != NULL && (now->a < was->a || now->a > was->a || study->couple != 0.0)) {
        optcert_usage("--set '%s=%g' means nothing beside --hessian", study->couple != 0.0 ? "couple" : "a",
                      study->couple != 0.0 ? study->couple : now->a);
    }
    if (r->covariance != NULL && (now->kind->state_noise || strcmp(study->dynamics.oracle.noise->name, "gaussian") != 0)) {
        optcert_usage("--covariance is not allowed with problem %s and noise '%s': it belongs to gaussian noise that does not "
                      "depend on theta",
                      now->kind->name, study->dynamics.oracle.noise->name);
    }
    if (r->covariance != NULL && (now->s0 < was->s0 || now->s0 > was->s0 || study->correlation > 0.0)) {
        optcert_usage("--set '%s=%g' means nothing beside --covariance", study->correlation > 0.0 ? "rho" : "S0",
                      study->correlation > 0.0 ? study->correlation : now->s0);
    }
    if (study->dimension != 1.0 && study->dimension != (double)m->dimension) {
        optcert_usage("--set 'd=%g' is not allowed: the matrices have dimension %zu", study->dimension, m->dimension);
    }
}

/* The matrices outlive the study: they are read once and kept until the program ends. */
static void set_matrices(const optcert_converge_request *r, const optcert_study *as_it_was, optcert_study *study)
{
    static optcert_matrices own;
    char reason[OPTCERT_MATRICES_REASON];
    if (r->hessian == NULL && r->covariance == NULL) {
        return;
    }
    if (!optcert_matrices_read(r->hessian, r->covariance, &own, reason)) {
        optcert_usage("--hessian, --covariance: %s", reason);
    }
    refuse_beside_matrices(r, study, as_it_was, &own);
    study->dimension = (double)own.dimension;
    study->matrices = &own;
}

void optcert_converge_read_study(const optcert_converge_request *r, const char *phis, optcert_study *study)
{
    char reason[OPTCERT_REASON_SIZE];
    set_names(r, study);
    set_data(r->data, &study->dynamics.oracle.problem);
    optcert_settings_default(study);
    const optcert_study as_it_was = *study;
    for (size_t i = 0; i < r->sets; i++) {
        if (!optcert_settings_apply(study, r->set[i], reason)) {
            optcert_usage("--set %s", reason);
        }
    }
    set_matrices(r, &as_it_was, study);
    optcert_converge_each_word("--phi", r->phi != NULL ? r->phi : phis, take_phi, study);
}

void optcert_converge_refuse_zero(const char *suite, const optcert_study *study)
{
    if (study->dynamics.kind->has_m && study->t0 == 0.0) {
        optcert_usage("--set 't0=0' is not allowed: suite %s starts at t0 > 0, only limit at 0 too", suite);
    }
}

/* All first and second moments that close. */
static const char *closed_phis(const optcert_optimizer_kind *kind)
{
    return !kind->has_u ? "theta,theta^2" : kind->has_m ? "m,u,m^2,m*u,u^2" : "u,u^2";
}

static void set_study(const optcert_converge_request *r, optcert_converge *c)
{
    char reason[OPTCERT_REASON_SIZE];
    size_t steps[OPTCERT_STEPS_MAX];
    const optcert_optimizer_kind *kind = optcert_optimizer_find(or_standard(r->optimizer, "rmsprop"));
    if (r->kappa != NULL || r->ell != NULL) {
        optcert_usage("%s means nothing here: it belongs to suite %s", r->kappa != NULL ? "--kappa" : "--ell",
                      r->kappa != NULL ? "scaling" : "svag");
    }
    optcert_converge_read_study(r, kind != NULL && !kind->has_u ? "theta,theta^2,cos(theta)" : "theta,theta^2,u", &c->study);
    if (r->phi == NULL && optcert_moments_wanted(&c->study)) {
        c->study.phi_count = 0;
        optcert_converge_each_word("--phi", closed_phis(c->study.dynamics.kind), take_phi, &c->study);
    }
    if (r->control != NULL && !optcert_settings_control(&c->study, r->control, reason)) {
        optcert_usage("--control %s", reason);
    }
    const size_t count =
        optcert_converge_read_steps(or_standard(r->steps, c->study.sampled ? "8,16,32,64,128" : "16,32,64,128"), steps);
    optcert_converge_set_steps(c, steps, count, c->study.sampled ? count : OPTCERT_ROWS_MIN);
    if (!optcert_settings_check(&c->study, c->row[0].steps, reason) ||
        (optcert_moments_wanted(&c->study) && !optcert_moments_closed(&c->study, reason))) {
        optcert_usage("%s", reason);
    }
}

static void show_progress(void *context, size_t done, size_t total)
{
    optcert_progress(context, "converge: rows", done, total);
}

/* Progress with the time that is left, on a terminal only. */
typedef struct clock_context {
    const optcert_options *common;
    double start, done_at_start;
} clock_context;

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void show_time(void *context, double done, double total)
{
    clock_context *clock = context;
    if (clock->common->quiet || isatty(STDERR_FILENO) == 0) {
        return;
    }
    const double now = seconds_now();
    if (clock->start == 0.0) {
        clock->start = now;
        clock->done_at_start = done;
        return;
    }
    const double speed = (done - clock->done_at_start) / (now - clock->start);
    fprintf(stderr, "\rconverge: %.0f %% of %.2g path-steps, %.0f s left \033[K", 100.0 * done / total, total,
            (total - done) / speed);
    fputs(done >= total ? "\r\033[K" : "", stderr);
}

/* Coordinate-steps that a pilot may ask for: about a minute on two cores. */
static const double most_work = 4e9;
static const uint64_t most_paths = UINT64_C(1) << 38;

/* Batches follow the Brownian path the better the more their samples are in the order of their gradients. */
static void sort_data(optcert_study *study)
{
    static optcert_data sorted;
    const optcert_data **data = &study->dynamics.oracle.problem.data;
    if (*data != NULL) {
        (void)optcert_data_sorted(*data, study->start.theta, &sorted);
        *data = &sorted;
    }
}

void optcert_converge_run_sampled(const optcert_converge_request *r, const optcert_options *common, optcert_converge *c)
{
    char reason[OPTCERT_SAMPLED_REASON];
    sort_data(&c->study);
    clock_context clock = {common, 0.0, 0.0};
    const optcert_sampled_options options = {
        .seed = common->seed,
        .paths = r->paths != NULL ? optcert_option_whole("--paths", r->paths, 128, most_paths) : 0,
        .most_work = most_work,
        .resume = r->resume,
        .predicts = c->study.dynamics.oracle.problem.kind->polynomial, /* elsewhere it takes minutes */
        .progress = show_time,
        .context = &clock};
    switch (optcert_sampled_run(c, &options, reason)) {
    case OPTCERT_SAMPLED_OK:
        return;
    case OPTCERT_SAMPLED_BAD:
        optcert_usage("%s", reason);
    case OPTCERT_SAMPLED_BROKEN:
        break;
    }
    optcert_broken("%s", reason);
}

static void run_deterministic(const optcert_options *common, optcert_converge *c)
{
    const optcert_converge_status status =
        (optcert_moments_wanted(&c->study) ? optcert_converge_run_moments : optcert_converge_run)(c, show_progress, (void *)(size_t)common);
    if (status != OPTCERT_CONVERGE_OK) {
        optcert_broken("%s", status == OPTCERT_CONVERGE_MEMORY ? "out of memory"
                                                               : "the limit's equation was not solved");
    }
}

static void write_junit(const optcert_options *common, const optcert_converge *c)
{
    optcert_claims claims = {0};
    for (size_t i = 0; i < c->claim_count; i++) {
        (void)optcert_claims_add(&claims, &c->claim[i]);
    }
    optcert_report_junit(common, "optcert.converge", &claims);
    optcert_claims_free(&claims);
}

void optcert_converge_answer(const optcert_converge_request *r, const optcert_options *common, const optcert_converge *c)
{
    if (common->json ? !optcert_converge_json(c, stdout) : (optcert_converge_table(c, stdout), false)) {
        optcert_broken("the answer could not be written");
    }
    write_junit(common, c);
    if (r->plot != NULL && !(optcert_converge_plot(c, r->plot) && (!c->study.sampled || optcert_fan_plot(c, r->plot)))) {
        optcert_broken("--plot '%s': the files could not be written, or gnuplot failed", r->plot);
    }
}

/* One study of this order. */
static int run(const optcert_converge_request *r, const optcert_options *common, double order)
{
    static optcert_converge c;
    c = (optcert_converge){.suite = r->suite, .order_target = order};
    c.study.second_order = order == 2.0;
    set_study(r, &c);
    omp_set_num_threads((int)common->jobs);
    if (c.study.sampled) {
        optcert_converge_run_sampled(r, common, &c);
    } else {
        run_deterministic(common, &c);
    }
    optcert_converge_answer(r, common, &c);
    return optcert_exit_code(c.verdict);
}

int optcert_converge_limit(const optcert_converge_request *request, const optcert_options *common)
{
    return run(request, common, 1.0);
}

int optcert_converge_order2(const optcert_converge_request *request, const optcert_options *common)
{
    return run(request, common, 2.0);
}
