/* SPDX-License-Identifier: GPL-3.0-or-later
 * Increments of one step as power series in s, and from them the differential operators
 * A_(j) = sum over alpha of E [s^j] (dtheta^a dm^b du^c) / (a! b! c!) d^alpha (Taylor's theorem). */
#include "expansion.h"
#include "jet.h"

#include <math.h>

typedef struct increment {
    optcert_jet theta, m, u;
} increment;

/* g/sigma = z sqrt(Sigma) + s f'/sigma0 */
static optcert_jet scaled_gradient(const optcert_dynamics *d, double theta, double z)
{
    return (optcert_jet){
        {sqrt(optcert_sigma2(&d->oracle.problem, theta)) * z, optcert_gradient(&d->oracle.problem, theta) / d->sigma0}};
}

/* s^power * x */
static optcert_jet shift(optcert_jet x, int power)
{
    optcert_jet y = {{0.0}};
    for (int i = power; i <= OPTCERT_JET_ORDER; i++) {
        y.c[i] = x.c[i - power];
    }
    return y;
}

static optcert_jet constant(double x)
{
    return (optcert_jet){{x}};
}

/* 1 - beta^(k+1) at t = k h, beta = 1 - c h: (t/h + 1) log(1 - c h) = -c t - h (c + c^2 t/2) + O(h^2).
 * The O(h^2) part is not needed: the result is multiplied by h. */
static optcert_jet bias_correction(double c, double t)
{
    const double decay = exp(-c * t);
    return (optcert_jet){{1.0 - decay, 0.0, decay * (c + 0.5 * c * c * t)}};
}

/* -s^2 sqrt(b2) m' / (b1 (sigma0 sqrt(u') + eps0 sqrt(b2))) - s^2 lambda0 theta */
static optcert_jet adam_theta(const optcert_dynamics *d, double t, double theta, optcert_jet m, optcert_jet u)
{
    const optcert_jet b1 = bias_correction(d->c1, t);
    const optcert_jet root = optcert_jet_sqrt(bias_correction(d->c2, t));
    const optcert_jet denominator = optcert_jet_mul(
        b1, optcert_jet_add(optcert_jet_scale(d->sigma0, optcert_jet_sqrt(u)), optcert_jet_scale(d->eps0, root)));
    optcert_jet pull = optcert_jet_mul(optcert_jet_mul(root, m), optcert_jet_inverse(denominator));
    if (d->kind->optimizer == OPTCERT_ADAMW) {
        pull.c[0] += d->lambda0 * theta;
    }
    return optcert_jet_scale(-1.0, shift(pull, 2));
}

static increment step_increment(const optcert_dynamics *d, double t, optcert_state x, double z)
{
    const optcert_jet g = scaled_gradient(d, x.theta, z);
    increment step = {constant(0.0), constant(0.0), constant(0.0)};
    if (d->kind->optimizer == OPTCERT_SGD) { /* s^2 = eta: theta' = theta - s^2 (f' + sigma sqrt(Sigma) z) */
        step.theta.c[2] = -d->sigma0 * (g.c[1] + g.c[0]);
        return step;
    }
    if (d->kind->optimizer == OPTCERT_SGD_SCALED) { /* theta' = theta - s^2 f' - s sigma0 sqrt(Sigma) z */
        step.theta = optcert_jet_scale(-d->sigma0, shift(g, 1));
        return step;
    }
    step.u = optcert_jet_scale(d->c2, shift(optcert_jet_add(optcert_jet_mul(g, g), constant(-x.u)), 2));
    const optcert_jet u_next = optcert_jet_add(constant(x.u), step.u);
    if (d->kind->has_m) { /* c1 s^2 (sigma0 g / s - m) */
        step.m = optcert_jet_scale(
            d->c1, optcert_jet_add(shift(optcert_jet_scale(d->sigma0, g), 1), shift(constant(-x.m), 2)));
        step.theta = adam_theta(d, t, x.theta, optcert_jet_add(constant(x.m), step.m), u_next);
        return step;
    }
    const optcert_jet u_used = d->kind->optimizer == OPTCERT_RMSPROP_NEWV ? u_next : constant(x.u);
    const optcert_jet denominator =
        optcert_jet_add(optcert_jet_scale(d->sigma0, optcert_jet_sqrt(u_used)), constant(d->eps0));
    step.theta = optcert_jet_scale(-d->sigma0, shift(optcert_jet_mul(g, optcert_jet_inverse(denominator)), 1));
    return step;
}

/* x^k / k! for k = 0..4 */
static void divided_powers(optcert_jet x, optcert_jet out[OPTCERT_TERM_ORDER + 1])
{
    out[0] = constant(1.0);
    for (int k = 1; k <= OPTCERT_TERM_ORDER; k++) {
        out[k] = optcert_jet_scale(1.0 / k, optcert_jet_mul(out[k - 1], x));
    }
}

/* Adds weight * [s^order] of every product to the node's fields. */
static void add_moments(const increment *step, double weight, unsigned order, size_t node, optcert_operator *out)
{
    optcert_jet theta[OPTCERT_TERM_ORDER + 1], m[OPTCERT_TERM_ORDER + 1], u[OPTCERT_TERM_ORDER + 1];
    divided_powers(step->theta, theta);
    divided_powers(step->m, m);
    divided_powers(step->u, u);
    for (size_t i = 0; i < OPTCERT_TERMS; i++) {
        const optcert_term *term = &optcert_terms[i];
        if (out->used[i]) {
            const optcert_jet product = optcert_jet_mul(optcert_jet_mul(theta[term->theta], m[term->m]), u[term->u]);
            out->field[i][node] += weight * product.c[order];
        }
    }
}

/* Increments start at s, and u's at s^2: a term can have a coefficient of s^order only up to these orders. */
static void mark_terms(const optcert_study *study, unsigned order, optcert_operator *out)
{
    for (size_t i = 0; i < OPTCERT_TERMS; i++) {
        const optcert_term *term = &optcert_terms[i];
        const bool present = (term->m == 0 || study->dynamics.kind->has_m) && (term->u == 0 || study->dynamics.kind->has_u);
        const bool smooth = study->dynamics.kind->has_m || study->dynamics.kind->optimizer == OPTCERT_SGD;
        const unsigned theta_start = smooth ? 2 : 1;
        out->used[i] = present && theta_start * term->theta + term->m + 2 * term->u <= order;
    }
}

void optcert_expansion_fill(const optcert_study *study, const optcert_grid *grid, double t, unsigned order,
                            optcert_operator *out)
{
    optcert_rule rules[OPTCERT_BASIS_MAX]; /* moments up to 4 (exact to degree 7) */
    for (size_t i = 0; i < grid->theta.n; i++) {
        optcert_oracle_rule(&study->dynamics.oracle, &grid->theta.x[i], 0, OPTCERT_JET_ORDER, &rules[i]);
    }
    optcert_operator_clear(out, grid);
    mark_terms(study, order, out);
    for (size_t node = 0; node < grid->nodes; node++) {
        const size_t im = node % grid->m.n;
        const size_t it = node / grid->m.n % grid->theta.n;
        const size_t iu = node / grid->m.n / grid->theta.n;
        const optcert_state x = {grid->theta.x[it], grid->m.x[im], grid->u.x[iu]};
        for (size_t q = 0; q < rules[it].n; q++) {
            const increment step = step_increment(&study->dynamics, t, x, rules[it].z[q]);
            add_moments(&step, rules[it].w[q], order, node, out);
        }
    }
}
