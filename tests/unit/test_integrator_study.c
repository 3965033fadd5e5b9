/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every scheme has its weak order on every problem it is for, and its strong one; mistakes in its use are
 * found out. */
#include "integrator_study.h"
#include "unit.h"

#include <string.h>

static void start(optcert_converge *c)
{
    *c = (optcert_converge){.suite = "integrator", .seed = 1};
    c->study.horizon = 1.0;
    optcert_converge_set_steps(c, (size_t[]){16, 32, 64, 128, 256}, 5, OPTCERT_ROWS_MIN);
}

static optcert_scheme_run run_of(const optcert_scheme *scheme, const optcert_exact_problem *problem)
{
    return (optcert_scheme_run){scheme, problem, 1.0, 0.5, 1.0, 1.0, OPTCERT_SCHEME_RIGHT};
}

/* On linear equations grids are exact; on sinh the schemes of order 1 resolve as well. */
static void weak_orders(void)
{
    static optcert_converge c;
    for (const optcert_scheme *s = optcert_schemes; s->name != NULL; s++) {
        for (const optcert_exact_problem *p = optcert_exact_problems; p->name != NULL; p++) {
            if ((s->additive_only && !p->additive) || (s->weak > 1.0 && strcmp(p->name, "sinh") == 0)) {
                continue;
            }
            const optcert_scheme_run run = run_of(s, p);
            start(&c);
            UNIT_CHECK(optcert_integrator_weak(&run, &c) && c.verdict != OPTCERT_FAILED,
                       "%s on %s: order %g, %g", s->name, p->name, c.order[0].value, c.order[1].value);
            UNIT_CHECK(strcmp(p->name, "sinh") == 0 || c.verdict == OPTCERT_PASSED, "%s on %s: not decided",
                       s->name, p->name);
        }
    }
}

/* The limit of a scheme that reads the other calculus, or a wrong drift, is another equation: order 0. */
static void mistakes_fail(void)
{
    static optcert_converge c;
    for (const optcert_scheme *s = optcert_schemes; s->name != NULL; s++) {
        optcert_scheme_run run = run_of(s, &optcert_exact_problems[s->additive_only ? 0 : 1]);
        run.mistake = OPTCERT_SCHEME_WRONG_DRIFT;
        start(&c);
        UNIT_CHECK(optcert_integrator_weak(&run, &c) && c.verdict == OPTCERT_FAILED,
                   "%s: a wrong drift passes", s->name);
        run.mistake = OPTCERT_SCHEME_OTHER_CALCULUS;
        start(&c);
        UNIT_CHECK(s->additive_only || (optcert_integrator_weak(&run, &c) && c.verdict == OPTCERT_FAILED),
                   "%s: the other calculus passes", s->name);
    }
}

static void strong_orders(void)
{
    static optcert_converge c;
    for (const optcert_scheme *s = optcert_schemes; s->name != NULL; s++) {
        const optcert_scheme_run run = run_of(s, &optcert_exact_problems[s->additive_only ? 0 : 1]);
        if (s->strong > 0.0) {
            start(&c);
            UNIT_CHECK(optcert_integrator_strong(&run, 400, &c) && c.verdict != OPTCERT_FAILED &&
                           c.order[0].high >= s->strong,
                       "%s: strong order %g", s->name, c.order[0].value);
        }
    }
}

UNIT_SUITE(integrator_study, {"weak_orders", weak_orders}, {"mistakes_fail", mistakes_fail},
           {"strong_orders", strong_orders})
