/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam from m = u = 0: the chain against all its paths, the limit against its explicit mean, the predicted coefficient of h log(1/h)
 * against the measured one, and what is refused. */
#include "chain.h"
#include "converge.h"
#include "settings.h"
#include "unit.h"
#include "zero_start.h"

#include <math.h>
#include <string.h>

static void set_study(optcert_study *study, const char *optimizer, const char *problem, const char *noise, const char *set,
                      const char *phi)
{
    char reason[OPTCERT_REASON_SIZE] = "";
    char words[80];
    *study = (optcert_study){.dynamics.oracle.noise = optcert_noise_find(noise)};
    study->dynamics.kind = optcert_optimizer_find(optimizer);
    study->dynamics.oracle.problem.kind = optcert_problem_find(problem);
    optcert_settings_default(study);
    UNIT_CHECK(optcert_settings_apply(study, "t0=0,m0=0,u0=0", reason) && optcert_settings_apply(study, set, reason), "%s", reason);
    strcpy(words, phi);
    char *rest = NULL;
    for (char *word = strtok_r(words, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
        UNIT_CHECK(optcert_phi_parse(word, &study->phi[study->phi_count++]), "'%s' is not read", word);
    }
}

/* The whole tree of a law of few atoms. */
static void tree(const optcert_study *study, const optcert_rule *rule, size_t steps, size_t k, optcert_state x, double weight, double *sum)
{
    if (k == steps) {
        for (size_t p = 0; p < study->phi_count; p++) {
            sum[p] += weight * optcert_phi_value(&study->phi[p], x.theta, x.m, x.u);
        }
        return;
    }
    for (size_t i = 0; i < rule->n; i++) {
        const double h = study->horizon / (double)steps;
        tree(study, rule, steps, k + 1, optcert_map_step(&study->dynamics, h, (double)k, x, rule->z[i]), weight * rule->w[i], sum);
    }
}

static void chain_is_its_paths(void)
{
    static const struct {
        const char *optimizer, *problem, *noise, *set, *phi;
        double allowed; /* the coarser grids' error, seen between their two levels */
    } cases[] = {{"adam", "linear", "rademacher", "T=0.08,a=0.7", "theta,theta^2,m,u", 1e-10},
                 {"adam", "quadratic", "rademacher", "T=0.08", "theta,m,u", 1e-7},
                 {"adamw", "quadratic", "rademacher", "T=0.08,lambda0=0.8,c1=1,c2=3", "theta,u", 1e-7},
                 {"adam", "linear", "three-point", "T=0.08,a=0.7", "theta,m", 1e-5}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study study;
        optcert_frame frame;
        optcert_rule rule;
        double sum[OPTCERT_PHI_MAX] = {0.0}, value[OPTCERT_PHI_MAX];
        set_study(&study, cases[i].optimizer, cases[i].problem, cases[i].noise, cases[i].set, cases[i].phi);
        study.dynamics.oracle.noise->rule(3, &rule);
        tree(&study, &rule, 5, 0, study.start, 1.0, sum);
        UNIT_CHECK(optcert_frame_pilot(&study, study.horizon / 5, &frame) &&
                       optcert_chain_expect(&study, &frame, optcert_frame_chain_level(&study, 1), 5, value),
                   "out of memory");
        for (size_t p = 0; p < study.phi_count; p++) {
            UNIT_CHECK(fabs(value[p] - sum[p]) <= cases[i].allowed, "%s on %s, %s: E %s = %.12g, tree %.12g", cases[i].optimizer,
                       cases[i].problem, cases[i].noise, study.phi[p].name, value[p], sum[p]);
        }
    }
}

/* Linear loss: E m = a gamma_1, so that E theta = theta_0 - a T/(sigma0 sqrt(S0) + eps0) exactly. */
static void explicit_mean(void)
{
    optcert_study study;
    double value[OPTCERT_PHI_MAX];
    set_study(&study, "adam", "linear", "gaussian", "a=0.7,S0=1.44,sigma0=0.5,eps0=0.1,T=0.5,theta0=1", "theta,m,u");
    UNIT_CHECK(optcert_zero_limit(&study, 0.5, value), "not solved");
    const double wanted[3] = {1.0 - 0.7 * 0.5 / 0.7, -0.7 * expm1(-2.0 * 0.5), -1.44 * expm1(-0.5)};
    for (size_t p = 0; p < 3; p++) {
        UNIT_CHECK(fabs(value[p] - wanted[p]) <= 1e-11, "E %s = %.14g, not %.14g", study.phi[p].name, value[p], wanted[p]);
    }
}

/* Wherever it is split a rule keeps its law's moments. */
static void split_rules(void)
{
    static const char *const laws[] = {"gaussian", "uniform", "exponential", "rademacher", "three-point"};
    optcert_study study;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        set_study(&study, "adam", "quadratic", laws[i], "T=1", "theta");
        for (double theta = -6.0; theta <= 6.0; theta += 1.5) {
            optcert_rule rule;
            optcert_zero_rule(&study, 0.04, theta, 12, &rule);
            const double wanted[5] = {1.0, 0.0, 1.0, study.dynamics.oracle.noise->skewness, study.dynamics.oracle.noise->fourth};
            for (unsigned k = 0; k <= 4; k++) {
                /* 2 panels of 64 nodes take a smooth law to rounding; the uniform law's and the exponential's maps bend within reach */
                UNIT_CHECK(fabs(optcert_rule_moment(&rule, k) - wanted[k]) <= 1e-9, "%s at %g: E z^%u = %.12g", laws[i], theta, k,
                           optcert_rule_moment(&rule, k));
            }
        }
    }
}

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static void error_is_h_log_h(void)
{
    static const struct {
        const char *set, *control;
        optcert_verdict verdict;
    } cases[] = {{"T=0.5,a=0.7", NULL, OPTCERT_PASSED}, {"T=0.5,a=0.7", "no-gamma", OPTCERT_FAILED}};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char reason[OPTCERT_REASON_SIZE] = "";
        c = (optcert_converge){.suite = "limit", .order_target = 1.0};
        set_study(&c.study, "adam", "linear", "rademacher", cases[i].set, "theta");
        UNIT_CHECK(cases[i].control == NULL || optcert_settings_control(&c.study, cases[i].control, reason), "%s", reason);
        optcert_converge_set_steps(&c, (size_t[]){16}, 1, OPTCERT_ROWS_MIN);
        UNIT_CHECK(optcert_converge_run(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
        UNIT_CHECK(c.verdict == cases[i].verdict, "%s: order %g in [%g, %g], coefficient %g in [%g, %g] of %g",
                   cases[i].control != NULL ? cases[i].control : "right", c.order[0].value, c.order[0].low, c.order[0].high,
                   c.measured[0].value, c.measured[0].low, c.measured[0].high, c.predicted[0].value);
    }
}

static void other_starts_are_refused(void)
{
    static const struct {
        const char *optimizer, *problem, *set;
        bool allowed;
    } cases[] = {{"adam", "quadratic", "T=1", true},           {"adamw", "linear", "T=1", true},
                 {"adam", "quadratic", "m0=0.1", false},       {"adam", "quadratic", "t0=0.5", false},
                 {"adam", "double-well", "T=1", false},        {"adam", "state-noise", "T=1", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study study;
        char reason[OPTCERT_REASON_SIZE] = "";
        set_study(&study, cases[i].optimizer, cases[i].problem, "gaussian", cases[i].set, "theta");
        UNIT_CHECK(optcert_settings_check(&study, 16, reason) == cases[i].allowed, "%s on %s, %s: %s", cases[i].optimizer,
                   cases[i].problem, cases[i].set, reason);
    }
}

UNIT_SUITE(zero_start, {"chain_is_its_paths", chain_is_its_paths}, {"explicit_mean", explicit_mean}, {"split_rules", split_rules},
           {"error_is_h_log_h", error_is_h_log_h}, {"other_starts_are_refused", other_starts_are_refused})
