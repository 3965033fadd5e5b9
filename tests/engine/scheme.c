/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of exact problems (Kloeden, Platen 1992, Sect. 4.4) and of schemes; every number of a step comes
 * from liboptcert's kernels. */
#include "scheme.h"

#include "optcert/euler_maruyama.h"
#include "optcert/heun.h"
#include "optcert/milstein.h"
#include "optcert/platen.h"
#include "optcert/sra1.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

static optcert_scheme_point ou_at(double a, double s, const double *x)
{
    return (optcert_scheme_point){{-a * *x}, {s}, {0.0}};
}

static double power(size_t phi, const double *x)
{
    return phi == 0 ? *x : *x * *x;
}

static double ou_moment(double a, double s, double x0, double t, size_t phi)
{
    const double mean = x0 * exp(-a * t);
    return phi == 0 ? mean : mean * mean - s * s * expm1(-2.0 * a * t) / (2.0 * a);
}

static optcert_scheme_point gbm_at(double a, double s, const double *x)
{
    return (optcert_scheme_point){{a * *x}, {s * *x}, {s}};
}

static double gbm_moment(double a, double s, double x0, double t, size_t phi)
{
    return phi == 0 ? x0 * exp(a * t) : x0 * x0 * exp((2.0 * a + s * s) * t);
}

static optcert_scheme_point sinh_at(double a, double s, const double *x)
{
    const double root = sqrt(*x * *x + 1.0);
    (void)a;
    (void)s;
    return (optcert_scheme_point){{0.5 * *x + root}, {root}, {*x / root}};
}

static double sinh_value(size_t phi, const double *x)
{
    const double y = asinh(*x);
    return phi == 0 ? sin(y) : y * y;
}

/* X_t = sinh(t + W_t + asinh X_0) */
static double sinh_moment(double a, double s, double x0, double t, size_t phi)
{
    (void)a;
    (void)s;
    const double mean = asinh(x0) + t;
    return phi == 0 ? exp(-0.5 * t) * sin(mean) : mean * mean + t;
}

/* dX = A X dt + B_1 X dW_1 + B_2 X dW_2, A = a [-1 1/2; -1/2 -1/2], B_1 = s [1/2 1; 0 0], B_2 = s [0 0; 1 0];
 * B_1 B_2 = s^2 [1 0; 0 0], B_2 B_1 = s^2 [0 0; 1/2 1]. */
static optcert_scheme_point mixed_at(double a, double s, const double *x)
{
    return (optcert_scheme_point){{a * (-x[0] + 0.5 * x[1]), a * (-0.5 * x[0] - 0.5 * x[1])},
                                  {s * (0.5 * x[0] + x[1]), s * x[0]},
                                  {0.5 * s, 0.0}};
}

static double mixed_value(size_t phi, const double *x)
{
    return phi == 0 ? x[0] * x[0] : x[0] * x[1];
}

/* M = E X X^T follows dM/dt = A M + M A^T + sum B_k M B_k^T; here for (M11, M12, M22). */
static double mixed_moment(double a, double s, double x0, double t, size_t phi)
{
    const double q = s * s;
    double rate[9] = {-2.0 * a + 0.25 * q, a + q, q, -0.5 * a, -1.5 * a, 0.5 * a, q, -a, -a};
    double exponential[9];
    gsl_matrix_view in = gsl_matrix_view_array(rate, 3, 3);
    gsl_matrix_view out = gsl_matrix_view_array(exponential, 3, 3);
    gsl_matrix_scale(&in.matrix, t);
    gsl_linalg_exponential_ss(&in.matrix, &out.matrix, GSL_PREC_DOUBLE);
    const double *row = exponential + 3 * phi;
    return x0 * x0 * (row[0] + row[1] + row[2]);
}

const optcert_exact_problem optcert_exact_problems[] = {
    {"ou", "Ornstein-Uhlenbeck: dX = -a X dt + s dW", true, false, 1, {"x", "x^2"}, ou_at, power, ou_moment},
    {"gbm", "geometric Brownian motion: dX = a X dt + s X dW", false, false, 1, {"x", "x^2"}, gbm_at, power, gbm_moment},
    {"sinh",
     "dX = (X/2 + sqrt(X^2+1)) dt + sqrt(X^2+1) dW",
     false,
     false,
     1,
     {"sin(asinh)", "asinh^2"},
     sinh_at,
     sinh_value,
     sinh_moment},
    {"mixed",
     "two dimensions, linear, noises that do not commute: dX = A X dt + B_1 X dW_1 + B_2 X dW_2",
     false,
     true,
     2,
     {"x1^2", "x1*x2"},
     mixed_at,
     mixed_value,
     mixed_moment},
    {.name = NULL},
};

/* The coefficients that the scheme asks for: of the Stratonovich equation, or of the Ito one. */
static optcert_scheme_point at(const optcert_scheme_run *run, bool stratonovich, const double *x)
{
    optcert_scheme_point c = run->problem->at(run->a, run->s, x);
    for (size_t i = 0; i < run->problem->dimension; i++) {
        if (stratonovich != (run->mistake == OPTCERT_SCHEME_OTHER_CALCULUS)) {
            c.drift[i] -= 0.5 * c.diffusion[i] * c.slope[i]; /* noise i moves coordinate i alone */
        }
        c.drift[i] *= run->mistake == OPTCERT_SCHEME_WRONG_DRIFT ? 1.1 : 1.0;
    }
    return c;
}

static void euler_maruyama(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x,
                           const double *z)
{
    const optcert_scheme_point c = at(run, false, x);
    oc_euler_maruyama_step_f64(h, run->problem->dimension, x, c.drift, c.diffusion, z);
}

static void milstein(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    const optcert_scheme_point c = at(run, false, x);
    oc_milstein_step_f64(h, run->problem->dimension, x, c.drift, c.diffusion, c.slope, z);
}

static void heun(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    const size_t n = run->problem->dimension;
    double y[OPTCERT_SCHEME_DIMENSION];
    const optcert_scheme_point c = at(run, true, x);
    oc_heun_predict_f64(h, n, y, x, c.drift, c.diffusion, z);
    const optcert_scheme_point c2 = at(run, true, y);
    oc_heun_correct_f64(h, n, x, c.drift, c2.drift, c.diffusion, c2.diffusion, z);
}

/* b_i at its own supporting value: noise i moves coordinate i, the drift all of them. */
static void own_diffusion(const optcert_scheme_run *run, const double *up, const double *down, const double *moved,
                          double *out)
{
    const size_t n = run->problem->dimension;
    for (size_t i = 0; i < n; i++) {
        double point[OPTCERT_SCHEME_DIMENSION];
        for (size_t k = 0; k < n; k++) {
            point[k] = 0.5 * (up[k] + down[k]);
        }
        point[i] = moved[i];
        out[i] = at(run, false, point).diffusion[i];
    }
}

static void platen(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    const size_t n = run->problem->dimension;
    double y[OPTCERT_SCHEME_DIMENSION], up[OPTCERT_SCHEME_DIMENSION], down[OPTCERT_SCHEME_DIMENSION];
    double diffusion_up[OPTCERT_SCHEME_DIMENSION], diffusion_down[OPTCERT_SCHEME_DIMENSION];
    const optcert_scheme_point c = at(run, false, x);
    oc_platen_support_f64(h, n, y, up, down, x, c.drift, c.diffusion, z);
    const optcert_scheme_point cy = at(run, false, y);
    own_diffusion(run, up, down, up, diffusion_up);
    own_diffusion(run, up, down, down, diffusion_down);
    oc_platen_step_f64(h, n, x, c.drift, cy.drift, c.diffusion, diffusion_up, diffusion_down, z);
}

static void sra1(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    double y;
    const optcert_scheme_point c = at(run, false, x);
    oc_sra1_support_f64(h, 1, &y, x, c.drift, c.diffusion, z, z + 1);
    const optcert_scheme_point cy = at(run, false, &y);
    oc_sra1_step_f64(h, 1, x, c.drift, cy.drift, c.diffusion, c.diffusion, z, z + 1);
}

/* Platen's scheme with normals holds all of Milstein's but terms of size h^(3/2) with mean O(h^2): strong order 1 by
 * Milstein's theorem (Milstein, Tretyakov 2004, Thm. 1.1.1). */
const optcert_scheme optcert_schemes[] = {
    {"euler-maruyama", "strong order 1/2, weak order 1", "gaussian", 1, 1.0, 0.5, NULL, 1.0, 0.5, false, false,
     euler_maruyama},
    {"milstein", "strong and weak order 1", "gaussian", 1, 1.0, 1.0, NULL, 1.0, 0.5, false, false, milstein},
    {"heun", "Stratonovich; strong and weak order 1", "gaussian", 1, 1.0, 1.0, NULL, 1.0, 0.5, false, false, heun},
    {"platen", "weak order 2, strong order 1", "gaussian", 1, 2.0, 1.0, NULL, 1.0, 0.5, false, false, platen},
    {"platen-simplified", "weak order 2 with three-point noise", "three-point", 1, 2.0, 0.0,
     "its three-point noise follows no Brownian path", 1.0, 0.0, false, false, platen},
    {"sra1", "additive noise; strong order 3/2", "gaussian", 2, 1.5, 1.5, NULL, 0.0, 0.0, true, false, sra1},
    {"talay-tubaro", "extrapolated Euler-Maruyama; weak order 2", "gaussian", 1, 2.0, 0.0,
     "it extrapolates expectations and has no path", 2.0, 0.0, false, true, euler_maruyama},
    {.name = NULL},
};

static bool reduced(const optcert_scheme_run *run)
{
    return run->problem->mixed && run->mistake != OPTCERT_SCHEME_COMMUTING;
}

double optcert_scheme_weak(const optcert_scheme_run *run)
{
    return reduced(run) ? run->scheme->mixed_weak : run->scheme->weak;
}

double optcert_scheme_strong(const optcert_scheme_run *run)
{
    return reduced(run) ? run->scheme->mixed_strong : run->scheme->strong;
}
