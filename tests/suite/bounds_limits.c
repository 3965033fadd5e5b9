/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bounds of the SDE limits' coefficients (sde_coefficients.v). Real values in MPFR, wide enough to be exact but for the
 * last of hundreds of bits; bounds in long double. */
#include "bounds_table.h"
#include "optcert/adam_sde.h"
#include "optcert/adamw_sde.h"
#include "optcert/rmsprop_sde.h"
#include "optcert/sgd_sde.h"

#include <math.h>
#include <stdbool.h>

#include "optcert/real_f32.h"

#include "bounds_limits_real.h"
#include "optcert/real_f64.h"

#include "bounds_limits_real.h"
#include "optcert/real_end.h"

enum { PREC = 640, OUTPUTS = 4 };

static bool f32(const optcert_bound *b)
{
    return b->format == &oc_ref_f32;
}

/* gamma(n u), n by the format */
static long double gamma_of(const optcert_bound *b, int n64, int n32)
{
    const long double x = (f32(b) ? n32 : n64) * optcert_bound_u(b);
    return x / (1 - x);
}

/* e^(k + n u) - 1, where k is what a parameter's storage cost: k64 u, and one more u in binary32 */
static long double straight(const optcert_bound *b, int k64, int n)
{
    return expm1l(k64 * 0x1p-53L + (n + (f32(b) ? 1 : 0)) * optcert_bound_u(b));
}

/* |got - real|, and clears it */
static long double distance(double got, mpfr_t real)
{
    mpfr_d_sub(real, got, real, MPFR_RNDN);
    const long double d = fabsl(mpfr_get_ld(real, MPFR_RNDZ));
    mpfr_clear(real);
    return d;
}

static void root(mpfr_t x, double of)
{
    mpfr_init2(x, PREC);
    mpfr_set_d(x, of, MPFR_RNDN);
    mpfr_sqrt(x, x, MPFR_RNDN);
}

/* - factor / (sigma0 sqrt(u) + eps); factor and eps are cleared. P and |factor / P| are returned as well. */
static void divided(mpfr_t factor, double sigma0, mpfr_t eps, double u, long double *p, long double *size)
{
    mpfr_t d;
    root(d, u);
    mpfr_mul_d(d, d, sigma0, MPFR_RNDN);
    mpfr_add(d, d, eps, MPFR_RNDN);
    *p = mpfr_get_ld(d, MPFR_RNDD);
    mpfr_div(factor, factor, d, MPFR_RNDN);
    mpfr_neg(factor, factor, MPFR_RNDN);
    *size = fabsl(mpfr_get_ld(factor, MPFR_RNDN));
    mpfr_clears(d, eps, (mpfr_ptr)NULL);
}

/* The hypothesis of a quotient by P, and that nothing overflowed. */
static long double judged(const optcert_bound *b, double got, long double p, long double error, long double bound)
{
    const bool holds = 2 * optcert_bound_tiny(b) <= optcert_bound_u(b) * p && isfinite(got) && bound > 0;
    return holds ? error / bound : -1;
}

/* x: sigma0, eps0, c2, u, g, sd. Drift of theta, or its diffusion */
static long double rmsprop_theta(const optcert_bound *b, const double *x, bool diffusion)
{
    double out[OUTPUTS];
    if (!(f32(b) ? rmsprop_limit_f32 : rmsprop_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real, eps;
    long double p, size;
    mpfr_inits2(PREC, real, eps, (mpfr_ptr)NULL);
    mpfr_set_d(real, diffusion ? x[5] : x[4], MPFR_RNDN);
    if (diffusion) {
        mpfr_mul_d(real, real, x[0], MPFR_RNDN);
    }
    mpfr_set_d(eps, x[1], MPFR_RNDN);
    divided(real, x[0], eps, x[3], &p, &size);
    const long double tiny = optcert_bound_tiny(b);
    const long double bound = diffusion ? gamma_of(b, 6, 8) * size + 4 * tiny / (3 * p) + tiny : gamma_of(b, 5, 6) * size + tiny;
    const double got = out[diffusion ? 1 : 0];
    return judged(b, got, p, distance(got, real), bound);
}

static long double rmsprop_drift(const optcert_bound *b, const double *x)
{
    return rmsprop_theta(b, x, false);
}

static long double rmsprop_diffusion(const optcert_bound *b, const double *x)
{
    return rmsprop_theta(b, x, true);
}

/* x as above: c2 (sd^2 - u) */
static long double relax_u(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? rmsprop_limit_f32 : rmsprop_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    mpfr_init2(real, PREC);
    mpfr_set_d(real, x[5], MPFR_RNDN);
    mpfr_sqr(real, real, MPFR_RNDN);
    mpfr_sub_d(real, real, x[3], MPFR_RNDN);
    mpfr_mul_d(real, real, x[2], MPFR_RNDN);
    const long double c = x[2], sd = x[5], e = expl(optcert_bound_u(b)), tiny = optcert_bound_tiny(b);
    const long double under = e * (f32(b) ? e : 1) * c * e * tiny + tiny;
    return judged(b, out[2], 1, distance(out[2], real), straight(b, 0, 3) * c * (sd * sd + x[3]) + under);
}

/* x: sigma0, eps0, c1, gamma1, gamma2, m, u, g, sd */
static long double adam_drift(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? adam_limit_f32 : adam_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real, eps;
    long double p, size;
    root(real, x[4]);
    root(eps, x[4]);
    mpfr_mul_d(eps, eps, x[1], MPFR_RNDN);
    mpfr_div_d(real, real, x[3], MPFR_RNDN);
    mpfr_mul_d(real, real, x[5], MPFR_RNDN);
    divided(real, x[0], eps, x[6], &p, &size);
    const long double tiny = optcert_bound_tiny(b);
    return judged(b, out[0], p, distance(out[0], real), gamma_of(b, 8, 9) * size + 4 * tiny / (3 * p) + tiny);
}

/* c1 (g - m) */
static long double relax_m(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? adam_limit_f32 : adam_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    mpfr_init2(real, PREC);
    mpfr_set_d(real, x[7], MPFR_RNDN);
    mpfr_sub_d(real, real, x[5], MPFR_RNDN);
    mpfr_mul_d(real, real, x[2], MPFR_RNDN);
    const long double size = x[2] * (fabsl((long double)x[7]) + fabsl((long double)x[5]));
    return judged(b, out[1], 1, distance(out[1], real), straight(b, 0, 2) * size + optcert_bound_tiny(b));
}

/* sigma0 c1 sd */
static long double adam_diffusion(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? adam_limit_f32 : adam_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    mpfr_init2(real, PREC);
    mpfr_set_d(real, x[0], MPFR_RNDN);
    mpfr_mul_d(real, real, x[2], MPFR_RNDN);
    mpfr_mul_d(real, real, x[8], MPFR_RNDN);
    const long double size = fabsl(mpfr_get_ld(real, MPFR_RNDN));
    return judged(b, out[2], 1, distance(out[2], real), straight(b, 1, 1) * size + optcert_bound_tiny(b));
}

/* x: lambda0, drift, theta */
static long double decayed(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? adamw_limit_f32 : adamw_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    mpfr_init2(real, PREC);
    mpfr_set_d(real, x[0], MPFR_RNDN);
    mpfr_mul_d(real, real, x[2], MPFR_RNDN);
    mpfr_d_sub(real, x[1], real, MPFR_RNDN);
    const long double size = fabsl((long double)x[1]) + fabsl((long double)x[0] * x[2]);
    const long double under = expl(optcert_bound_u(b)) * optcert_bound_tiny(b);
    return judged(b, out[0], 1, distance(out[0], real), straight(b, 0, 2) * size + under);
}

/* x: eta, sigma, g, H g, sd */
static long double sgd_drift2(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? sgd_limit_f32 : sgd_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    mpfr_init2(real, PREC);
    mpfr_set_d(real, x[0], MPFR_RNDN);
    mpfr_mul_d(real, real, x[3] / 2, MPFR_RNDN);
    mpfr_add_d(real, real, x[2], MPFR_RNDN);
    mpfr_neg(real, real, MPFR_RNDN);
    const long double size = fabsl((long double)x[2]) + fabsl((long double)x[0] * x[3] / 2);
    const long double under = expl(optcert_bound_u(b)) * optcert_bound_tiny(b);
    return judged(b, out[0], 1, distance(out[0], real), straight(b, 1, 2) * size + under);
}

static long double sgd_diffusion(const optcert_bound *b, const double *x)
{
    double out[OUTPUTS];
    if (!(f32(b) ? sgd_limit_f32 : sgd_limit_f64)(x, out)) {
        return -1;
    }
    mpfr_t real;
    root(real, x[0]);
    mpfr_mul_d(real, real, x[1], MPFR_RNDN);
    mpfr_mul_d(real, real, x[4], MPFR_RNDN);
    const long double size = fabsl(mpfr_get_ld(real, MPFR_RNDN));
    return judged(b, out[1], 1, distance(out[1], real), straight(b, 2, 1) * size + optcert_bound_tiny(b));
}

#define SCALE {OPTCERT_INPUT_POSITIVE, -20, 2}
#define EPS {OPTCERT_INPUT_POSITIVE, -40, 2}
#define RATE {OPTCERT_INPUT_POSITIVE, -10, 10}
#define GAMMA {OPTCERT_INPUT_POSITIVE, -20, -1}
#define MOMENT {OPTCERT_INPUT_MOMENT, -140, 40}
#define NUMBER {OPTCERT_INPUT_SIGNED, -70, 20}
#define RMS_INPUT {SCALE, EPS, RATE, MOMENT, NUMBER, NUMBER}
#define ADAM_INPUT {SCALE, EPS, RATE, GAMMA, GAMMA, NUMBER, MOMENT, NUMBER, NUMBER}
#define SGD_INPUT {SCALE, SCALE, NUMBER, NUMBER, NUMBER}
#define BOTH(name, inputs, function)                                                                              \
    {"sde_coefficients." name " (f32)", &oc_ref_f32, inputs, function}, {                                         \
        "sde_coefficients." name " (f64)", &oc_ref_f64, inputs, function                                          \
    }

const optcert_bound optcert_limit_bounds[] = {
    BOTH("rmsprop_drift", RMS_INPUT, rmsprop_drift),
    BOTH("rmsprop_diffusion", RMS_INPUT, rmsprop_diffusion),
    BOTH("relax_u_error", RMS_INPUT, relax_u),
    BOTH("adam_drift", ADAM_INPUT, adam_drift),
    BOTH("relax_m_error", ADAM_INPUT, relax_m),
    BOTH("diffusion_error, adam", ADAM_INPUT, adam_diffusion),
    BOTH("diffusion_error, sgd", SGD_INPUT, sgd_diffusion),
    BOTH("sgd_drift2_error", SGD_INPUT, sgd_drift2),
    {"sde_coefficients.decayed_error (f32)", &oc_ref_f32, {SCALE, NUMBER, NUMBER}, decayed},
    {"sde_coefficients.decayed_error (f64)", &oc_ref_f64, {SCALE, NUMBER, NUMBER}, decayed},
};
const size_t optcert_limit_bound_count = sizeof optcert_limit_bounds / sizeof optcert_limit_bounds[0];
