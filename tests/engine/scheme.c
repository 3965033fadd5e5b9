/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of exact problems (Kloeden, Platen 1992, Sect. 4.4) and of schemes; every number of a step comes
 * from liboptcert's kernels. */
#include "scheme.h"

#include "optcert/euler_maruyama.h"
#include "optcert/heun.h"
#include "optcert/milstein.h"
#include "optcert/platen.h"
#include "optcert/sra1.h"

#include <math.h>

static double ou_drift(double a, double s, double x)
{
    (void)s;
    return -a * x;
}

static double constant_diffusion(double a, double s, double x)
{
    (void)a;
    (void)x;
    return s;
}

static double no_slope(double a, double s, double x)
{
    (void)a;
    (void)s;
    (void)x;
    return 0.0;
}

static double power(size_t phi, double x)
{
    return phi == 0 ? x : x * x;
}

static double ou_moment(double a, double s, double x0, double t, size_t phi)
{
    const double mean = x0 * exp(-a * t);
    return phi == 0 ? mean : mean * mean - s * s * expm1(-2.0 * a * t) / (2.0 * a);
}

static double gbm_drift(double a, double s, double x)
{
    (void)s;
    return a * x;
}

static double gbm_diffusion(double a, double s, double x)
{
    (void)a;
    return s * x;
}

static double gbm_moment(double a, double s, double x0, double t, size_t phi)
{
    return phi == 0 ? x0 * exp(a * t) : x0 * x0 * exp((2.0 * a + s * s) * t);
}

static double sinh_drift(double a, double s, double x)
{
    (void)a;
    (void)s;
    return 0.5 * x + sqrt(x * x + 1.0);
}

static double sinh_diffusion(double a, double s, double x)
{
    (void)a;
    (void)s;
    return sqrt(x * x + 1.0);
}

static double sinh_slope(double a, double s, double x)
{
    (void)a;
    (void)s;
    return x / sqrt(x * x + 1.0);
}

static double sinh_value(size_t phi, double x)
{
    return phi == 0 ? sin(asinh(x)) : power(phi, asinh(x));
}

/* X_t = sinh(t + W_t + asinh X_0) */
static double sinh_moment(double a, double s, double x0, double t, size_t phi)
{
    (void)a;
    (void)s;
    const double mean = asinh(x0) + t;
    return phi == 0 ? exp(-0.5 * t) * sin(mean) : mean * mean + t;
}

const optcert_exact_problem optcert_exact_problems[] = {
    {"ou",
     "Ornstein-Uhlenbeck: dX = -a X dt + s dW",
     true,
     {"x", "x^2"},
     ou_drift,
     constant_diffusion,
     no_slope,
     power,
     ou_moment},
    {"gbm",
     "geometric Brownian motion: dX = a X dt + s X dW",
     false,
     {"x", "x^2"},
     gbm_drift,
     gbm_diffusion,
     constant_diffusion,
     power,
     gbm_moment},
    {"sinh",
     "dX = (X/2 + sqrt(X^2+1)) dt + sqrt(X^2+1) dW",
     false,
     {"sin(asinh)", "asinh^2"},
     sinh_drift,
     sinh_diffusion,
     sinh_slope,
     sinh_value,
     sinh_moment},
    {.name = NULL},
};

typedef struct coefficients {
    double a, b, slope;
} coefficients;

/* The coefficients that the scheme asks for: of the Stratonovich equation, or of the Ito one. */
static coefficients at(const optcert_scheme_run *run, bool stratonovich, double x)
{
    const optcert_exact_problem *p = run->problem;
    coefficients c = {p->drift(run->a, run->s, x), p->diffusion(run->a, run->s, x),
                      p->slope(run->a, run->s, x)};
    if (stratonovich != (run->mistake == OPTCERT_SCHEME_OTHER_CALCULUS)) {
        c.a -= 0.5 * c.b * c.slope;
    }
    c.a *= run->mistake == OPTCERT_SCHEME_WRONG_DRIFT ? 1.1 : 1.0;
    return c;
}

static void euler_maruyama(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x,
                           const double *z)
{
    const coefficients c = at(run, false, *x);
    oc_euler_maruyama_step_f64(h, 1, x, &c.a, &c.b, z);
}

static void milstein(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    const coefficients c = at(run, false, *x);
    oc_milstein_step_f64(h, 1, x, &c.a, &c.b, &c.slope, z);
}

static void heun(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    double y;
    const coefficients c = at(run, true, *x);
    oc_heun_predict_f64(h, 1, &y, x, &c.a, &c.b, z);
    const coefficients c2 = at(run, true, y);
    oc_heun_correct_f64(h, 1, x, &c.a, &c2.a, &c.b, &c2.b, z);
}

static void platen(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    double y, up, down;
    const coefficients c = at(run, false, *x);
    oc_platen_support_f64(h, 1, &y, &up, &down, x, &c.a, &c.b, z);
    const coefficients cy = at(run, false, y);
    const coefficients cup = at(run, false, up);
    const coefficients cdown = at(run, false, down);
    oc_platen_step_f64(h, 1, x, &c.a, &cy.a, &c.b, &cup.b, &cdown.b, z);
}

static void sra1(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z)
{
    double y;
    const coefficients c = at(run, false, *x);
    oc_sra1_support_f64(h, 1, &y, x, &c.a, &c.b, z, z + 1);
    const coefficients cy = at(run, false, y);
    oc_sra1_step_f64(h, 1, x, &c.a, &cy.a, &c.b, &c.b, z, z + 1);
}

const optcert_scheme optcert_schemes[] = {
    {"euler-maruyama", "strong order 1/2, weak order 1", "gaussian", 1, 1.0, 0.5, false, false,
     euler_maruyama},
    {"milstein", "strong and weak order 1", "gaussian", 1, 1.0, 1.0, false, false, milstein},
    {"heun", "Stratonovich; strong and weak order 1", "gaussian", 1, 1.0, 1.0, false, false, heun},
    {"platen", "weak order 2", "gaussian", 1, 2.0, 0.0, false, false, platen},
    {"platen-simplified", "weak order 2 with three-point noise", "three-point", 1, 2.0, 0.0, false, false,
     platen},
    {"sra1", "additive noise; strong order 3/2", "gaussian", 2, 1.5, 1.5, true, false, sra1},
    {"talay-tubaro", "extrapolated Euler-Maruyama; weak order 2", "gaussian", 1, 2.0, 0.0, false, true,
     euler_maruyama},
    {.name = NULL},
};
