/* SPDX-License-Identifier: GPL-3.0-or-later
 * The deterministic engine: noise rules, chain against nested quadrature, limit against moment equations, predicted
 * against measured coefficient, and the mistakes that a study must notice. */
#include "chain.h"
#include "converge.h"
#include "expansion.h"
#include "kolmogorov.h"
#include "limit.h"
#include "settings.h"
#include "unit.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

static optcert_study make_study(const char *optimizer, const char *problem, const char *phi)
{
    optcert_study study = {.dynamics.oracle.noise = optcert_noise_find("gaussian")};
    study.dynamics.kind = optcert_optimizer_find(optimizer);
    study.dynamics.oracle.problem.kind = optcert_problem_find(problem);
    optcert_settings_default(&study);
    char words[80];
    strcpy(words, phi);
    char *rest = NULL;
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        UNIT_CHECK(optcert_phi_parse(word, &study.phi[study.phi_count]), "'%s' is not read", word);
        study.phi_count++;
    }
    return study;
}

static void noise_moments(void)
{
    for (const optcert_noise *noise = optcert_noises; noise->name != NULL; noise++) {
        optcert_rule rule;
        double moment[5] = {0.0};
        if (noise->source != OPTCERT_NOISE_LAW) {
            continue;
        }
        noise->rule(20, &rule);
        for (size_t i = 0; i < rule.n; i++) {
            double power = rule.w[i];
            for (int k = 0; k <= 4; k++) {
                moment[k] += power;
                power *= rule.z[i];
            }
        }
        const double wanted[5] = {1.0, 0.0, 1.0, noise->skewness, noise->fourth};
        /* an exact rule up to rounding; Student t: the trapezoidal rule's error for poles of order 3 at +-i pi/2 is
         * some 4 (2 pi/d)^2 exp(-pi^2/d) for a spacing d, here 44/99; twice that */
        const double spacing = 44.0 / 99.0;
        const double trapezoid = 8.0 * pow(2.0 * M_PI / spacing, 2.0) * exp(-M_PI * M_PI / spacing);
        const double allowed = isnan(noise->fourth) ? trapezoid : 1e-12 * 20;
        for (int k = 0; k <= (isnan(noise->fourth) ? 2 : 4); k++) {
            UNIT_CHECK(fabs(moment[k] - wanted[k]) <= allowed, "%s: E z^%d = %.17g", noise->name, k, moment[k]);
        }
    }
}

/* E phi after a few steps by the full tree of quadrature nodes. */
static void nested(const optcert_study *study, const optcert_rule *rule, size_t steps, size_t k, optcert_state x,
                   double weight, double *sum)
{
    if (k == steps) {
        for (size_t p = 0; p < study->phi_count; p++) {
            sum[p] += weight * optcert_phi_value(&study->phi[p], x.theta, x.m, x.u);
        }
        return;
    }
    const double h = study->horizon / (double)steps;
    for (size_t i = 0; i < rule->n; i++) {
        nested(study, rule, steps, k + 1,
               optcert_map_step(&study->dynamics, h, study->t0 / h + (double)k, x, rule->z[i]), weight * rule->w[i],
               sum);
    }
}

static void chain_is_nested_quadrature(void)
{
    static const struct {
        const char *optimizer, *problem;
        double allowed; /* the coarser grids' error, seen between their two levels */
    } cases[] = {{"sgd", "quadratic", 1e-12},          {"rmsprop", "quadratic", 1e-8}, {"rmsprop/new-v", "linear", 1e-8},
                 {"rmsprop", "state-noise", 2e-6}, {"adam", "quadratic", 2e-6},    {"adamw", "linear", 1e-7}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study study = make_study(cases[i].optimizer, cases[i].problem, "theta theta^2");
        study.horizon = 3.0 / 16;
        const optcert_level level = optcert_frame_chain_level(&study, 2);
        optcert_rule rule;
        optcert_frame frame;
        double tree[2] = {0.0, 0.0};
        double value[2];
        optcert_oracle_rule(&study.dynamics.oracle, &study.start.theta, 0, level.z, &rule);
        nested(&study, &rule, 3, 0, study.start, 1.0, tree);
        UNIT_CHECK(optcert_frame_pilot(&study, study.horizon / 3, &frame), "out of memory");
        UNIT_CHECK(optcert_chain_expect(&study, &frame, level, 3, value), "out of memory");
        for (size_t p = 0; p < 2; p++) {
            UNIT_CHECK(fabs(value[p] - tree[p]) <= cases[i].allowed, "%s on %s: E %s = %.12g, tree %.12g",
                       cases[i].optimizer, cases[i].problem, study.phi[p].name, value[p], tree[p]);
        }
    }
}

/* A study in many dimensions is looked at through one of its coordinates. */
static void pilot_in_many_dimensions(void)
{
    optcert_study study = make_study("rmsprop", "quadratic", "u");
    optcert_frame one, many;
    study.dynamics.oracle.noise = optcert_noise_find("rademacher");
    UNIT_CHECK(optcert_frame_pilot(&study, study.horizon / 8, &one), "out of memory");
    study.dimension = 100;
    study.dynamics.oracle.dimension = 100;
    UNIT_CHECK(optcert_frame_pilot(&study, study.horizon / 8, &many), "out of memory");
    UNIT_CHECK(one.u_low == many.u_low && one.theta.spread == many.theta.spread, "u above %a and %a", one.u_low, many.u_low);
}

/* Moments of the limits on the quadratic problem (a = 1, Sigma = 1), along u(t) = 1 + (u0 - 1) exp(-c2 (t - t0)):
 * y = E theta, E m, E theta^2, E theta m, E m^2 (Ito's formula). */
static int moment_slope(double t, const double y[], double dydt[], void *context)
{
    const optcert_study *study = context;
    const optcert_dynamics *d = &study->dynamics;
    const double u = 1.0 + (study->start.u - 1.0) * exp(-d->c2 * (t - study->t0));
    if (!d->kind->has_m) {
        const double p = d->sigma0 * sqrt(u) + d->eps0;
        dydt[0] = -y[0] / p;
        dydt[2] = -2.0 * y[2] / p + d->sigma0 * d->sigma0 / (p * p);
        dydt[1] = dydt[3] = dydt[4] = 0.0;
        return GSL_SUCCESS;
    }
    const double gamma2 = 1.0 - exp(-d->c2 * t);
    const double rate = sqrt(gamma2) / ((1.0 - exp(-d->c1 * t)) * (d->sigma0 * sqrt(u) + d->eps0 * sqrt(gamma2)));
    const double decay = d->kind->optimizer == OPTCERT_ADAMW ? d->lambda0 : 0.0;
    dydt[0] = -rate * y[1] - decay * y[0];
    dydt[1] = d->c1 * (y[0] - y[1]);
    dydt[2] = -2.0 * rate * y[3] - 2.0 * decay * y[2];
    dydt[3] = -rate * y[4] - decay * y[3] + d->c1 * (y[2] - y[3]);
    dydt[4] = 2.0 * d->c1 * (y[3] - y[4]) + d->sigma0 * d->sigma0 * d->c1 * d->c1;
    return GSL_SUCCESS;
}

static void limit_is_moment_equations(void)
{
    static const char *const optimizers[] = {"rmsprop", "adam", "adamw"};
    for (size_t i = 0; i < 3; i++) {
        optcert_study study = make_study(optimizers[i], "quadratic", "theta theta^2");
        optcert_frame frame;
        optcert_prediction found;
        const optcert_state x = study.start;
        double y[5] = {x.theta, x.m, x.theta * x.theta, x.theta * x.m, x.m * x.m};
        gsl_odeiv2_system system = {moment_slope, NULL, 5, &study};
        gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-13, 1e-13);
        double t = study.t0;
        gsl_odeiv2_driver_apply(driver, &t, study.t0 + study.horizon, y);
        gsl_odeiv2_driver_free(driver);
        UNIT_CHECK(optcert_frame_pilot(&study, study.horizon / 64, &frame), "out of memory");
        const optcert_level level = optcert_frame_limit_level(&study, study.dynamics.kind->has_m ? 0 : 2);
        UNIT_CHECK(optcert_limit_predict(&study, &frame, level, 0.0, study.horizon, false, &found), "out of memory");
        /* 7 nodes for log u: the coarsest level's error, seen against the next */
        UNIT_CHECK(fabs(found.value[0] - y[0]) <= 1e-8 && fabs(found.value[1] - y[2]) <= 1e-8,
                   "%s: grid %.12g %.12g, moments %.12g %.12g", optimizers[i], found.value[0], found.value[1], y[0], y[2]);
    }
}

/* A consistent chain has A_(2) = L and A_(1) = A_(3) = 0, two derivations of one operator. */
static void expansion_is_consistent(void)
{
    for (const optcert_optimizer_kind *kind = optcert_optimizer_kinds; kind->name != NULL; kind++) {
        optcert_study study = make_study(kind->name, "state-noise", "theta");
        optcert_frame frame = {{0.3, 0.5, 1.0}, {0.0, 0.5, 1.0}, 0.5};
        optcert_grid grid = {0};
        optcert_operator limit;
        optcert_operator chain;
        optcert_frame_theta(&study, &frame, 5, &grid.theta);
        optcert_frame_m(&study, &frame, 3, &grid.m);
        kind->has_u ? optcert_basis_log(&grid.u, 4, 0.5, 2.0) : optcert_basis_point(&grid.u);
        const bool ok = optcert_grid_open(&grid, 1) & optcert_operator_open(&limit, &grid) &
                        optcert_operator_open(&chain, &grid);
        UNIT_CHECK(ok, "out of memory");
        optcert_limit_generator(&study, &grid, 0.7, &limit);
        for (unsigned order = 1; order <= 3; order++) {
            optcert_expansion_fill(&study, &grid, 0.7, order, &chain);
            for (size_t term = 0; term < OPTCERT_TERMS; term++) {
                const size_t node = (grid.theta.n / 2) * grid.m.n;
                const double wanted = order == 2 && limit.used[term] ? limit.field[term][node] : 0.0;
                UNIT_CHECK(fabs(chain.field[term][node] - wanted) <= 1e-13 * (1.0 + fabs(wanted)),
                           "%s: s^%u, term %zu: %.17g, limit %.17g", kind->name, order, term, chain.field[term][node],
                           wanted);
            }
        }
        optcert_operator_close(&chain);
        optcert_operator_close(&limit);
        optcert_grid_close(&grid);
    }
}

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static optcert_verdict study_verdict(const char *optimizer, const char *problem, const char *control, double target)
{
    static optcert_converge c;
    char reason[OPTCERT_REASON_SIZE];
    c = (optcert_converge){.suite = target == 1.0 ? "limit" : "order2", .order_target = target};
    c.study = make_study(optimizer, problem, "theta theta^2");
    c.study.second_order = target == 2.0;
    UNIT_CHECK(control == NULL || optcert_settings_control(&c.study, control, reason), "%s", control);
    optcert_converge_set_steps(&c, (size_t[]){8}, 1, OPTCERT_ROWS_MIN);
    UNIT_CHECK(optcert_converge_run(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "%s not run", optimizer);
    return c.verdict;
}

static void sgd_orders(void)
{
    UNIT_CHECK(study_verdict("sgd", "quadratic", NULL, 1.0) == OPTCERT_PASSED, "SGD is of order 1");
    UNIT_CHECK(study_verdict("sgd", "quadratic", NULL, 2.0) == OPTCERT_PASSED, "the modified equation is of order 2");
    UNIT_CHECK(study_verdict("sgd", "quadratic", "time-unit", 1.0) == OPTCERT_FAILED, "a wrong time unit must fail");
    UNIT_CHECK(study_verdict("sgd/scaled", "quadratic", NULL, 1.0) == OPTCERT_PASSED, "eta sigma^2 kept: order 1");
    UNIT_CHECK(study_verdict("sgd/scaled", "quadratic", NULL, 2.0) == OPTCERT_PASSED, "eta sigma^2 kept: order 2");
}

/* Adam against its limit with every correction of order h that Ito allows: what is left keeps it at order 1, with the coefficient that
 * the third-order operator gives. */
static void order2_of_adam(void)
{
    static optcert_converge c;
    c = (optcert_converge){.suite = "order2", .order_target = 2.0};
    c.study = make_study("adam", "linear", "theta^2");
    c.study.dynamics.oracle.noise = optcert_noise_find("three-point");
    c.study.horizon = 0.25;
    c.study.second_order = true;
    optcert_converge_set_steps(&c, (size_t[]){8}, 1, OPTCERT_ROWS_MIN);
    UNIT_CHECK(optcert_converge_run(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
    UNIT_CHECK(c.claim[0].verdict == OPTCERT_FAILED && c.claim[1].verdict == OPTCERT_PASSED, "order %g, coefficient %g of %g",
               c.order[0].value, c.measured[0].value, c.predicted[0].value);
}

static void settings_are_checked(void)
{
    static const struct {
        const char *text;
        const char *part; /* of the reason */
    } bad[] = {{"sigma0=0", "must be > 0"}, {"sigma0=-1", "must be > 0"}, {"a=nan", "finite"}, {"a=", "finite"},
               {"q=1", "KEY=VALUE"},        {"a", "KEY=VALUE"},            {"c1=1", "means nothing"}, {"", "KEY=VALUE"},
               {"eps0=-0.1", ">= 0"},       {"a=1,", "KEY=VALUE"},         {"u0=1e999", "must be"},
               {"theta0=1234567890123456789012345678901234567890123456789012345678901234567890123456789", "is too long"}};
    optcert_study study = make_study("rmsprop", "quadratic", "theta");
    char reason[OPTCERT_REASON_SIZE];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        UNIT_CHECK(!optcert_settings_apply(&study, bad[i].text, reason) && strstr(reason, bad[i].part) != NULL,
                   "'%s': %s", bad[i].text, reason);
    }
    UNIT_CHECK(optcert_settings_apply(&study, "a=2,c2=9", reason) && study.dynamics.oracle.problem.a == 2.0, "good settings");
    UNIT_CHECK(!optcert_settings_check(&study, 9, reason) && optcert_settings_check(&study, 10, reason), "c2 h < 1");
    static const char *const no_phi[] = {"", "theta^", "theta^0", "theta^7", "v", "theta*", "theta**u", "theta^4*theta^3",
                                       "cos(theta)*sin(theta)", "theta^:", "theta*theta*theta*theta*theta*theta*m*m*m*m*m*m*u*u*u*u*u*u"};
    for (size_t i = 0; i < sizeof no_phi / sizeof no_phi[0]; i++) {
        optcert_phi phi;
        UNIT_CHECK(!optcert_phi_parse(no_phi[i], &phi), "'%s' is read", no_phi[i]);
    }
}

/* Its derivative is sqrt(Sigma), and it is a group; Sigma = 1, S0 + S1 theta^2, with a linear part, with a zero. */
static void noise_flows(void)
{
    static const struct {
        const char *kind;
        double s0, s01, s1;
    } cases[] = {{"quadratic", 0.7, 0.0, 0.0}, {"state-noise", 1.0, 0.0, 0.2}, {"least-squares", 1.3, -0.4, 0.5},
                 {"least-squares", 0.25, -1.0, 1.0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const optcert_problem problem = {
            .kind = optcert_problem_find(cases[i].kind), .s0 = cases[i].s0, .s01 = cases[i].s01, .s1 = cases[i].s1};
        for (double theta = -2.0; theta <= 2.0; theta += 0.375) {
            const double ahead = optcert_noise_flow(&problem, theta, 0.8);
            const double slope =
                (optcert_noise_flow(&problem, theta, 1e-4) - optcert_noise_flow(&problem, theta, -1e-4)) / 2e-4;
            const double wanted = sqrt(optcert_sigma2(&problem, theta));
            UNIT_CHECK(fabs(optcert_noise_flow(&problem, ahead, -0.8) - theta) <= 1e-13 * (1.0 + fabs(ahead)),
                       "%s: from %g and back", cases[i].kind, theta);
            /* a central difference: 1e-8/6 of the third derivative, at most 3 here, and rounding 1e-16/1e-4 */
            UNIT_CHECK(fabs(slope - wanted) <= 1e-8, "%s at %g: slope %.12g, not %.12g", cases[i].kind, theta, slope, wanted);
        }
    }
}

/* An operator with one term alone, lower derivatives not asked for: x^3 becomes 6 x. */
static void operator_of_one_term(void)
{
    optcert_grid grid = {0};
    optcert_operator op;
    double w[8], out[8] = {0.0};
    optcert_basis_hermite(&grid.theta, 8, 0.0, 1.0, 0.0);
    optcert_basis_point(&grid.m);
    optcert_basis_point(&grid.u);
    if (!UNIT_CHECK(optcert_grid_open(&grid, 1) && optcert_operator_open(&op, &grid), "out of memory")) {
        return;
    }
    optcert_operator_clear(&op, &grid);
    double *field = optcert_operator_field(&op, 2, 0, 0);
    for (size_t i = 0; i < 8; i++) {
        field[i] = 1.0;
        w[i] = pow(grid.theta.x[i], 3.0);
    }
    optcert_operator_apply(&op, &grid, 1, 1.0, w, out);
    for (size_t i = 0; i < 8; i++) {
        UNIT_CHECK(fabs(out[i] - 6.0 * grid.theta.x[i]) <= 1e-9, "at %g: %.12g", grid.theta.x[i], out[i]);
    }
    optcert_operator_close(&op);
    optcert_grid_close(&grid);
}

static const char *name_of(size_t i)
{
    const char *text = NULL;
    const char *name = optcert_settings_control_name(i, &text);
    UNIT_CHECK((name != NULL) == (text != NULL), "control %zu has one of name and text", i);
    return name;
}

/* Each control that is listed is known. */
static void controls_are_listed(void)
{
    size_t count = 0;
    for (const char *name; (name = name_of(count)) != NULL; count++) {
        char reason[OPTCERT_REASON_SIZE] = "";
        optcert_study study = make_study("rmsprop", "state-noise", "theta");
        const bool taken = optcert_settings_control(&study, name, reason);
        UNIT_CHECK(taken || strstr(reason, "changes nothing") != NULL, "%s: %s", name, reason);
    }
    UNIT_CHECK(count == 6, "%zu controls", count);
}

/* What moves theta by how much: each mistake changes the limit, and nothing else does. */
static void mistakes_change_the_limit(void)
{
    static const struct {
        const char *optimizer, *problem;
        optcert_mistake mistake;
    } cases[] = {{"rmsprop", "state-noise", OPTCERT_STRATONOVICH},  {"sgd", "state-noise", OPTCERT_STRATONOVICH},
                 {"rmsprop", "state-noise", OPTCERT_MISSING_PRECONDITIONER}, {"adam", "quadratic", OPTCERT_MISSING_PRECONDITIONER},
                 {"adam", "quadratic", OPTCERT_NO_GAMMA}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study right = make_study(cases[i].optimizer, cases[i].problem, "theta theta^2"), wrong = right;
        optcert_frame frame;
        optcert_prediction one, other;
        wrong.mistake = cases[i].mistake;
        UNIT_CHECK(optcert_frame_pilot(&right, right.horizon / 64, &frame), "out of memory");
        const optcert_level level = optcert_frame_limit_level(&right, 0);
        UNIT_CHECK(optcert_limit_predict(&right, &frame, level, 0.01, 0.25, false, &one) &&
                       optcert_limit_predict(&wrong, &frame, level, 0.01, 0.25, false, &other), "out of memory");
        UNIT_CHECK(fabs(one.value[0] - other.value[0]) > 1e-5,
                   "%s on %s, mistake %d: %.9g, %.9g", cases[i].optimizer, cases[i].problem, (int)cases[i].mistake, one.value[0], other.value[0]);
    }
}

UNIT_SUITE(engine, {"operator_of_one_term", operator_of_one_term}, {"controls_are_listed", controls_are_listed},
           {"mistakes_change_the_limit", mistakes_change_the_limit}, {"noise_moments", noise_moments}, {"pilot_in_many_dimensions", pilot_in_many_dimensions}, {"chain_is_nested_quadrature", chain_is_nested_quadrature},
           {"limit_is_moment_equations", limit_is_moment_equations},
           {"expansion_is_consistent", expansion_is_consistent}, {"sgd_orders", sgd_orders}, {"order2_of_adam", order2_of_adam}, {"noise_flows", noise_flows},
           {"settings_are_checked", settings_are_checked})
