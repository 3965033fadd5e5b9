/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert converge SUITE: errors of optimizers and integrators, their order and leading coefficient. */
#include "command.h"
#include "converge_suite.h"
#include "json_text.h"

#include <stdio.h>
#include <string.h>

enum {
    KEY_PROBLEM = 1,
    KEY_OPTIMIZER,
    KEY_NOISE,
    KEY_ENGINE,
    KEY_CONTROL,
    KEY_STEPS,
    KEY_PHI,
    KEY_SET,
    KEY_PLOT,
    KEY_DATA,
    KEY_INTEGRATOR,
    KEY_KAPPA,
    KEY_PATHS,
    KEY_RESUME,
    KEY_HESSIAN,
    KEY_COVARIANCE,
    KEY_ELL,
    KEY_RESOLUTION,
    KEY_CONTROLS
};

static const struct argp_option options[] = {
    {"problem", KEY_PROBLEM, "NAME", 0,
     "linear, quadratic (default), double-well, state-noise, least-squares, label-noise; integrator: ou, gbm, sinh, mixed", 0},
    {"optimizer", KEY_OPTIMIZER, "NAME", 0, "sgd, rmsprop (default), rmsprop/new-v, adam, adamw", 0},
    {"noise", KEY_NOISE, "LAW", 0,
     "gaussian (default), rademacher, uniform, three-point, minibatch, minibatch/without-replacement, "
     "labels; "
     "outside the hypotheses: exponential, student3",
     0},
    {"engine", KEY_ENGINE, "NAME", 0,
     "deterministic (default): no sampling noise; in more than one dimension by moments, where they close; monte-carlo: coupled paths, any dimension", 0},
    {"paths", KEY_PATHS, "N", 0, "monte-carlo: pairs of paths in every row (default: a pilot run chooses)", 0},
    {"resume", KEY_RESUME, "FILE", 0, "monte-carlo: keep sums in FILE, and go on from them when it is there", 0},
    {"hessian", KEY_HESSIAN, "FILE", 0,
     "limit, problem quadratic: f = theta^T H theta / 2 with H from a d x d .npy file, in place of a, b, couple", 0},
    {"covariance", KEY_COVARIANCE, "FILE", 0,
     "limit, gaussian noise: its covariance Sigma from a d x d .npy file, in place of S0, rho", 0},
    {"set", KEY_SET, "KEY=VALUE,...", 0,
     "a, b, S0, S1, B of the oracle; sigma0, eps0, c1, c2, lambda0; T, t0, theta0, m0, u0; limit, order2, monte-carlo: d, couple, rho", 0},
    {"steps", KEY_STEPS, "N,...", 0, "step counts, h = T/N (default 16,32,64,128)", 0},
    {"phi", KEY_PHI, "F,...", 0, "test functions: powers and products of theta, m, u; cos(theta), sin(theta)",
     0},
    {"control", KEY_CONTROL, "NAME", 0,
     "a deliberate mistake, which must fail (--controls lists them)", 0},
    {"controls", KEY_CONTROLS, NULL, 0, "list the mistakes that each suite knows, and stop", 0},
    {"data", KEY_DATA, "FILE", 0,
     "data of least-squares and label-noise: cars, mirrored (default), or a file with one sample x y a line",
     0},
    {"kappa", KEY_KAPPA, "N,...", 0, "scaling: batch ratios (default 2,4,8; adam, adamw 2,4)", 0},
    {"resolution", KEY_RESOLUTION, "D", 0,
     "scaling, monte-carlo: the largest distance of two laws (MMD, below 1.41) that passes for none (default 0.06)", 0},
    {"ell", KEY_ELL, "N,...", 0, "svag: l of SVAG(l) (default 1,2,4,8,16)", 0},
    {"integrator", KEY_INTEGRATOR, "NAME", 0,
     "integrator: euler-maruyama (default), milstein, heun, platen, platen-simplified, sra1, talay-tubaro", 0},
    {"plot", KEY_PLOT, "PREFIX", 0, "write PREFIX.dat, PREFIX.svg and PREFIX.png; monte-carlo: also PREFIX-fan.*, paths over time", 0},
    {0},
};

static const char *suite_names(void)
{
    static char names[200];
    size_t used = 0;
    names[0] = '\0';
    for (const optcert_converge_suite *s = optcert_converge_suites; s->name != NULL && used < sizeof names;
         s++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "", s->name);
    }
    return names;
}

static json_t *controls_of(const optcert_converge_suite *suite)
{
    const char *name;
    const char *text;
    json_t *list = json_object();
    for (size_t i = 0; (name = suite->control(i, &text)) != NULL; i++) {
        json_object_set_new(list, name, json_string(text));
    }
    return list;
}

static void list_controls(bool json)
{
    json_t *document = json_object();
    for (const optcert_converge_suite *s = optcert_converge_suites; s->name != NULL; s++) {
        json_object_set_new(document, s->name, controls_of(s));
    }
    if (json) {
        optcert_json_print(document, stdout);
        return;
    }
    const char *suite;
    const char *name;
    json_t *list;
    json_t *text;
    json_object_foreach(document, suite, list)
    {
        printf("%s\n", suite);
        json_object_foreach(list, name, text)
        {
            printf("  %-24s %s\n", name, json_string_value(text));
        }
    }
    json_decref(document);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    optcert_converge_request *r = state->input;
    const char **const words[] = {NULL,       &r->problem, &r->optimizer, &r->noise,
                                  &r->engine, &r->control, &r->steps,     &r->phi,
                                  NULL,       &r->plot,    &r->data,      &r->integrator,
                                  &r->kappa,  &r->paths,   &r->resume,    &r->hessian, &r->covariance,
                                  &r->ell,    &r->resolution};
    switch (key) {
    case KEY_SET:
        if (r->sets == OPTCERT_SETS_MAX) {
            optcert_usage("--set is given more than %d times", OPTCERT_SETS_MAX);
        }
        r->set[r->sets++] = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (r->suite != NULL) {
            optcert_usage("'%s' is one argument too many: the suite is '%s'", arg, r->suite);
        }
        r->suite = arg;
        return 0;
    case KEY_CONTROLS:
        r->lists_controls = true;
        return 0;
    case ARGP_KEY_NO_ARGS:
        if (r->lists_controls) {
            return 0;
        }
        optcert_usage("a suite is needed: %s", suite_names());
    default:
        if (key >= KEY_PROBLEM && key <= KEY_RESOLUTION) {
            *words[key] = arg;
            return 0;
        }
        return ARGP_ERR_UNKNOWN;
    }
}

int optcert_cmd_converge(int argc, char **argv)
{
    optcert_options common;
    static optcert_converge_request r;
    r = (optcert_converge_request){0};
    optcert_parse(
        &(optcert_line){options, parse, "SUITE",
                        "Errors of optimizers against their SDEs and of integrators against exact "
                        "solutions: their order in the step and their leading coefficient. `optcert list` "
                        "names the suites.",
                        &r, true},
        argc, argv, &common);
    if (r.lists_controls) {
        list_controls(common.json);
        return OPTCERT_EXIT_PASSED;
    }
    for (const optcert_converge_suite *suite = optcert_converge_suites; suite->name != NULL; suite++) {
        if (strcmp(suite->name, r.suite) == 0) {
            if (r.resolution != NULL && suite->run != optcert_converge_scaling) {
                optcert_usage("--resolution '%s' means nothing for suite %s: it is of suite scaling with --engine monte-carlo",
                              r.resolution, suite->name);
            }
            return suite->run(&r, &common);
        }
    }
    optcert_usage("'%s' is not a suite (%s)", r.suite, suite_names());
}
