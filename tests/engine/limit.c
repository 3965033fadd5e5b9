/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drift and diffusion of the limits. */
#include "limit.h"

#include <gsl/gsl_integration.h>
#include <math.h>

static optcert_state node_state(const optcert_grid *grid, size_t node)
{
    const size_t im = node % grid->m.n;
    const size_t it = node / grid->m.n % grid->theta.n;
    const size_t iu = node / grid->m.n / grid->theta.n;
    return (optcert_state){grid->theta.x[it], grid->m.x[im], grid->u.x[iu]};
}

/* sqrt(gamma2)/(gamma1 P), P = sigma0 sqrt(u) + eps0 sqrt(gamma2): Adam pulls theta by this times m. */
typedef struct adam_pull {
    double rate, growth; /* growth = d log(rate)/dt */
} adam_pull;

static adam_pull pull_at(const optcert_study *study, double t, double u)
{
    const optcert_dynamics *d = &study->dynamics;
    if (study->mistake == OPTCERT_NO_GAMMA) {
        return (adam_pull){1.0 / (d->sigma0 * sqrt(u) + d->eps0), 0.0};
    }
    const double gamma1 = -expm1(-d->c1 * t);
    const double gamma2 = -expm1(-d->c2 * t);
    const double rise1 = d->c1 * exp(-d->c1 * t);
    const double rise2 = d->c2 * exp(-d->c2 * t);
    const double p = d->sigma0 * sqrt(u) + d->eps0 * sqrt(gamma2);
    return (adam_pull){sqrt(gamma2) / (gamma1 * p),
                       rise2 / (2.0 * gamma2) - rise1 / gamma1 - d->eps0 * rise2 / (2.0 * sqrt(gamma2) * p)};
}

static double adam_drift(const optcert_study *study, double t, optcert_state x)
{
    const double rate = study->mistake == OPTCERT_MISSING_PRECONDITIONER ? 1.0 : pull_at(study, t, x.u).rate;
    return -rate * x.m -
           (study->dynamics.kind->optimizer == OPTCERT_ADAMW ? study->dynamics.lambda0 * x.theta : 0.0);
}

/* dtheta = -P^-1 (f' dt + sigma0 sqrt(Sigma) dW) */
static double rmsprop_drift(const optcert_study *study, optcert_state x, double p)
{
    const optcert_dynamics *d = &study->dynamics;
    const double slope = optcert_gradient(&d->oracle.problem, x.theta);
    double drift = study->mistake == OPTCERT_MISSING_PRECONDITIONER ? -slope : -slope / p;
    if (study->mistake == OPTCERT_STRATONOVICH) { /* (1/2) B dB/dtheta, B = sigma0 sqrt(Sigma)/P */
        drift +=
            0.25 * d->sigma0 * d->sigma0 / (p * p) * optcert_sigma2_derivative(&d->oracle.problem, x.theta);
    }
    return drift;
}

/* SGD's part of order h = eta: drift, and half the squared diffusion. */
typedef struct sgd_part {
    double drift, half_square;
} sgd_part;

static sgd_part sgd_part_at(const optcert_study *study, double theta)
{
    const optcert_dynamics *d = &study->dynamics;
    const optcert_problem *problem = &d->oracle.problem;
    sgd_part part = {0.0, 0.5 * d->sigma0 * d->sigma0 * optcert_sigma2(problem, theta)};
    if (study->second_order) {
        part.drift = -0.5 * optcert_gradient(problem, theta) * optcert_curvature(problem, theta);
    }
    if (study->mistake == OPTCERT_STRATONOVICH) {
        part.drift += 0.25 * d->sigma0 * d->sigma0 * optcert_sigma2_derivative(problem, theta);
    }
    return part;
}

/* Of SGD whose sigma grows with 1/sqrt(eta): the noise stays in the limit. */
static double scaled_drift(const optcert_study *study, double theta)
{
    const optcert_dynamics *d = &study->dynamics;
    const double mistake = study->mistake == OPTCERT_STRATONOVICH ? 0.25 * d->sigma0 * d->sigma0 : 0.0;
    return mistake * optcert_sigma2_derivative(&d->oracle.problem, theta) - optcert_gradient(&d->oracle.problem, theta);
}

optcert_theta_flow optcert_limit_theta(const optcert_study *study, double h, double theta, double u)
{
    const optcert_dynamics *d = &study->dynamics;
    const double slope = optcert_sigma2_derivative(&d->oracle.problem, theta);
    optcert_theta_flow flow;
    if (d->kind->has_u) {
        const double p = d->sigma0 * sqrt(u) + d->eps0;
        flow.drift = rmsprop_drift(study, (optcert_state){theta, 0.0, u}, p);
        flow.factor = d->sigma0 / p;
    } else {
        const bool scaled = d->kind->optimizer == OPTCERT_SGD_SCALED;
        flow.drift = scaled ? scaled_drift(study, theta)
                            : h * sgd_part_at(study, theta).drift - optcert_gradient(&d->oracle.problem, theta);
        flow.factor = scaled ? d->sigma0 : sqrt(h) * d->sigma0;
    }
    flow.drift -= 0.25 * flow.factor * flow.factor * slope; /* Ito to Stratonovich: (1/2) B dB/dtheta */
    return flow;
}

typedef struct limit_fields {
    double *theta, *theta2, *m, *m2, *u;
} limit_fields;

static void fill_node(const optcert_study *study, const optcert_grid *grid, double t, size_t i,
                      limit_fields f)
{
    const optcert_dynamics *d = &study->dynamics;
    const optcert_state x = node_state(grid, i);
    const double sigma2 = optcert_sigma2(&d->oracle.problem, x.theta);
    if (!d->kind->has_u) {
        if (d->kind->optimizer == OPTCERT_SGD_SCALED) {
            f.theta[i] = scaled_drift(study, x.theta);
            f.theta2[i] = 0.5 * d->sigma0 * d->sigma0 * sigma2;
        } else {
            f.theta[i] = -optcert_gradient(&d->oracle.problem, x.theta);
        }
        return;
    }
    f.u[i] = d->c2 * (sigma2 - x.u);
    const double p = d->sigma0 * sqrt(x.u) + d->eps0;
    if (d->kind->has_m) {
        f.theta[i] = adam_drift(study, t, x);
        f.m[i] = d->c1 * (optcert_gradient(&d->oracle.problem, x.theta) - x.m);
        f.m2[i] = 0.5 * d->sigma0 * d->sigma0 * d->c1 * d->c1 * sigma2;
    } else {
        f.theta[i] = rmsprop_drift(study, x, p);
        f.theta2[i] = 0.5 * d->sigma0 * d->sigma0 * sigma2 / (p * p);
    }
}

void optcert_limit_generator(const optcert_study *study, const optcert_grid *grid, double t,
                             optcert_operator *out)
{
    const optcert_optimizer_kind *kind = study->dynamics.kind;
    optcert_operator_clear(out, grid);
    limit_fields f = {.theta = optcert_operator_field(out, 1, 0, 0)};
    if (kind->has_u) {
        f.u = optcert_operator_field(out, 0, 0, 1);
    }
    if (kind->has_m) {
        f.m = optcert_operator_field(out, 0, 1, 0);
        f.m2 = optcert_operator_field(out, 0, 2, 0);
    } else if (kind->optimizer != OPTCERT_SGD) {
        f.theta2 = optcert_operator_field(out, 2, 0, 0);
    }
    for (size_t i = 0; i < grid->nodes; i++) {
        fill_node(study, grid, t, i, f);
    }
}

enum { GAUSS_NODES = 8 };

/* By Gauss's rule in r = sqrt(s), in which the integrand is smooth down to s = 0. */
optcert_shift optcert_limit_shift(const optcert_study *study, double t, double step, double u)
{
    const double lambda = study->dynamics.kind->optimizer == OPTCERT_ADAMW ? study->dynamics.lambda0 : 0.0;
    optcert_shift shift = {exp(-lambda * step), 0.0};
    gsl_integration_glfixed_table *gauss = gsl_integration_glfixed_table_alloc(GAUSS_NODES);
    for (size_t i = 0; i < GAUSS_NODES; i++) {
        double r;
        double weight;
        gsl_integration_glfixed_point(sqrt(t), sqrt(t + step), i, &r, &weight, gauss);
        const double rate =
            study->mistake == OPTCERT_MISSING_PRECONDITIONER ? 1.0 : pull_at(study, r * r, u).rate;
        shift.pull += weight * 2.0 * r * rate * exp(-lambda * (t + step - r * r));
    }
    gsl_integration_glfixed_table_free(gauss);
    return shift;
}

void optcert_limit_drift_rate(const optcert_study *study, const optcert_grid *grid, double t,
                              optcert_operator *out)
{
    optcert_operator_clear(out, grid);
    if (!study->dynamics.kind->has_m) {
        return;
    }
    double *field = optcert_operator_field(out, 1, 0, 0);
    for (size_t i = 0; i < grid->nodes; i++) {
        const optcert_state x = node_state(grid, i);
        const adam_pull pull = pull_at(study, t, x.u);
        field[i] = -pull.rate * x.m * pull.growth;
    }
}

void optcert_limit_sgd_part(const optcert_study *study, const optcert_grid *grid, optcert_operator *out)
{
    optcert_operator_clear(out, grid);
    double *second = optcert_operator_field(out, 2, 0, 0);
    double *first = optcert_operator_field(out, 1, 0, 0);
    for (size_t i = 0; i < grid->nodes; i++) {
        const sgd_part part = sgd_part_at(study, node_state(grid, i).theta);
        first[i] = part.drift;
        second[i] = part.half_square;
    }
}

bool optcert_limit_has_part(const optcert_study *study)
{
    return study->second_order || study->dynamics.kind->optimizer == OPTCERT_SGD;
}
