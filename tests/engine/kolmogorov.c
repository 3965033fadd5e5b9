/* SPDX-License-Identifier: GPL-3.0-or-later
 * w_tau = L(t) w backwards in time by collocation on one grid, and the coefficient by Duhamel's formula.
 * A generator that does not depend on time: matrix exponential. One that does (Adam): GSL's adaptive Runge-Kutta of
 * order 8, with the coefficient's integral over t by Gauss's rule, whose terms are injected on the way.
 * Both ends of the grid of u have drift pointing inside, so no boundary condition is due there. */
#include "kolmogorov.h"
#include "limit.h"
#include "order2.h"
#include "semigroup.h"

#include <cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct solver {
    const optcert_study *study;
    optcert_grid grid;
    optcert_order2 order2;
    size_t phis, block; /* block = nodes * phis */
    double h, duration;
    bool coefficient;
    double *work; /* two blocks */
} solver;

static void set_u_basis(const optcert_study *study, const optcert_basis *theta, size_t n, optcert_basis *out)
{
    if (!study->dynamics.kind->has_u) {
        optcert_basis_point(out);
        return;
    }
    double low = study->start.u;
    double high = study->start.u;
    for (size_t i = 0; i < theta->n; i++) {
        const double sigma2 = optcert_sigma2(&study->dynamics.oracle.problem, theta->x[i]);
        low = fmin(low, sigma2);
        high = fmax(high, sigma2);
    }
    /* a diffusion in u (second order) is the milder the wider the interval */
    const double margin = study->second_order ? 2.5 : 1.25;
    optcert_basis_log(out, n, low / margin, margin * high);
}

/* out += (L + h L_1) w with the operators as last filled; the coefficient is one of h -> 0. */
static void apply_generator(solver *s, size_t columns, const double *w, double *out)
{
    optcert_operator_apply(&s->order2.generator, &s->grid, columns, 1.0, w, out);
    if (optcert_limit_has_part(s->study) && !s->coefficient) {
        optcert_operator_apply(&s->order2.part, &s->grid, columns, s->h, w, out);
    }
}

/* out += (R - L_1) w */
static void apply_defect(solver *s, size_t columns, const double *w, double *work, double *out)
{
    optcert_order2_defect(&s->order2, &s->grid, columns, w, work, out);
    if (optcert_limit_has_part(s->study)) {
        optcert_operator_apply(&s->order2.part, &s->grid, columns, -1.0, w, out);
    }
}

static void final_values(const solver *s, double *w)
{
    for (size_t j = 0; j < s->grid.u.n; j++) {
        for (size_t i = 0; i < s->grid.theta.n; i++) {
            for (size_t b = 0; b < s->grid.m.n; b++) {
                for (size_t p = 0; p < s->phis; p++) {
                    *w++ = optcert_phi_value(&s->study->phi[p], s->grid.theta.x[i], s->grid.m.x[b], s->grid.u.x[j]);
                }
            }
        }
    }
}

enum { CHUNK = 16 }; /* columns of a matrix that are made at once */

typedef void (*column_maker)(solver *s, const double *unit, double *work, double *out);

static void generator_columns(solver *s, const double *unit, double *work, double *out)
{
    (void)work;
    apply_generator(s, CHUNK, unit, out);
}

static void defect_columns(solver *s, const double *unit, double *work, double *out)
{
    apply_defect(s, CHUNK, unit, work, out);
}

/* The matrix of an operator on the grid, by its action on unit vectors. */
static double *matrix_of(solver *s, column_maker make)
{
    const size_t n = s->grid.nodes;
    double *matrix = malloc(n * n * sizeof *matrix);
    double *blocks = malloc(4 * n * CHUNK * sizeof *blocks);
    for (size_t first = 0; matrix != NULL && blocks != NULL && first < n; first += CHUNK) {
        memset(blocks, 0, 2 * n * CHUNK * sizeof *blocks);
        const size_t count = n - first < CHUNK ? n - first : CHUNK;
        for (size_t k = 0; k < count; k++) {
            blocks[(first + k) * CHUNK + k] = 1.0;
        }
        make(s, blocks, blocks + 2 * n * CHUNK, blocks + n * CHUNK);
        for (size_t i = 0; i < n; i++) {
            memcpy(matrix + i * n + first, blocks + n * CHUNK + i * CHUNK, count * sizeof *matrix);
        }
    }
    const bool ok = matrix != NULL && blocks != NULL;
    free(blocks);
    if (!ok) {
        free(matrix);
        return NULL;
    }
    return matrix;
}

static void multiply_block(const solver *s, const double *matrix, const double *w, double *out)
{
    const int n = (int)s->grid.nodes;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, (int)s->phis, n, 1.0, matrix, n, w, (int)s->phis, 0.0,
                out, (int)s->phis);
}

/* y = [values, coefficients] at the start, from the values at the end. */
static optcert_solve solve_fixed(solver *s, double *y)
{
    double *generator = matrix_of(s, generator_columns);
    double *defect = s->coefficient ? matrix_of(s, defect_columns) : NULL;
    const bool ok = generator != NULL && (!s->coefficient || defect != NULL) &&
                    optcert_semigroup(s->grid.nodes, s->duration, generator, defect);
    if (ok) {
        memcpy(s->work, y, s->block * sizeof *y);
        multiply_block(s, generator, s->work, y);
        if (s->coefficient) {
            multiply_block(s, defect, s->work, y + s->block);
        }
    }
    free(generator);
    free(defect);
    return ok ? OPTCERT_SOLVED : OPTCERT_SOLVE_MEMORY;
}

/* d[w, c]/dtau of a moving generator. */
static int slope(double tau, const double y[], double dydt[], void *context)
{
    solver *s = context;
    const double t = s->study->t0 + s->duration - tau;
    if (optcert_limit_has_part(s->study) && !s->coefficient) {
        optcert_order2_fill(&s->order2, s->study, &s->grid, t);
    } else {
        optcert_limit_generator(s->study, &s->grid, t, &s->order2.generator);
    }
    const size_t blocks = s->coefficient ? 2 : 1;
    memset(dydt, 0, blocks * s->block * sizeof *dydt);
    for (size_t i = 0; i < blocks; i++) {
        apply_generator(s, s->phis, y + i * s->block, dydt + i * s->block);
    }
    return GSL_SUCCESS;
}

/* c += weight * (R - L_1) w at time t0 + duration - tau. */
static void inject(solver *s, double tau, double weight, double *y)
{
    double *term = s->work + 2 * s->block;
    optcert_order2_fill(&s->order2, s->study, &s->grid, s->study->t0 + s->duration - tau);
    memset(term, 0, s->block * sizeof *term);
    apply_defect(s, s->phis, y, s->work, term);
    cblas_daxpy((int)s->block, weight, term, 1, y + s->block, 1);
}

/* The rounding error of differentiated values is some 1e-12; a study needs 1e-8. */
static const double ode_tolerance = 1e-10;

/* Gauss's rule of 16 nodes is exact to degree 31 for an integrand that is analytic in t > 0. */
enum { GAUSS_NODES = 16, MOST_STEPS = 100000 };

static optcert_solve solve_moving(solver *s, double *y)
{
    const size_t blocks = s->coefficient ? 2 : 1;
    gsl_odeiv2_system system = {slope, NULL, blocks * s->block, s};
    gsl_odeiv2_driver *driver =
        gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 1e-3, ode_tolerance, ode_tolerance);
    gsl_integration_glfixed_table *gauss = gsl_integration_glfixed_table_alloc(GAUSS_NODES);
    int status = driver != NULL && gauss != NULL ? GSL_SUCCESS : GSL_ENOMEM;
    if (status == GSL_SUCCESS) {
        gsl_odeiv2_driver_set_nmax(driver, MOST_STEPS);
    }
    double tau = 0.0;
    for (size_t i = 0; status == GSL_SUCCESS && s->coefficient && i < GAUSS_NODES; i++) {
        double node;
        double weight;
        gsl_integration_glfixed_point(0.0, s->duration, i, &node, &weight, gauss);
        status = gsl_odeiv2_driver_apply(driver, &tau, node, y);
        inject(s, tau, weight, y);
    }
    if (status == GSL_SUCCESS) {
        status = gsl_odeiv2_driver_apply(driver, &tau, s->duration, y);
    }
    gsl_integration_glfixed_table_free(gauss);
    gsl_odeiv2_driver_free(driver);
    return status == GSL_SUCCESS ? OPTCERT_SOLVED : status == GSL_ENOMEM ? OPTCERT_SOLVE_MEMORY : OPTCERT_SOLVE_DIVERGED;
}

static bool open_solver(solver *s, const optcert_frame *frame, optcert_level level, double **y)
{
    s->phis = s->study->phi_count;
    optcert_frame_theta(s->study, frame, level.theta, &s->grid.theta);
    optcert_frame_m(s->study, frame, level.m, &s->grid.m);
    set_u_basis(s->study, &s->grid.theta, level.u, &s->grid.u);
    const bool ok = optcert_grid_open(&s->grid, CHUNK) & optcert_order2_open(&s->order2, &s->grid);
    s->block = s->grid.nodes * s->phis;
    s->work = malloc(3 * s->block * sizeof *s->work);
    *y = calloc(2 * s->block, sizeof **y);
    return ok && s->work != NULL && *y != NULL;
}

static optcert_solve solve(solver *s, const optcert_frame *frame, optcert_level level, double *value,
                           double *coefficient)
{
    double *y = NULL;
    optcert_solve status = OPTCERT_SOLVE_MEMORY;
    openblas_set_num_threads(1);
    if (open_solver(s, frame, level, &y)) {
        const optcert_state x = s->study->start;
        optcert_order2_fill(&s->order2, s->study, &s->grid, s->study->t0 + s->duration);
        final_values(s, y);
        status = optcert_limit_moves(s->study) ? solve_moving(s, y) : solve_fixed(s, y);
        optcert_grid_read(&s->grid, s->phis, y, x.theta, x.m, x.u, value);
        if (coefficient != NULL) {
            optcert_grid_read(&s->grid, s->phis, y + s->block, x.theta, x.m, x.u, coefficient);
        }
    }
    free(y);
    free(s->work);
    optcert_order2_close(&s->order2);
    optcert_grid_close(&s->grid);
    return status;
}

optcert_solve optcert_limit_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                                   double h, double duration, double *value)
{
    solver s = {.study = study, .h = h, .duration = duration};
    return solve(&s, frame, level, value, NULL);
}

optcert_solve optcert_limit_coefficient(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                                        double *value, double *coefficient)
{
    solver s = {.study = study, .duration = study->horizon, .coefficient = true};
    return solve(&s, frame, level, value, coefficient);
}
