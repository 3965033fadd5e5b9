/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drift and diffusion of the limits. */
#include "limit.h"

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
    return -rate * x.m - (study->dynamics.kind->optimizer == OPTCERT_ADAMW ? study->dynamics.lambda0 * x.theta : 0.0);
}

/* dtheta = -P^-1 (f' dt + sigma0 sqrt(Sigma) dW) */
static double rmsprop_drift(const optcert_study *study, optcert_state x, double p)
{
    const optcert_dynamics *d = &study->dynamics;
    const double slope = optcert_gradient(&d->oracle.problem, x.theta);
    double drift = study->mistake == OPTCERT_MISSING_PRECONDITIONER ? -slope : -slope / p;
    if (study->mistake == OPTCERT_STRATONOVICH) { /* (1/2) B dB/dtheta, B = sigma0 sqrt(Sigma)/P */
        drift += 0.25 * d->sigma0 * d->sigma0 / (p * p) * optcert_sigma2_derivative(&d->oracle.problem, x.theta);
    }
    return drift;
}

typedef struct limit_fields {
    double *theta, *theta2, *m, *m2, *u;
} limit_fields;

static void fill_node(const optcert_study *study, const optcert_grid *grid, double t, size_t i, limit_fields f)
{
    const optcert_dynamics *d = &study->dynamics;
    const optcert_state x = node_state(grid, i);
    const double inside = optcert_basis_inside(&grid->theta, x.theta);
    const double sigma2 = optcert_sigma2(&d->oracle.problem, x.theta);
    if (!d->kind->has_u) {
        double drift = -optcert_gradient(&d->oracle.problem, x.theta);
        if (d->kind->optimizer == OPTCERT_SGD_SCALED) {
            f.theta2[i] = inside * inside * 0.5 * d->sigma0 * d->sigma0 * sigma2;
            drift += study->mistake == OPTCERT_STRATONOVICH
                         ? 0.25 * d->sigma0 * d->sigma0 * optcert_sigma2_derivative(&d->oracle.problem, x.theta)
                         : 0.0;
        }
        f.theta[i] = optcert_basis_inward(&grid->theta, x.theta, drift);
        return;
    }
    f.u[i] = d->c2 * (sigma2 - x.u);
    const double p = d->sigma0 * sqrt(x.u) + d->eps0;
    if (d->kind->has_m) {
        f.theta[i] = optcert_basis_inward(&grid->theta, x.theta, adam_drift(study, t, x));
        f.m[i] = d->c1 * (optcert_gradient(&d->oracle.problem, x.theta) - x.m);
        f.m2[i] = 0.5 * d->sigma0 * d->sigma0 * d->c1 * d->c1 * sigma2;
    } else {
        f.theta[i] = optcert_basis_inward(&grid->theta, x.theta, rmsprop_drift(study, x, p));
        f.theta2[i] = inside * inside * 0.5 * d->sigma0 * d->sigma0 * sigma2 / (p * p);
    }
}

void optcert_limit_generator(const optcert_study *study, const optcert_grid *grid, double t, optcert_operator *out)
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

bool optcert_limit_has_part(const optcert_study *study)
{
    return study->second_order || study->dynamics.kind->optimizer == OPTCERT_SGD;
}

bool optcert_limit_moves(const optcert_study *study)
{
    return study->dynamics.kind->has_m;
}

void optcert_limit_drift_rate(const optcert_study *study, const optcert_grid *grid, double t, optcert_operator *out)
{
    optcert_operator_clear(out, grid);
    if (!optcert_limit_moves(study)) {
        return;
    }
    double *field = optcert_operator_field(out, 1, 0, 0);
    for (size_t i = 0; i < grid->nodes; i++) {
        const optcert_state x = node_state(grid, i);
        const adam_pull pull = pull_at(study, t, x.u);
        field[i] = optcert_basis_inward(&grid->theta, x.theta, -pull.rate * x.m) * pull.growth;
    }
}

void optcert_limit_sgd_part(const optcert_study *study, const optcert_grid *grid, optcert_operator *out)
{
    const optcert_dynamics *d = &study->dynamics;
    optcert_operator_clear(out, grid);
    double *second = optcert_operator_field(out, 2, 0, 0);
    double *first = optcert_operator_field(out, 1, 0, 0);
    for (size_t i = 0; i < grid->nodes; i++) {
        const double theta = node_state(grid, i).theta;
        const double inside = optcert_basis_inside(&grid->theta, theta);
        second[i] = inside * inside * 0.5 * d->sigma0 * d->sigma0 * optcert_sigma2(&d->oracle.problem, theta);
        if (study->second_order) {
            first[i] = -inside * 0.5 * optcert_gradient(&d->oracle.problem, theta) * optcert_curvature(&d->oracle.problem, theta);
        }
        if (study->mistake == OPTCERT_STRATONOVICH) {
            first[i] += inside * 0.25 * d->sigma0 * d->sigma0 * optcert_sigma2_derivative(&d->oracle.problem, theta);
        }
    }
}
