/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of one-dimensional problems. Each f has a Lipschitz gradient, as the limit theorem asks. */
#include "problem.h"

#include <math.h>
#include <string.h>

static double linear_gradient(const optcert_problem *problem, double theta)
{
    (void)theta;
    return problem->a;
}

static double zero_curvature(const optcert_problem *problem, double theta)
{
    (void)problem;
    (void)theta;
    return 0.0;
}

static double quadratic_gradient(const optcert_problem *problem, double theta)
{
    return problem->a * theta;
}

static double quadratic_curvature(const optcert_problem *problem, double theta)
{
    (void)theta;
    return problem->a;
}

/* f = a theta^2/2 + b exp(-theta^2/2): for b > a two wells at theta^2 = 2 log(b/a), and a bounded f''. */
static double well_gradient(const optcert_problem *problem, double theta)
{
    return theta * (problem->a - problem->b * exp(-0.5 * theta * theta));
}

static double well_curvature(const optcert_problem *problem, double theta)
{
    return problem->a + problem->b * (theta * theta - 1.0) * exp(-0.5 * theta * theta);
}

const optcert_problem_kind optcert_problem_kinds[] = {
    {"linear", "f = a theta, Sigma = S0", "a S0", true, true, false, linear_gradient, zero_curvature},
    {"quadratic", "f = a theta^2/2, Sigma = S0", "a S0", true, false, false, quadratic_gradient, quadratic_curvature},
    {"double-well", "f = a theta^2/2 + b exp(-theta^2/2), Sigma = S0", "a b S0", false, false, false, well_gradient,
     well_curvature},
    {"state-noise", "f = a theta^2/2, Sigma = S0 + S1 theta^2", "a S0 S1", false, false, true, quadratic_gradient,
     quadratic_curvature},
    {NULL, NULL, NULL, false, false, false, NULL, NULL},
};

const optcert_problem_kind *optcert_problem_find(const char *name)
{
    for (const optcert_problem_kind *kind = optcert_problem_kinds; kind->name != NULL; kind++) {
        if (strcmp(kind->name, name) == 0) {
            return kind;
        }
    }
    return NULL;
}

double optcert_gradient(const optcert_problem *problem, double theta)
{
    return problem->kind->gradient(problem, theta);
}

double optcert_curvature(const optcert_problem *problem, double theta)
{
    return problem->kind->curvature(problem, theta);
}

double optcert_sigma2(const optcert_problem *problem, double theta)
{
    return problem->s0 + problem->s1 * theta * theta;
}

double optcert_sigma2_derivative(const optcert_problem *problem, double theta)
{
    return 2.0 * problem->s1 * theta;
}
