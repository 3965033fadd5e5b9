/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bounds of the bias correction and of the scaling functions, all in binary64. */
#include "bounds_table.h"
#include "mix.h"
#include "one_minus_pow.h"
#include "optcert/one_minus_pow.h"
#include "optcert/scaling.h"
#include "optcert/svag.h"
#include "scaling.h"

#include <math.h>

static const long double u = 0x1p-53L;

static long double gamma_of(long double x)
{
    return x / (1 - x);
}

/* |got - truth|; the ball's radius is 2^-250 of it at most, and forgotten. */
static long double distance(double got, const oc_ref_ball *truth)
{
    mpfr_t d;
    mpfr_init2(d, OC_REF_PREC);
    mpfr_d_sub(d, got, truth->mid, MPFR_RNDN);
    const long double result = fabsl(mpfr_get_ld(d, MPFR_RNDZ));
    mpfr_clear(d);
    return result;
}

/* x: beta in [0, 1), k >= 1, where c > 0. |c - (1 - beta^k)| <= (1/2 + 2^-40) ulp(c) */
static long double one_minus_pow(const optcert_bound *b, const double *x)
{
    (void)b;
    if (!(x[0] >= 0 && x[0] < 1 && x[1] >= 1)) {
        return -1;
    }
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, OC_REF_PREC);
    oc_ref_one_minus_pow(&truth, x[0], (uint64_t)x[1]);
    const double c = oc_one_minus_pow(x[0], (uint64_t)x[1]);
    const long double error = distance(c, &truth);
    oc_ref_ball_clear(&truth);
    return error / ((0.5L + 0x1p-40L) * ldexpl(1, ilogb(c) - 52));
}

/* got against the rule's true value, relative to it: error / |truth|, and the true value itself. */
static long double rule_error(const oc_ref_rule *rule, double got, double x, double kappa, long double *size)
{
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, OC_REF_PREC);
    rule->real(&truth, x, kappa);
    const long double error = distance(got, &truth);
    *size = distance(0, &truth);
    oc_ref_ball_clear(&truth);
    return error;
}

static const oc_hyper usual = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};

/* x: the hyper-parameter, kappa */
static long double scaled_up(const optcert_bound *b, const double *x)
{
    oc_hyper h = usual;
    (void)b;
    h.lr = x[0];
    h.beta1 = h.beta2 = 0x1.ffffffff8p-1; /* so near 1 that every kappa drawn is allowed */
    long double size;
    return oc_scale_adam(&h, x[1], &h) == OC_OK
               ? rule_error(&oc_ref_rule_root, h.lr, x[0], x[1], &size) / (gamma_of(2 * u) * size)
               : -1;
}

static long double scaled_down(const optcert_bound *b, const double *x)
{
    oc_hyper h = usual;
    (void)b;
    h.eps = x[0];
    h.beta1 = h.beta2 = 0x1.ffffffff8p-1;
    long double size;
    return oc_scale_adam(&h, x[1], &h) == OC_OK
               ? rule_error(&oc_ref_rule_inverse_root, h.eps, x[0], x[1], &size) / (gamma_of(2 * u) * size)
               : -1;
}

static long double scaled_linear(const optcert_bound *b, const double *x)
{
    oc_hyper h = usual;
    (void)b;
    h.lr = x[0];
    long double size;
    return oc_scale_sgd(&h, x[1], &h) == OC_OK
               ? rule_error(&oc_ref_rule_linear, h.lr, x[0], x[1], &size) / (gamma_of(u) * size)
               : -1;
}

static long double scaled_beta(const optcert_bound *b, const double *x)
{
    oc_hyper h = usual;
    (void)b;
    h.beta2 = x[0];
    long double size;
    if (oc_scale_rmsprop(&h, x[1], &h) != OC_OK) {
        return -1;
    }
    const long double error = rule_error(&oc_ref_rule_complement, h.beta2, x[0], x[1], &size);
    return error / (u * size + (1 + u) * gamma_of(2 * u) * (x[1] * (1 - (long double)x[0])));
}

/* x: rho, kappa. One rounding of a number within 2^-79 of rho^kappa, for rho and the result at least 2^-800 */
static long double rho_pow(const optcert_bound *b, const double *x)
{
    double out;
    long double size;
    (void)b;
    return oc_scale_ema(x[0], x[1], &out) == OC_OK
               ? rule_error(&oc_ref_rule_power, out, x[0], x[1], &size) / (expm1l(u + 0x1p-79L) * size)
               : -1;
}

/* x: l. Error of coefficient 1 or 2 over its bound, 6 u r1 or 3.1 u sqrt(2 l^2 - 1) = 3.1 u (r1 - r2) */
static long double svag(double l, bool second)
{
    oc_svag_coef_f64 coef;
    oc_ref_ball r1, r2;
    if (oc_svag_coef_init_f64(&coef, l) != OC_OK) {
        return -1;
    }
    oc_ref_ball_init(&r1, OC_REF_PREC);
    oc_ref_ball_init(&r2, OC_REF_PREC);
    oc_ref_svag(&r1, &r2, l);
    const long double size1 = distance(0, &r1), size2 = distance(0, &r2); /* r2 <= 0 */
    const long double error = second ? distance(coef.r2, &r2) : distance(coef.r1, &r1);
    oc_ref_ball_clear(&r1);
    oc_ref_ball_clear(&r2);
    return second ? error / (3.1L * u * (size1 + size2)) : error / (6 * u * size1);
}

static long double svag_r1(const optcert_bound *b, const double *x)
{
    (void)b;
    return svag(x[0], false);
}

static long double svag_r2(const optcert_bound *b, const double *x)
{
    (void)b;
    return svag(x[0], true);
}

#define KAPPA {OPTCERT_INPUT_POSITIVE, -10, 10}
#define POSITIVE {OPTCERT_INPUT_POSITIVE, -30, 2}
#define BETA {OPTCERT_INPUT_BETA, -40, -1}

const optcert_bound optcert_scalar_bounds[] = {
    {"one_minus_pow.one_minus_pow_ulp", &oc_ref_f64, {{OPTCERT_INPUT_BETA, -53, -1}, {OPTCERT_INPUT_COUNT, 0, 52}},
     one_minus_pow},
    {"scaling_rules.scaled_up_error", &oc_ref_f64, {POSITIVE, KAPPA}, scaled_up},
    {"scaling_rules.scaled_down_error", &oc_ref_f64, {POSITIVE, KAPPA}, scaled_down},
    {"scaling_rules.scaled_linear_error", &oc_ref_f64, {POSITIVE, KAPPA}, scaled_linear},
    {"rho_pow.rho_pow_relative", &oc_ref_f64, {BETA, KAPPA}, rho_pow},
    {"svag_coefficients.r1_error", &oc_ref_f64, {{OPTCERT_INPUT_POSITIVE, 0, 20}}, svag_r1},
    {"svag_coefficients.r2_error", &oc_ref_f64, {{OPTCERT_INPUT_POSITIVE, 0, 20}}, svag_r2},
    {"scaling_rules.scaled_beta_error", &oc_ref_f64, {BETA, KAPPA}, scaled_beta},
};
const size_t optcert_scalar_bound_count = sizeof optcert_scalar_bounds / sizeof optcert_scalar_bounds[0];
