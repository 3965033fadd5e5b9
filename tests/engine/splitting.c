/* SPDX-License-Identifier: GPL-3.0-or-later
 * RMSprop: u relaxes to Sigma(theta) for half a step, theta diffuses at fixed u for a step, u for half a
 * step. Adam: (m, u) moves at fixed theta for half a step (an Ornstein-Uhlenbeck process and a relaxation),
 * theta is shifted at fixed (m, u) for a step, in which alone the explicit time advances. Both compositions
 * are symmetric, so that the error has even powers of the step only (Hairer, Lubich, Wanner 2006, Sect.
 * II.3), and extrapolation gains two orders a time. Adam's steps are uniform in sqrt(t), of which its
 * coefficients are smooth functions; from t = 0 in t^(1/4) if there are integrals, so that their terms, of size t^(-1/2), have a
 * limit of 0 there. */
#include "splitting.h"
#include "limit.h"

#include <cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct splitting {
    const optcert_study *study;
    optcert_grid *grid;
    optcert_order2 *order2;
    double h, duration;
    size_t phis, row, block; /* row: the values of one block at one u */
    double *relax;           /* theta.n matrices over u */
    double *swing;           /* Adam: theta.n matrices over m */
    double *diffuse;         /* RMSprop: u.n matrices over theta */
    double *work;            /* two blocks */
} splitting;

/* Of the quadrature of a heat flow: exact to degree 47. */
enum { NORMAL_NODES = 24 };

/* The matrix over u of the half step at theta node i. */
static void make_relax(const splitting *s, size_t i, double half, double *out)
{
    const optcert_dynamics *d = &s->study->dynamics;
    const double sigma2 = optcert_sigma2(&d->oracle.problem, s->grid->theta.x[i]);
    for (size_t j = 0; j < s->grid->u.n; j++) {
        const double u = sigma2 + (s->grid->u.x[j] - sigma2) * exp(-d->c2 * half);
        optcert_basis_row(&s->grid->u, u, out + j * s->grid->u.n);
    }
}

/* The matrix over m of the half step at theta node i: E w(mean + deviation z), exact for the grid's
 * polynomials. */
static void make_swing(const splitting *s, size_t i, double half, double *out)
{
    const optcert_dynamics *d = &s->study->dynamics;
    const optcert_basis *m = &s->grid->m;
    const double slope = optcert_gradient(&d->oracle.problem, s->grid->theta.x[i]);
    const double sigma2 = optcert_sigma2(&d->oracle.problem, s->grid->theta.x[i]);
    const double deviation = d->sigma0 * sqrt(-0.5 * d->c1 * sigma2 * expm1(-2.0 * d->c1 * half));
    optcert_rule normal;
    optcert_noise_find("gaussian")->rule(m->n, &normal);
    memset(out, 0, m->n * m->n * sizeof *out);
    for (size_t b = 0; b < m->n; b++) {
        const double mean = slope + (m->x[b] - slope) * exp(-d->c1 * half);
        for (size_t q = 0; q < normal.n; q++) {
            double row[OPTCERT_BASIS_MAX];
            optcert_basis_row(m, mean + deviation * normal.z[q], row);
            cblas_daxpy((int)m->n, normal.w[q], row, 1, out + b * m->n, 1);
        }
    }
}

/* Points that move along theta's drift. */
typedef struct drift_lines {
    const splitting *s;
    double u;
} drift_lines;

static int line_slope(double time, const double x[], double dxdt[], void *context)
{
    const drift_lines *lines = context;
    (void)time;
    for (size_t i = 0; i < lines->s->grid->theta.n; i++) {
        dxdt[i] = optcert_limit_theta(lines->s->study, lines->s->h, x[i], lines->u).drift;
    }
    return GSL_SUCCESS;
}

/* Moves the grid's points for this time, with an error of rounding. */
static bool follow(drift_lines *lines, double time, double *x)
{
    gsl_odeiv2_system system = {line_slope, NULL, lines->s->grid->theta.n, lines};
    gsl_odeiv2_driver *driver =
        gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 0.1 * time, 1e-13, 1e-13);
    double at = 0.0;
    gsl_odeiv2_driver_set_nmax(driver, 1000);
    const bool ok = gsl_odeiv2_driver_apply(driver, &at, time, x) == GSL_SUCCESS;
    gsl_odeiv2_driver_free(driver);
    return ok;
}

/* rows[i] = values at x[i] */
static void interpolate(const splitting *s, const double *x, double *rows)
{
    const size_t n = s->grid->theta.n;
    for (size_t i = 0; i < n; i++) {
        optcert_basis_row(&s->grid->theta, x[i], rows + i * n);
    }
}

/* The step of theta over u node j: half along the drift, the heat flow E_z exp(sqrt(step) z B o d), half
 * along the drift. */
static bool make_diffuse(const splitting *s, size_t j, double step, double *out)
{
    const size_t n = s->grid->theta.n;
    double points[OPTCERT_BASIS_MAX];
    double drift[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
    double heat[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
    double rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
    const double u = s->grid->u.x[j];
    const double factor = optcert_limit_theta(s->study, s->h, s->grid->theta.x[0], u).factor;
    optcert_rule normal;
    optcert_noise_find("gaussian")->rule(NORMAL_NODES, &normal);
    memset(heat, 0, n * n * sizeof *heat);
    for (size_t q = 0; q < NORMAL_NODES; q++) {
        for (size_t i = 0; i < n; i++) {
            points[i] = optcert_noise_flow(&s->study->dynamics.oracle.problem, s->grid->theta.x[i],
                                           factor * sqrt(step) * normal.z[q]);
        }
        interpolate(s, points, rows);
        cblas_daxpy((int)(n * n), normal.w[q], rows, 1, heat, 1);
    }
    memcpy(points, s->grid->theta.x, n * sizeof *points);
    const bool ok = follow(&(drift_lines){s, u}, 0.5 * step, points);
    interpolate(s, points, drift);
    const int size = (int)n;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1.0, heat, size, drift, size,
                0.0, rows, size);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1.0, drift, size, rows, size,
                0.0, out, size);
    return ok;
}

/* The half step's matrices for a step of this length. */
static void prepare_half(const splitting *s, double step)
{
    const size_t nu = s->grid->u.n;
    const size_t nm = s->grid->m.n;
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < s->grid->theta.n; i++) {
        make_relax(s, i, 0.5 * step, s->relax + i * nu * nu);
        if (s->swing != NULL) {
            make_swing(s, i, 0.5 * step, s->swing + i * nm * nm);
        }
    }
}

static bool prepare_diffusion(const splitting *s, double step)
{
    const size_t size = s->grid->theta.n * s->grid->theta.n;
    bool ok = true;
#pragma omp parallel for schedule(static) reduction(&& : ok)
    for (size_t j = 0; j < s->grid->u.n; j++) {
        ok = make_diffuse(s, j, step, s->diffuse + j * size) && ok;
    }
    return ok;
}

/* In place: the half step of u (and m) at every theta. */
static void half_step(const splitting *s, double *w)
{
    const int nu = (int)s->grid->u.n;
    const int nm = (int)s->grid->m.n;
    const int width = nm * (int)s->phis;
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < s->grid->theta.n; i++) {
        double *slice = w + i * (size_t)width;
        double *moved = s->work + i * (size_t)(nu * width);
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, nu, width, nu, 1.0,
                    s->relax + i * (size_t)(nu * nu), nu, slice, (int)s->row, 0.0, moved, width);
        for (int j = 0; j < nu; j++) {
            double *out = slice + (size_t)j * s->row;
            if (s->swing != NULL) {
                cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, nm, (int)s->phis, nm, 1.0,
                            s->swing + i * (size_t)(nm * nm), nm, moved + j * width, (int)s->phis, 0.0, out,
                            (int)s->phis);
            } else {
                memcpy(out, moved + j * width, (size_t)width * sizeof *out);
            }
        }
    }
}

/* In place: theta diffuses at every u. */
static void diffuse_step(const splitting *s, double *w)
{
    const int nt = (int)s->grid->theta.n;
    const int phis = (int)s->phis;
#pragma omp parallel for schedule(static)
    for (size_t j = 0; j < s->grid->u.n; j++) {
        double *moved = s->work + j * s->row;
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, nt, phis, nt, 1.0,
                    s->diffuse + j * (size_t)(nt * nt), nt, w + j * s->row, phis, 0.0, moved, phis);
        memcpy(w + j * s->row, moved, s->row * sizeof *moved);
    }
}

/* In place: theta is shifted from time t to t + step at every (m, u). */
static void shift_step(const splitting *s, double t, double step, size_t blocks, double *y)
{
    const optcert_grid *grid = s->grid;
    const size_t nt = grid->theta.n;
    const int stride = (int)(grid->m.n * s->phis);
#pragma omp parallel for schedule(static)
    for (size_t j = 0; j < grid->u.n; j++) {
        double rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
        double moved[OPTCERT_BASIS_MAX * OPTCERT_PHI_MAX];
        const optcert_shift shift = optcert_limit_shift(s->study, t, step, grid->u.x[j]);
        for (size_t b = 0; b < grid->m.n; b++) {
            for (size_t i = 0; i < nt; i++) {
                optcert_basis_row(&grid->theta, shift.keep * grid->theta.x[i] - shift.pull * grid->m.x[b],
                                  rows + i * nt);
            }
            for (size_t k = 0; k < blocks; k++) {
                double *w = y + k * s->block + j * s->row + b * s->phis;
                cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)nt, (int)s->phis, (int)nt, 1.0,
                            rows, (int)nt, w, stride, 0.0, moved, (int)s->phis);
                for (size_t i = 0; i < nt; i++) {
                    memcpy(w + i * (size_t)stride, moved + i * s->phis, s->phis * sizeof *moved);
                }
            }
        }
    }
}

/* The integrals' terms at time t: y[1] += weight R w, y[2] += weight L_1 w. */
static void add_terms(const splitting *s, double t, double weight, double *y)
{
    double *term = s->work + 2 * s->block;
    if (s->study->dynamics.kind->has_m) {
        optcert_order2_fill(s->order2, s->study, s->grid, t);
    }
    memset(term, 0, s->block * sizeof *term);
    optcert_order2_defect(s->order2, s->grid, s->phis, y, s->work, term);
    cblas_daxpy((int)s->block, weight, term, 1, y + s->block, 1);
    if (optcert_limit_has_part(s->study)) {
        memset(term, 0, s->block * sizeof *term);
        optcert_operator_apply(&s->order2->part, s->grid, s->phis, 1.0, y, term);
        cblas_daxpy((int)s->block, weight, term, 1, y + 2 * s->block, 1);
    }
}

/* Continuous time number k of `steps`, and dt/dk there. */
typedef struct instant {
    double t, rate;
} instant;

static instant instant_at(const splitting *s, size_t k, size_t steps, bool integrals)
{
    const double t0 = s->study->t0;
    if (!s->study->dynamics.kind->has_m) {
        const double step = s->duration / (double)steps;
        return (instant){t0 + (double)k * step, step};
    }
    if (integrals && t0 == 0.0) {
        const double share = (double)k / (double)steps;
        return (instant){s->duration * gsl_pow_4(share), 4.0 * s->duration * gsl_pow_3(share) / (double)steps};
    }
    const double step = (sqrt(t0 + s->duration) - sqrt(t0)) / (double)steps;
    const double root = sqrt(t0) + (double)k * step;
    return (instant){root * root, 2.0 * root * step};
}

static void one_step(const splitting *s, double t, double step, size_t blocks, double *y)
{
    for (size_t b = 0; b < blocks; b++) {
        half_step(s, y + b * s->block);
    }
    if (s->swing != NULL) {
        shift_step(s, t, step, blocks, y);
    }
    for (size_t b = 0; b < blocks; b++) {
        if (s->swing == NULL) {
            diffuse_step(s, y + b * s->block);
        }
        half_step(s, y + b * s->block);
    }
}

/* y over the whole duration in this many steps; the integrals by the trapezoidal rule, which is symmetric
 * too. */
static bool integrate(const splitting *s, size_t steps, size_t blocks, double *y)
{
    const bool staged = s->swing != NULL;
    memset(y + s->block, 0, (blocks - 1) * s->block * sizeof *y);
    if (!staged) {
        prepare_half(s, s->duration / (double)steps);
        if (!prepare_diffusion(s, s->duration / (double)steps)) {
            return false;
        }
    }
    if (blocks > 1) {
        const instant end = instant_at(s, steps, steps, true);
        add_terms(s, end.t, 0.5 * end.rate, y);
    }
    for (size_t k = steps; k-- > 0;) {
        const instant at = instant_at(s, k, steps, blocks > 1);
        const double step = instant_at(s, k + 1, steps, blocks > 1).t - at.t;
        if (staged) {
            prepare_half(s, step);
        }
        one_step(s, at.t, step, blocks, y);
        if (blocks > 1 && at.rate > 0.0) {
            add_terms(s, at.t, (k == 0 ? 0.5 : 1.0) * at.rate, y);
        }
    }
    return true;
}

enum { SLOPE = 3 * OPTCERT_PHI_MAX, RESULTS = 4 * OPTCERT_PHI_MAX };

/* The blocks' values, and behind them the slope of the first one. */
static void read_start(const splitting *s, size_t blocks, const double *y, double *out)
{
    const optcert_state x = s->study->start;
    for (size_t b = 0; b < blocks; b++) {
        optcert_grid_read(s->grid, s->phis, y + b * s->block, x.theta, x.m, x.u, out + b * OPTCERT_PHI_MAX);
    }
    optcert_grid_slope(s->grid, s->phis, y, x.theta, x.m, x.u, out + SLOPE);
}

static void final_values(const splitting *s, double *w)
{
    const optcert_grid *grid = s->grid;
    for (size_t node = 0; node < grid->nodes; node++) {
        const double m = grid->m.x[node % grid->m.n];
        const double theta = grid->theta.x[node / grid->m.n % grid->theta.n];
        const double u = grid->u.x[node / grid->m.n / grid->theta.n];
        for (size_t p = 0; p < s->phis; p++) {
            *w++ = optcert_phi_value(&s->study->phi[p], theta, m, u);
        }
    }
}

enum { DOUBLINGS = 8, INTEGRAL_DOUBLINGS = 5, FEWEST = 4 };

/* Of an integral's change: a verdict needs 4 digits of integrals less than of values. */
static const double integral_weight = 1e-4;

/* A change below this that does not fall any more is rounding. The change of row j is of the size of (tau L)^(2j), times the weight if
 * it is an integral's: tau is the step before, 1/L the one beyond which the terms of the expansion in tau grow. Here j <= 4 for
 * integrals and j <= 7 for values, so that a change of 2^-8 integral_weight at most says tau L <= 1/2 for both: there one more halving
 * would take 3/4 off what is truncation. Whatever ends the refinement, `change` is what the last two rows differ by, and so is part of
 * the resolution that users read. */
static const double rounding_at_most = 0x1p-8 * 1e-4; /* integral_weight */

/* now[k] from now[k-1] and before[k-1], for k = 1..j: eliminates the powers 2, 4, ..., 2j of the step. */
static void extrapolate(size_t j, const double before[][RESULTS], double now[][RESULTS])
{
    double factor = 1.0;
    for (size_t k = 1; k <= j; k++) {
        factor *= 4.0;
        for (size_t i = 0; i < RESULTS; i++) {
            now[k][i] = now[k - 1][i] + (now[k - 1][i] - before[k - 1][i]) / (factor - 1.0);
        }
    }
}

/* The largest change of a value or, weighted, of an integral, relative to 1 + |value|. */
static double change_of(const splitting *s, size_t blocks, const double *now, const double *before)
{
    double largest = 0.0;
    for (size_t b = 0; b < blocks; b++) {
        for (size_t p = 0; p < s->phis; p++) {
            const size_t i = b * OPTCERT_PHI_MAX + p;
            largest = fmax(largest, (b > 0 ? integral_weight : 1.0) * fabs(now[i] - before[i]) / (1.0 + fabs(now[i])));
        }
    }
    return largest;
}

static bool refine(const splitting *s, size_t blocks, double tolerance, double *y, optcert_split *out)
{
    double table[2][DOUBLINGS][RESULTS] = {{{0.0}}};
    const size_t most = blocks > 1 ? INTEGRAL_DOUBLINGS : DOUBLINGS;
    double before = INFINITY;
    out->change = INFINITY;
    for (size_t j = 0; j < most && out->change > tolerance; j++) {
        double(*now)[RESULTS] = table[j % 2];
        final_values(s, y);
        if (!integrate(s, (size_t)FEWEST << j, blocks, y)) {
            return false;
        }
        read_start(s, blocks, y, now[0]);
        extrapolate(j, (const double(*)[RESULTS])table[1 - j % 2], now);
        if (j > 0) {
            before = out->change;
            out->change = change_of(s, blocks, now[j], table[1 - j % 2][j - 1]);
        }
        if (before < rounding_at_most && out->change > 0.5 * before) { /* rounding: the row before is as good */
            out->change = before;
            break;
        }
        memcpy(out->value, now[j], sizeof out->value);
        memcpy(out->defect, now[j] + OPTCERT_PHI_MAX, sizeof out->defect);
        memcpy(out->part, now[j] + 2 * OPTCERT_PHI_MAX, sizeof out->part);
        memcpy(out->slope, now[j] + SLOPE, sizeof out->slope);
    }
    return true;
}

bool optcert_splitting_solve(const optcert_study *study, optcert_grid *grid, optcert_order2 *order2, double h,
                             double duration, bool integrals, double tolerance, optcert_split *out)
{
    const size_t blocks = !integrals ? 1 : optcert_limit_has_part(study) ? 3 : 2;
    const size_t nt = grid->theta.n;
    splitting s = {.study = study,
                   .grid = grid,
                   .order2 = order2,
                   .h = h,
                   .duration = duration,
                   .phis = study->phi_count};
    s.row = nt * grid->m.n * s.phis;
    s.block = grid->u.n * s.row;
    s.relax = malloc(nt * grid->u.n * grid->u.n * sizeof *s.relax);
    s.swing = study->dynamics.kind->has_m ? malloc(nt * grid->m.n * grid->m.n * sizeof *s.swing) : NULL;
    s.diffuse = study->dynamics.kind->has_m ? NULL : malloc(grid->u.n * nt * nt * sizeof *s.diffuse);
    s.work = malloc(3 * s.block * sizeof *s.work);
    double *y = malloc(blocks * s.block * sizeof *y);
    optcert_order2_fill(order2, study, grid, study->t0 + duration);
    const bool ok = s.relax != NULL && (s.swing != NULL || s.diffuse != NULL) && s.work != NULL &&
                    y != NULL && refine(&s, blocks, tolerance, y, out);
    free(y);
    free(s.work);
    free(s.diffuse);
    free(s.swing);
    free(s.relax);
    return ok;
}
