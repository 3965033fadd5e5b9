/* SPDX-License-Identifier: GPL-3.0-or-later
 * Units and quadrature of the chain, Gaussian moments of the limit. */
#include "zero_start.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>

bool optcert_zero_start(const optcert_study *study)
{
    return study->dynamics.kind->has_m && study->t0 == 0.0 && study->start.u == 0.0;
}

optcert_units optcert_zero_units(const optcert_study *study, double h, size_t k)
{
    const optcert_dynamics *d = &study->dynamics;
    if (k == 0) {
        return (optcert_units){1.0, 1.0};
    }
    return (optcert_units){sqrt(-expm1((double)k * log1p(-d->c1 * h))), -expm1((double)k * log1p(-d->c2 * h))};
}

enum { HALF_NODES = 64, PANELS = 2, REACH = 9 /* a normal law has 2e-19 beyond */ };

/* The part of the law that comes from normals between low and high. */
static void half_rule(const optcert_noise *noise, double low, double high, size_t n, optcert_rule *out)
{
    double z[PANELS * HALF_NODES], w[PANELS * HALF_NODES];
    gsl_integration_glfixed_table *gauss = gsl_integration_glfixed_table_alloc(HALF_NODES);
    for (size_t panel = 0; panel < PANELS; panel++) {
        const double width = (high - low) / PANELS, from = low + (double)panel * width;
        for (size_t i = 0; i < HALF_NODES; i++) {
            double x, weight;
            gsl_integration_glfixed_point(from, from + width, i, &x, &weight, gauss);
            z[panel * HALF_NODES + i] = noise->from_normal(x);
            w[panel * HALF_NODES + i] = weight * exp(-0.5 * x * x) / sqrt(2.0 * M_PI);
        }
    }
    gsl_integration_glfixed_table_free(gauss);
    optcert_rule_gauss(PANELS * HALF_NODES, z, w, n, out);
}

/* The normal behind z, or an end of the range where the law does not reach z. */
static double normal_of(const optcert_noise *noise, double z)
{
    double low = -REACH, high = REACH;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (noise->from_normal(middle) < z) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return 0.5 * (low + high);
}

void optcert_zero_rule(const optcert_study *study, double h, double theta, size_t n, optcert_rule *out)
{
    const optcert_dynamics *d = &study->dynamics;
    const optcert_noise *noise = d->oracle.noise;
    optcert_oracle_rule(&d->oracle, &theta, 0, n, out);
    if (out->n < n || noise->source != OPTCERT_NOISE_LAW) {
        return; /* a law of a few atoms */
    }
    const optcert_problem *problem = &d->oracle.problem;
    const double zero = -sqrt(h) * optcert_gradient(problem, theta) / (d->sigma0 * sqrt(optcert_sigma2(problem, theta)));
    const double edge = normal_of(noise, zero);
    if (fabs(edge) > REACH - 1) {
        return; /* next to nothing on one side */
    }
    optcert_rule right;
    half_rule(noise, -REACH, edge, n, out);
    half_rule(noise, edge, REACH, n, &right);
    for (size_t i = 0; i < right.n; i++) {
        out->z[out->n] = right.z[i];
        out->w[out->n++] = right.w[i];
    }
}

typedef struct linear_limit {
    const optcert_study *study;
    double a, b, sigma2, decay; /* f' = a theta + b */
} linear_limit;

static linear_limit open_limit(const optcert_study *study)
{
    const optcert_problem *problem = &study->dynamics.oracle.problem;
    return (linear_limit){study, optcert_curvature(problem, 0.0), optcert_gradient(problem, 0.0), optcert_sigma2(problem, 0.0),
                          study->dynamics.kind->optimizer == OPTCERT_ADAMW ? study->dynamics.lambda0 : 0.0};
}

/* dtheta = -rate m dt - lambda0 theta dt */
static double rate_at(const linear_limit *l, double t)
{
    const optcert_dynamics *d = &l->study->dynamics;
    if (l->study->mistake == OPTCERT_MISSING_PRECONDITIONER) {
        return 1.0;
    }
    if (l->study->mistake == OPTCERT_NO_GAMMA) {
        return 1.0 / (d->sigma0 * sqrt(-l->sigma2 * expm1(-d->c2 * t)) + d->eps0);
    }
    return 1.0 / (-expm1(-d->c1 * t) * (d->sigma0 * sqrt(l->sigma2) + d->eps0));
}

enum { THETA, M, THETA2, THETA_M, M2, MOMENTS };

static int slope(double t, const double y[], double dydt[], void *context)
{
    const linear_limit *l = context;
    const double c1 = l->study->dynamics.c1, noise = l->study->dynamics.sigma0 * c1, rate = rate_at(l, t);
    dydt[THETA] = -rate * y[M] - l->decay * y[THETA];
    dydt[M] = c1 * (l->a * y[THETA] + l->b - y[M]);
    dydt[THETA2] = -2.0 * rate * y[THETA_M] - 2.0 * l->decay * y[THETA2];
    dydt[THETA_M] = -rate * y[M2] - l->decay * y[THETA_M] + c1 * (l->a * y[THETA2] + l->b * y[THETA] - y[THETA_M]);
    dydt[M2] = 2.0 * c1 * (l->a * y[THETA_M] + l->b * y[M] - y[M2]) + noise * noise * l->sigma2;
    return GSL_SUCCESS;
}

/* From a t so early that the first order in it is exact to rounding. */
static bool moments_at(const linear_limit *l, double theta, double duration, double y[MOMENTS])
{
    const double c1 = l->study->dynamics.c1, early = 1e-13 * duration;
    const double noise = l->study->dynamics.sigma0 * c1 * sqrt(l->sigma2), push = c1 * (l->a * theta + l->b);
    const double pull = rate_at(l, early) * early; /* finite for t -> 0 */
    y[M2] = noise * noise * early;
    y[M] = push * early;
    y[THETA] = theta - (pull * push + l->decay * theta) * early;
    y[THETA_M] = (theta * push - pull * noise * noise) * early;
    y[THETA2] = theta * theta - 2.0 * (pull * (theta * push - pull * noise * noise) + l->decay * theta * theta) * early;
    gsl_odeiv2_system system = {slope, NULL, MOMENTS, (void *)(size_t)l};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 0.1 * early, 1e-13, 1e-13);
    gsl_odeiv2_driver_set_nmax(driver, 100000);
    double t = early;
    const bool ok = gsl_odeiv2_driver_apply(driver, &t, duration, y) == GSL_SUCCESS;
    gsl_odeiv2_driver_free(driver);
    return ok;
}

/* By a Gauss rule in the two normals of (theta, m). */
static bool limit_from(const optcert_study *study, double theta, double duration, double value[OPTCERT_PHI_MAX])
{
    enum { NODES = 24 };
    const linear_limit l = open_limit(study);
    double y[MOMENTS];
    optcert_rule normal;
    if (!moments_at(&l, theta, duration, y)) {
        return false;
    }
    optcert_noise_find("gaussian")->rule(NODES, &normal);
    const double spread = sqrt(fmax(y[THETA2] - y[THETA] * y[THETA], 0.0));
    const double shared = spread > 0.0 ? (y[THETA_M] - y[THETA] * y[M]) / spread : 0.0;
    const double own = sqrt(fmax(y[M2] - y[M] * y[M] - shared * shared, 0.0));
    const double u = -l.sigma2 * expm1(-study->dynamics.c2 * duration);
    for (size_t p = 0; p < study->phi_count; p++) {
        value[p] = 0.0;
        for (size_t i = 0; i < normal.n; i++) {
            for (size_t j = 0; j < normal.n; j++) {
                value[p] += normal.w[i] * normal.w[j] *
                            optcert_phi_value(&study->phi[p], y[THETA] + spread * normal.z[i],
                                              y[M] + shared * normal.z[i] + own * normal.z[j], u);
            }
        }
    }
    return true;
}

bool optcert_zero_limit(const optcert_study *study, double duration, double value[OPTCERT_PHI_MAX])
{
    return limit_from(study, study->start.theta, duration, value);
}

/* dw/dtheta and d^2w/dtheta^2 by differences over +-step: the state is linear in theta_0, so they are exact for phi of degree 2. */
bool optcert_zero_lead(const optcert_study *study, double lead[OPTCERT_PHI_MAX])
{
    static const double step = 1e-2;
    const optcert_dynamics *d = &study->dynamics;
    const double theta = study->start.theta, sigma2 = optcert_sigma2(&d->oracle.problem, theta);
    double low[OPTCERT_PHI_MAX], here[OPTCERT_PHI_MAX], high[OPTCERT_PHI_MAX];
    if (!limit_from(study, theta - step, study->horizon, low) || !limit_from(study, theta, study->horizon, here) ||
        !limit_from(study, theta + step, study->horizon, high)) {
        return false;
    }
    const double root = sqrt(sigma2), p = d->sigma0 * root + d->eps0;
    const double first = -d->sigma0 / (2.0 * root * p * p);
    const double second = d->sigma0 / (4.0 * sigma2 * root * p * p) + d->sigma0 * d->sigma0 / (2.0 * sigma2 * p * p * p);
    const double fourth = optcert_oracle_fourth(&d->oracle, &theta, 0);
    const double bias = 2.0 * first * sigma2 + 0.5 * (fourth - 1.0) * second * sigma2 * sigma2;
    for (size_t i = 0; i < study->phi_count; i++) {
        const double slope_of_w = 0.5 * (high[i] - low[i]) / step;
        const double curve = (high[i] - 2.0 * here[i] + low[i]) / (step * step);
        const bool squared = fabs(curve * (fourth - 1.0)) > 1e-6 * (1.0 + fabs(here[i]));
        lead[i] = -optcert_gradient(&d->oracle.problem, theta) * bias * slope_of_w - 0.5 * curve * d->sigma0 * d->sigma0 * sigma2 / (p * p);
        lead[i] = squared ? NAN : fabs(slope_of_w) + fabs(curve) > 1e-6 * (1.0 + fabs(here[i])) ? lead[i] : 0.0;
    }
    return true;
}
