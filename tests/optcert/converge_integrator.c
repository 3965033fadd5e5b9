/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suite integrator: weak order (--engine deterministic) and strong order (--engine monte-carlo) of the
 * library's schemes on equations with exact solutions. */
#include "command.h"
#include "converge_suite.h"
#include "integrator_study.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const optcert_scheme *find_scheme(const char *name)
{
    for (const optcert_scheme *s = optcert_schemes; s->name != NULL; s++) {
        if (strcmp(s->name, name) == 0) {
            return s;
        }
    }
    optcert_usage("--integrator '%s' is not euler-maruyama, milstein, heun, platen, platen-simplified, sra1 "
                  "or talay-tubaro",
                  name);
}

static const optcert_exact_problem *find_problem(const char *name)
{
    for (const optcert_exact_problem *p = optcert_exact_problems; p->name != NULL; p++) {
        if (strcmp(p->name, name) == 0) {
            return p;
        }
    }
    optcert_usage("--problem '%s' is not ou, gbm, sinh or mixed", name);
}

static void take_setting(const char *word, void *context)
{
    optcert_scheme_run *run = context;
    static const char *const keys[] = {"a", "s", "x0", "T"};
    double *const fields[] = {&run->a, &run->s, &run->x0, &run->horizon};
    const char *equals = strchr(word, '=');
    for (size_t i = 0; equals != NULL && i < sizeof keys / sizeof keys[0]; i++) {
        const size_t length = (size_t)(equals - word);
        if (strlen(keys[i]) != length || strncmp(keys[i], word, length) != 0) {
            continue;
        }
        double value;
        const bool positive = fields[i] != &run->x0 && (fields[i] != &run->a || run->problem->additive);
        if (!optcert_number_real(equals + 1, &value) || (positive && !(value > 0.0)) || fabs(value) > 100.0) {
            optcert_usage("--set '%s' is not allowed: %s must be a number%s, at most 100 in size", word,
                          keys[i], positive ? " > 0" : "");
        }
        *fields[i] = value;
        return;
    }
    optcert_usage("--set '%s' is not KEY=VALUE with a key of a, s, x0, T", word);
}

/* Whether diagonal noise has a higher order than noise that does not commute. */
static bool commuting_matters(const optcert_scheme_run *run, bool strong)
{
    const optcert_scheme *s = run->scheme;
    return run->problem->mixed && (strong ? s->strong > s->mixed_strong : s->weak > s->mixed_weak);
}

static const struct {
    const char *name, *text;
    optcert_scheme_mistake mistake;
} controls[] = {
    {"ito-stratonovich", "an Ito scheme takes the Stratonovich drift, and the reverse", OPTCERT_SCHEME_OTHER_CALCULUS},
    {"wrong-drift", "a drift a tenth too large", OPTCERT_SCHEME_WRONG_DRIFT},
    {"commuting", "the orders for diagonal noise are claimed on problem mixed", OPTCERT_SCHEME_COMMUTING}};
enum { CONTROLS = sizeof controls / sizeof controls[0] };

const char *optcert_converge_integrator_control(size_t i, const char **text)
{
    if (i >= CONTROLS) {
        return NULL;
    }
    *text = controls[i].text;
    return controls[i].name;
}

static bool matters(const optcert_scheme_run *run, bool strong, optcert_scheme_mistake mistake)
{
    switch (mistake) {
    case OPTCERT_SCHEME_OTHER_CALCULUS:
        return !run->problem->additive;
    case OPTCERT_SCHEME_COMMUTING:
        return commuting_matters(run, strong);
    case OPTCERT_SCHEME_WRONG_DRIFT:
    case OPTCERT_SCHEME_RIGHT:
        break;
    }
    return !(strong && run->problem->mixed); /* there a scheme is compared with itself */
}

static optcert_scheme_mistake find_mistake(const optcert_scheme_run *run, bool strong, const char *name)
{
    for (size_t i = 0; i < CONTROLS && name != NULL; i++) {
        if (strcmp(name, controls[i].name) != 0) {
            continue;
        }
        if (!matters(run, strong, controls[i].mistake)) {
            optcert_usage("--control '%s' changes nothing for the %s order of %s on %s", name, strong ? "strong" : "weak",
                          run->scheme->name, run->problem->name);
        }
        return controls[i].mistake;
    }
    if (name != NULL) {
        optcert_usage("--control '%s' is not ito-stratonovich, wrong-drift or commuting", name);
    }
    return OPTCERT_SCHEME_RIGHT;
}

static optcert_scheme_run read_run(const optcert_converge_request *r, bool strong)
{
    optcert_scheme_run run = {.a = 1.0, .s = 0.5, .x0 = 1.0, .horizon = 1.0};
    run.scheme = find_scheme(r->integrator != NULL ? r->integrator : "euler-maruyama");
    run.problem = find_problem(r->problem != NULL ? r->problem : run.scheme->additive_only ? "ou" : "gbm");
    if (run.scheme->additive_only && !run.problem->additive) {
        optcert_usage("--problem '%s' is not allowed with %s, which is for additive noise (ou)",
                      run.problem->name, run.scheme->name);
    }
    for (size_t i = 0; i < r->sets; i++) {
        optcert_converge_each_word("--set", r->set[i], take_setting, &run);
    }
    run.mistake = find_mistake(&run, strong, r->control);
    return run;
}

static void refuse_others(const optcert_converge_request *r)
{
    const struct {
        const char *option, *value;
    } others[] = {
        {"--optimizer", r->optimizer}, {"--noise", r->noise}, {"--data", r->data},    {"--phi", r->phi},
        {"--kappa", r->kappa},         {"--ell", r->ell},     {"--resume", r->resume}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].value != NULL) {
            optcert_usage(
                "%s '%s' means nothing here: suite integrator takes --integrator, --problem, --set, --steps, "
                "--engine, --paths, --control",
                others[i].option, others[i].value);
        }
    }
}

static const uint64_t most_paths = 1 << 24;

int optcert_converge_integrator(const optcert_converge_request *r, const optcert_options *common)
{
    static optcert_converge c;
    static optcert_optimizer_kind scheme;
    static optcert_problem_kind problem;
    refuse_others(r);
    const bool strong = r->engine != NULL && strcmp(r->engine, "monte-carlo") == 0;
    if (!strong && r->engine != NULL && strcmp(r->engine, "deterministic") != 0) {
        optcert_usage("--engine '%s' is not deterministic (weak order) or monte-carlo (strong order)",
                      r->engine);
    }
    const optcert_scheme_run run = read_run(r, strong);
    if (strong && run.scheme->strong == 0.0) {
        optcert_usage("--engine 'monte-carlo' is not allowed: no strong order is claimed for %s, as %s", run.scheme->name,
                      run.scheme->no_path);
    }
    if (!strong && r->paths != NULL) {
        optcert_usage("--paths '%s' means nothing here: it belongs to --engine monte-carlo", r->paths);
    }
    size_t steps[OPTCERT_STEPS_MAX];
    const size_t count = optcert_converge_read_steps(r->steps != NULL ? r->steps : "16,32,64,128,256", steps);
    c = (optcert_converge){.suite = "integrator",
                           .order_target = strong ? optcert_scheme_strong(&run) : optcert_scheme_weak(&run),
                           .seed = strong ? common->seed : 0};
    c.study.horizon = run.horizon;
    scheme = (optcert_optimizer_kind){.name = run.scheme->name};
    problem = (optcert_problem_kind){.name = run.problem->name};
    c.study.dynamics.kind = &scheme;
    c.study.dynamics.oracle.problem.kind = &problem;
    c.study.dynamics.oracle.noise = optcert_noise_find(run.scheme->noise);
    optcert_converge_set_steps(&c, steps, count, OPTCERT_ROWS_MIN);
    const uint64_t paths =
        r->paths != NULL ? optcert_option_whole("--paths", r->paths, 100, most_paths) : 20000;
    if (!(strong ? optcert_integrator_strong(&run, paths, &c) : optcert_integrator_weak(&run, &c))) {
        optcert_broken("h = T/N is no time step");
    }
    optcert_converge_answer(r, common, &c);
    return optcert_exit_code(c.verdict);
}
