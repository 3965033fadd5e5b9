/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moment equations: in one dimension the grids' answers, in two the sampled ones and the explicit powers and exponentials of the
 * Hessian's eigenvalues, errors within their bounds, what does not close refused, mistakes noticed. */
#include "moments/moments.h"
#include "converge.h"
#include "sample/matrices.h"
#include "sampled.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static void set_study(optcert_study *study, const char *optimizer, const char *problem, const char *set, const char *phi)
{
    char reason[OPTCERT_REASON_SIZE] = "";
    char words[80];
    *study = (optcert_study){.dynamics.oracle.noise = optcert_noise_find("gaussian"), .wide = true};
    study->dynamics.kind = optcert_optimizer_find(optimizer);
    study->dynamics.oracle.problem.kind = optcert_problem_find(problem);
    optcert_settings_default(study);
    UNIT_CHECK(*set == '\0' || optcert_settings_apply(study, set, reason), "%s", reason);
    strcpy(words, phi);
    char *rest = NULL;
    for (char *word = strtok_r(words, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
        UNIT_CHECK(optcert_phi_parse(word, &study->phi[study->phi_count++]), "'%s' is not read", word);
    }
}

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static void set_rows(optcert_converge *c, double order)
{
    c->suite = order == 2.0 ? "order2" : "limit";
    c->order_target = order;
    c->study.second_order = order == 2.0;
    optcert_converge_set_steps(c, (size_t[]){8}, 1, OPTCERT_ROWS_MIN);
}

/* Two engines with nothing in common but the definitions. */
static void one_dimension(void)
{
    static const struct {
        const char *optimizer, *problem, *set, *phi;
        double order;
    } cases[] = {{"sgd", "quadratic", "a=1.3,sigma0=0.7,theta0=0.8", "theta,theta^2", 1.0},
                 {"sgd", "state-noise", "S1=0.6,T=0.7", "theta^2", 1.0},
                 {"sgd", "state-noise", "", "theta,theta^2", 2.0},
                 {"sgd", "least-squares", "", "theta,theta^2", 1.0},
                 {"rmsprop", "linear", "a=0.7,S0=1.4,c2=1.6,u0=0.4", "u,u^2", 1.0},
                 {"adam", "linear", "a=0.7,S0=1.4,c1=1.2,c2=0.8,T=0.25", "m*u", 1.0}};
    static optcert_converge grid, moments;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        grid = (optcert_converge){0};
        set_study(&grid.study, cases[i].optimizer, cases[i].problem, cases[i].set, cases[i].phi);
        set_rows(&grid, cases[i].order);
        moments = grid;
        UNIT_CHECK(optcert_converge_run(&grid, no_progress, NULL) == OPTCERT_CONVERGE_OK, "%s: grid", cases[i].optimizer);
        UNIT_CHECK(optcert_converge_run_moments(&moments, no_progress, NULL) == OPTCERT_CONVERGE_OK, "%s: moments",
                   cases[i].optimizer);
        UNIT_CHECK(moments.verdict == OPTCERT_PASSED, "%s on %s does not pass", cases[i].optimizer, cases[i].problem);
        for (size_t p = 0; p < grid.study.phi_count; p++) {
            const char *phi = grid.study.phi[p].name;
            for (size_t k = 0; k < OPTCERT_ROWS_MIN; k++) {
                const optcert_row *a = &grid.row[k], *b = &moments.row[k];
                /* the grids' resolution is a change between two levels, not a bound: five of it */
                const double allowed = 5.0 * a->resolution[p] + b->resolution[p] + 1e-13;
                UNIT_CHECK(fabs(a->error[p] - b->error[p]) <= allowed, "%s on %s, %zu steps: error of %s is %.12g, by grids %.12g",
                           cases[i].optimizer, cases[i].problem, a->steps, phi, b->error[p], a->error[p]);
            }
            const double between = fabs(grid.predicted[p].value - moments.predicted[p].value);
            const double allowed = 5.0 * (grid.predicted[p].high - grid.predicted[p].low + moments.predicted[p].high -
                                          moments.predicted[p].low) + 1e-10;
            UNIT_CHECK(between <= allowed, "%s on %s: C1 of %s is %.12g, by grids %.12g", cases[i].optimizer, cases[i].problem, phi,
                       moments.predicted[p].value, grid.predicted[p].value);
        }
    }
}

/* Coordinates that interact, against the chain and the limit as they are run: 99.9999 % of a normal law lie within 4.9 standard
 * deviations; the bias that is left is an estimate, no bound: five of it. */
static void two_dimensions_sampled(void)
{
    static const struct {
        const char *optimizer, *problem, *set, *phi;
    } cases[] = {{"sgd", "quadratic", "d=2,couple=0.7,rho=0.3,sigma0=1.5", "theta,theta^2"},
                 {"sgd", "state-noise", "d=3,couple=0.4,S1=0.5,sigma0=1.2", "theta,theta^2"},
                 {"adam", "linear", "d=2,rho=0.5", "m,u,m^2,m*u"}};
    static optcert_converge sampled, moments;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char reason[OPTCERT_SAMPLED_REASON] = "";
        moments = (optcert_converge){.suite = "limit", .order_target = 1.0};
        set_study(&moments.study, cases[i].optimizer, cases[i].problem, cases[i].set, cases[i].phi);
        optcert_converge_set_steps(&moments, (size_t[]){4, 8, 16}, 3, OPTCERT_ROWS_MIN);
        sampled = moments;
        sampled.study.sampled = true;
        optcert_converge_set_steps(&sampled, (size_t[]){4, 8, 16}, 3, 3);
        const optcert_sampled_options options = {.seed = unit_seed(), .paths = 4096, .most_work = 1e9};
        UNIT_CHECK(optcert_sampled_run(&sampled, &options, reason) == OPTCERT_SAMPLED_OK, "%s", reason);
        UNIT_CHECK(optcert_converge_run_moments(&moments, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
        for (size_t p = 0; p < moments.study.phi_count; p++) {
            for (size_t k = 0; k < 3; k++) {
                const optcert_row *a = &sampled.row[k], *b = &moments.row[k];
                UNIT_CHECK(fabs(a->error[p] - b->error[p]) <= 4.9 * a->se[p] + 5.0 * a->resolution[p],
                           "%s on %s, %zu steps: error of %s is %.6g, sampled %.6g +- %.2g", cases[i].optimizer, cases[i].problem,
                           a->steps, moments.study.phi[p].name, b->error[p], a->error[p], a->se[p]);
            }
        }
    }
}

/* Two coordinates on a ring: eigenvalues a (noise S0 (1 + rho)) and a + 4 couple (S0 (1 - rho)); both start in the first. */
static void explicit_powers(void)
{
    optcert_study study;
    optcert_moments_answer chain, limit;
    set_study(&study, "sgd", "quadratic", "d=2,a=1.25,couple=0.5,rho=0.25,S0=1,sigma0=0.75,theta0=1.5,T=2", "theta,theta^2");
    optcert_moments *m = optcert_moments_open(&study);
    UNIT_CHECK(m != NULL, "out of memory");
    for (size_t steps = 16; m != NULL && steps <= 4096; steps *= 4) {
        const double h = 2.0 / (double)steps;
        const long double lambda[2] = {1.25L, 3.25L}, noise[2] = {1.25L, 0.75L}, square = 0.5625L * h;
        long double walked = 0.0L, flowed = 0.0L;
        for (int i = 0; i < 2; i++) {
            const long double factor = 1.0L - h * lambda[i], kept = powl(factor * factor, (long double)steps);
            const long double decay = expl(-4.0L * lambda[i]), start = i == 0 ? 4.5L : 0.0L; /* |theta_0|^2 */
            walked += 0.5L * (kept * start + h * square * noise[i] * (1.0L - kept) / (1.0L - factor * factor));
            flowed += 0.5L * (decay * start + square * noise[i] * (1.0L - decay) / (2.0L * lambda[i]));
        }
        UNIT_CHECK(optcert_moments_chain(m, steps, &chain) && optcert_moments_limit(m, h, 2.0, &limit), "out of memory");
        UNIT_CHECK(fabsl(chain.value[1] - walked) <= chain.error[1], "%zu steps: off by %Lg, bound %g", steps,
                   chain.value[1] - walked, chain.error[1]);
        UNIT_CHECK(fabsl(limit.value[1] - flowed) <= limit.error[1], "h = %g: off by %Lg, bound %g", h,
                   limit.value[1] - flowed, limit.error[1]);
        UNIT_CHECK(chain.error[1] <= 1e-10 && limit.error[1] <= 1e-11, "bounds %g and %g are idle", chain.error[1], limit.error[1]);
    }
    optcert_moments_close(m);
}

/* A loss and noise by matrices that say what the settings said: the same moments; twice the noise, and they are not. */
static void matrices_say_the_same(void)
{
    static const struct {
        const char *optimizer, *problem, *set, *phi;
        bool loss; /* by a matrix, too */
    } cases[] = {{"sgd", "quadratic", "d=2,a=1.25,S0=2", "theta,theta^2", true},
                 {"sgd", "quadratic", "d=2,a=1.25,S0=2,couple=0.5", "theta,theta^2", false},
                 {"adam", "linear", "d=2,a=0.7,S0=2", "m,u,m^2,m*u,u^2", false},
                 {"rmsprop", "linear", "d=2,a=0.7,S0=2", "u,u^2", false}};
    double hessian[4] = {1.25, 0, 0, 1.25}, root[4] = {1, 0, 0, 1}, deviation[2] = {sqrt(2.0), sqrt(2.0)};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study plain, other;
        optcert_moments_answer wanted, got, louder;
        set_study(&plain, cases[i].optimizer, cases[i].problem, cases[i].set, cases[i].phi);
        other = plain;
        optcert_matrices matrices = {2, cases[i].loss ? hessian : NULL, root, deviation};
        other.matrices = &matrices;
        optcert_moments *one = optcert_moments_open(&plain), *two = optcert_moments_open(&other);
        UNIT_CHECK(optcert_moments_chain(one, 16, &wanted) && optcert_moments_chain(two, 16, &got), "out of memory");
        deviation[1] *= sqrt(2.0);
        optcert_moments *three = optcert_moments_open(&other);
        UNIT_CHECK(optcert_moments_chain(three, 16, &louder), "out of memory");
        deviation[1] /= sqrt(2.0);
        bool differs = false;
        for (size_t p = 0; p < plain.phi_count; p++) {
            UNIT_CHECK(fabs(got.value[p] - wanted.value[p]) <= got.error[p] + wanted.error[p], "%s, %s: %.17g, not %.17g", cases[i].optimizer,
                       plain.phi[p].name, got.value[p], wanted.value[p]);
            differs = differs || fabs(louder.value[p] - wanted.value[p]) > 1e-3;
        }
        UNIT_CHECK(differs, "%s: twice the noise changes nothing", cases[i].optimizer);
        optcert_moments_close(one);
        optcert_moments_close(two);
        optcert_moments_close(three);
    }
    optcert_moments_close(NULL);
}

/* An equation that so many steps cannot follow has no answer, and is not waited for: the program hung. */
static void what_cannot_be_followed(void)
{
    static const char *const sets[] = {"d=2,couple=1e300", "d=2,a=1e9", "d=2,couple=1e308"};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        c = (optcert_converge){0};
        set_study(&c.study, "sgd", "quadratic", sets[i], "theta");
        set_rows(&c, 1.0);
        UNIT_CHECK(optcert_converge_run_moments(&c, no_progress, NULL) == OPTCERT_CONVERGE_DIVERGED, "%s is answered", sets[i]);
    }
}

static void what_does_not_close(void)
{
    static const struct {
        const char *optimizer, *problem, *noise, *set, *phi;
        const char *says; /* NULL: it closes */
    } cases[] = {{"sgd", "quadratic", "student3", "d=2", "theta^2", NULL},
                 {"sgd", "quadratic", "gaussian", "d=2", "theta^3", "degree 2"},
                 {"sgd", "quadratic", "gaussian", "d=2", "cos(theta)", "degree 2"},
                 {"sgd", "double-well", "gaussian", "d=2", "theta", "not linear"},
                 {"sgd", "state-noise", "gaussian", "d=2,rho=0.1", "theta", "diagonal"},
                 {"sgd", "quadratic", "gaussian", "d=4000", "theta", "at most"},
                 {"rmsprop", "linear", "gaussian", "d=2", "theta", "1/(sigma0 sqrt(u) + eps0)"},
                 {"rmsprop", "quadratic", "gaussian", "d=2", "u", "drives u"},
                 {"rmsprop", "linear", "gaussian", "d=2,couple=0.1", "u", "drives u"},
                 {"rmsprop", "linear", "student3", "d=2", "u", NULL},
                 {"rmsprop", "linear", "student3", "d=2", "u^2", "no expectation"},
                 {"adam", "linear", "student3", "d=2", "m*u", "no expectation"},
                 {"adam", "linear", "gaussian", "d=2", "m^2*u", "degree 2"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_study study;
        char reason[OPTCERT_REASON_SIZE] = "";
        set_study(&study, cases[i].optimizer, cases[i].problem, cases[i].set, cases[i].phi);
        study.dynamics.oracle.noise = optcert_noise_find(cases[i].noise);
        const bool closed = optcert_moments_closed(&study, reason);
        UNIT_CHECK(closed == (cases[i].says == NULL) && (closed || strstr(reason, cases[i].says) != NULL), "%s on %s, %s: %s",
                   cases[i].optimizer, cases[i].problem, cases[i].phi, reason);
    }
}

static void mistakes_are_noticed(void)
{
    static const struct {
        const char *optimizer, *problem, *set, *phi, *control;
        bool known; /* else it changes nothing here, and is refused */
    } cases[] = {{"sgd", "quadratic", "d=2,couple=0.3", "theta^2", "time-unit", true},
                 {"sgd", "state-noise", "d=2,couple=0.3", "theta,theta^2", "stratonovich", true},
                 {"sgd", "quadratic", "d=2", "theta", "stratonovich", false},
                 {"sgd", "quadratic", "d=2", "theta^2", "heavy-tails", false},
                 {"rmsprop", "linear", "d=2", "u", "time-unit", true},
                 {"rmsprop", "linear", "d=2", "u", "missing-preconditioner", false},
                 {"adam", "linear", "d=2", "m*u", "skewed-noise", true},
                 {"adam", "linear", "d=2", "u^2", "skewed-noise", false},
                 {"adam", "linear", "d=2", "m", "no-gamma", false}};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char reason[OPTCERT_REASON_SIZE] = "";
        c = (optcert_converge){0};
        set_study(&c.study, cases[i].optimizer, cases[i].problem, cases[i].set, cases[i].phi);
        set_rows(&c, 1.0);
        const bool known = optcert_settings_control(&c.study, cases[i].control, reason);
        UNIT_CHECK(known == cases[i].known, "%s on %s: %s", cases[i].optimizer, cases[i].problem, reason);
        if (known) {
            UNIT_CHECK(optcert_converge_run_moments(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
            UNIT_CHECK(c.verdict == OPTCERT_FAILED, "%s on %s: %s is not noticed", cases[i].optimizer, cases[i].problem,
                       cases[i].control);
        }
    }
}

UNIT_SUITE(moments, {"one_dimension", one_dimension}, {"two_dimensions_sampled", two_dimensions_sampled},
           {"explicit_powers", explicit_powers}, {"matrices_say_the_same", matrices_say_the_same}, {"what_cannot_be_followed", what_cannot_be_followed},
           {"what_does_not_close", what_does_not_close},
           {"mistakes_are_noticed", mistakes_are_noticed})
