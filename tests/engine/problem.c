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

static double data_gradient(const optcert_problem *problem, double theta)
{
    return problem->a * theta - problem->b;
}

const optcert_problem_kind optcert_problem_kinds[] = {
    {"linear", "f = a theta, Sigma = S0", "a S0", true, true, false, false, linear_gradient, zero_curvature},
    {"quadratic", "f = a theta^2/2, Sigma = S0", "a S0", true, false, false, false, quadratic_gradient,
     quadratic_curvature},
    {"double-well", "f = a theta^2/2 + b exp(-theta^2/2), Sigma = S0", "a b S0", false, false, false, false,
     well_gradient, well_curvature},
    {"state-noise", "f = a theta^2/2, Sigma = S0 + S1 theta^2", "a S0 S1", false, false, true, false,
     quadratic_gradient, quadratic_curvature},
    {"least-squares",
     "f = mean (x theta - y)^2/2 over a data set, Sigma = covariance of one sample's gradient", "", false,
     false, true, true, data_gradient, quadratic_curvature},
    {"label-noise", "the same f, Sigma = S0 mean x^2: labels with errors of variance S0", "S0", true, false,
     false, true, data_gradient, quadratic_curvature},
    {NULL, NULL, NULL, false, false, false, false, NULL, NULL},
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

bool optcert_problem_is_linear(const optcert_problem_kind *kind)
{
    return kind->polynomial || kind->state_noise || kind->of_data;
}

void optcert_problem_set_data(optcert_problem *problem, const optcert_data *data)
{
    double a = 0.0;
    double b = 0.0;
    double aa = 0.0;
    double ab = 0.0;
    double bb = 0.0;
    for (size_t k = 0; k < data->samples; k++) {
        const double square = data->x[k] * data->x[k];
        const double product = data->x[k] * data->y[k];
        const double step = 1.0 / (double)(k + 1); /* running means and co-moments (Welford 1962) */
        const double da = square - a;
        const double db = product - b;
        a += step * da;
        b += step * db;
        aa += da * (square - a);
        ab += da * (product - b);
        bb += db * (product - b);
    }
    const double n = (double)data->samples;
    problem->data = data;
    problem->a = a;
    problem->b = b;
    if (problem->kind->state_noise) { /* sample k's gradient is x^2 theta - x y */
        problem->s0 = bb / n;
        problem->s01 = -2.0 * ab / n;
        problem->s1 = aa / n;
    }
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
    if (problem->data != NULL && !problem->kind->state_noise) {
        return problem->s0 * problem->a;
    }
    return problem->s0 + theta * (problem->s01 + problem->s1 * theta);
}

double optcert_sigma2_derivative(const optcert_problem *problem, double theta)
{
    return problem->s01 + 2.0 * problem->s1 * theta;
}

/* Sigma = s1 (theta + c)^2 + D: asinh(sqrt(s1/D) (theta + c)) grows at the rate sqrt(s1). Where D = 0, |theta + c| grows
 * like exp(sqrt(s1) s) away from the zero on its right, and sinks like it towards the zero on its left. */
double optcert_noise_flow(const optcert_problem *problem, double theta, double s)
{
    if (!problem->kind->state_noise || problem->s1 == 0.0) {
        return theta + s * sqrt(optcert_sigma2(problem, theta));
    }
    const double root = sqrt(problem->s1);
    const double c = 0.5 * problem->s01 / problem->s1;
    const double d = problem->s0 - c * c * problem->s1;
    const double x = theta + c;
    if (!(d > 0.0)) {
        return x * exp(x > 0.0 ? root * s : -root * s) - c;
    }
    const double scale = sqrt(d) / root;
    return scale * sinh(asinh(x / scale) + root * s) - c;
}
