/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bounds of one step, each formula as its theorem states it (spec/rounding.md). See bounds.h.
 * Bounds are evaluated in long double, whose own error (2^-64 relative a step) is far below what the
 * last digit of a ratio means. */
#include "bounds.h"
#include "bounds_library.h"
#include "bounds_table.h"

#include <assert.h>
#include <float.h>
#include <math.h>

static_assert(LDBL_MANT_DIG >= 64 && LDBL_MIN_EXP < -1200, "bounds need room below binary64");

/* Inputs of a step in the order of the tables. */
typedef struct step_case {
    oc_hyper hyper;
    uint64_t k; /* 0-based */
    optcert_element before, got;
    optcert_step_error error;
} step_case;

long double optcert_bound_u(const optcert_bound *b)
{
    return ldexpl(1, -(int)b->format->prec);
}

long double optcert_bound_tiny(const optcert_bound *b)
{
    return ldexpl(1, (int)b->format->emin - 2); /* MPFR's exponent: smallest subnormal = 2^(emin - 1) */
}

static bool f32(const optcert_bound *b)
{
    return b->format == &oc_ref_f32;
}

static long double gamma_of(long double x)
{
    return x / (1 - x);
}

/* The step of `dialect` from these inputs; false where the library refuses or overflows. */
static bool run(const optcert_bound *b, const char *dialect, step_case *c)
{
    c->got = c->before;
    if (!optcert_library_step(dialect, b->format, &c->hyper, c->k, &c->got)) {
        return false;
    }
    c->error = optcert_step_error_of(dialect, &c->hyper, c->k, &c->before, &c->got);
    return isfinite(c->got.theta) && isfinite(c->got.slot[0]) && isfinite(c->got.slot[1]);
}

/* theta theorems all have this form: u |theta'| + (1 + u) e */
static long double theta_ratio(const optcert_bound *b, const step_case *c, long double e)
{
    const long double u = optcert_bound_u(b);
    return c->error.theta / (u * c->error.size_theta + (1 + u) * e);
}

/* x: lr, theta, g */
static long double sgd(const optcert_bound *b, const double *x)
{
    step_case c = {.hyper = {.lr = x[0]}, .before = {.theta = x[1], .grad = x[2]}};
    const long double n = f32(b) ? 2 : 1;
    if (!run(b, "sgd", &c)) {
        return -1;
    }
    const long double q = fabsl((long double)x[0] * x[2]);
    return theta_ratio(b, &c, gamma_of(n * optcert_bound_u(b)) * q + optcert_bound_tiny(b));
}

static long double momentum_bound(const optcert_bound *b, const step_case *c)
{
    const long double u = optcert_bound_u(b), am = f32(b) ? u : 0;
    const long double a = (long double)c->hyper.momentum * c->before.slot[0];
    return u * fabsl(a + c->before.grad) + (1 + u) * (expm1l(am + u) * fabsl(a) + optcert_bound_tiny(b));
}

static step_case momentum_case(const double *x)
{
    return (step_case){.hyper = {.momentum = x[0], .lr = x[1]},
                       .before = {.theta = x[2], .slot = {x[3]}, .grad = x[4]}};
}

/* x: mu, lr, theta, m, g */
static long double momentum_m(const optcert_bound *b, const double *x)
{
    step_case c = momentum_case(x);
    return run(b, "sgd-momentum", &c) ? c.error.slot[0] / momentum_bound(b, &c) : -1;
}

static long double momentum_theta(const optcert_bound *b, const double *x)
{
    step_case c = momentum_case(x);
    if (!run(b, "sgd-momentum", &c)) {
        return -1;
    }
    const long double u = optcert_bound_u(b), al = f32(b) ? u : 0;
    const long double m = (long double)x[0] * x[3] + x[4];
    const long double e = expm1l(al + u) * fabsl(x[1] * m) + expl(al + u) * x[1] * momentum_bound(b, &c);
    return theta_ratio(b, &c, e + optcert_bound_tiny(b));
}

static long double weighted(double beta, long double x, long double y)
{
    return beta * x + (1 - (long double)beta) * y;
}

/* x: lr, beta, eps, theta, v, g */
static step_case rms_case(const double *x)
{
    return (step_case){.hyper = {.lr = x[0], .beta2 = x[1], .eps = x[2]},
                       .before = {.theta = x[3], .slot = {x[4]}, .grad = x[5]}};
}

static long double second_moment(const optcert_bound *b, const double *x)
{
    step_case c = rms_case(x);
    if (!run(b, "rmsprop", &c)) {
        return -1;
    }
    const long double n = f32(b) ? 4 : 3, v = weighted(x[1], x[4], (long double)x[5] * x[5]);
    return c.error.slot[0] / (gamma_of(n * optcert_bound_u(b)) * v + 4 * optcert_bound_tiny(b));
}

static long double rms_ratio(const optcert_bound *b, const step_case *c, long double v, long double n)
{
    const long double tiny = optcert_bound_tiny(b), d = sqrtl(v) + c->hyper.eps;
    const long double q = fabsl((long double)c->hyper.lr * c->before.grad / d);
    return theta_ratio(b, c, gamma_of(n * optcert_bound_u(b)) * q + 4.0L / 3 * (tiny / d) + tiny);
}

static long double rmsprop(const optcert_bound *b, const double *x)
{
    step_case c = rms_case(x);
    return run(b, "rmsprop", &c) ? rms_ratio(b, &c, x[4], f32(b) ? 5 : 4) : -1;
}

static long double rmsprop_from_0(const optcert_bound *b, const double *x)
{
    double from_0[] = {x[0], x[1], x[2], 0, x[4], x[5]};
    return rmsprop(b, from_0);
}

/* 4 iota sqrt tiny <= u eps / 8 */
static bool eps_safe(const optcert_bound *b, long double iota, double eps)
{
    return 4 * iota * sqrtl(optcert_bound_tiny(b)) <= optcert_bound_u(b) / 8 * eps;
}

static long double rmsprop_newv(const optcert_bound *b, const double *x)
{
    step_case c = rms_case(x);
    if (!eps_safe(b, 1, x[2]) || !run(b, "rmsprop/new-v", &c)) {
        return -1;
    }
    return rms_ratio(b, &c, weighted(x[1], x[4], (long double)x[5] * x[5]), f32(b) ? 8 : 6);
}

static long double rmsprop_newv_from_0(const optcert_bound *b, const double *x)
{
    double from_0[] = {x[0], x[1], x[2], 0, x[4], x[5]};
    return rmsprop_newv(b, from_0);
}

/* x: beta1, beta2, lr, eps, weight decay, k, theta, m, v, g */
static step_case adam_case(const double *x)
{
    return (step_case){
        .hyper = {.beta1 = x[0], .beta2 = x[1], .lr = x[2], .eps = x[3], .weight_decay = x[4]},
        .k = (uint64_t)x[5] - 1,
        .before = {.theta = x[6], .slot = {x[7], x[8]}, .grad = x[9]},
    };
}

static long double correction(double beta, uint64_t k)
{
    return -expm1l((long double)(k + 1) * log1pl((long double)beta - 1));
}

static long double size_m(const step_case *c)
{
    return weighted(c->hyper.beta1, fabs(c->before.slot[0]), fabs(c->before.grad));
}

static long double first_moment(const optcert_bound *b, const double *x)
{
    step_case c = adam_case(x);
    if (!run(b, "adam", &c)) {
        return -1;
    }
    const long double n = f32(b) ? 3 : 2;
    return c.error.slot[0] / (gamma_of(n * optcert_bound_u(b)) * size_m(&c) + 3 * optcert_bound_tiny(b));
}

/* gamma(n u) Q + underflow; negative where a hypothesis fails */
static long double adam_increment_bound(const optcert_bound *b, const step_case *c)
{
    const long double tiny = optcert_bound_tiny(b), n = f32(b) ? 13 : 14;
    const long double s = c->hyper.lr / correction(c->hyper.beta1, c->k);
    const long double iota = 1 / sqrtl(correction(c->hyper.beta2, c->k));
    const long double g = c->before.grad, v = weighted(c->hyper.beta2, c->before.slot[1], g * g);
    const long double d = iota * sqrtl(v) + c->hyper.eps;
    const long double underflow = 4.0L / 3 * ((4.0L / 3 * s * 3 * tiny + tiny) / d) + tiny;
    return eps_safe(b, iota, c->hyper.eps) ? gamma_of(n * optcert_bound_u(b)) * s * size_m(c) / d + underflow : -1;
}

static long double adam(const optcert_bound *b, const double *x)
{
    step_case c = adam_case(x);
    const long double e = adam_increment_bound(b, &c);
    return e >= 0 && run(b, "adam", &c) ? theta_ratio(b, &c, e) : -1;
}

/* x as for adam, but theta = 0, so that theta' is the increment and nothing hides its error */
static long double adam_increment(const optcert_bound *b, const double *x)
{
    step_case c = adam_case(x);
    c.before.theta = 0;
    const long double e = adam_increment_bound(b, &c);
    return e >= 0 && run(b, "adam", &c) ? c.error.theta / e : -1;
}

static long double adamw(const optcert_bound *b, const double *x)
{
    step_case c = adam_case(x);
    const long double e = adam_increment_bound(b, &c);
    if (e < 0 || !run(b, "adamw", &c)) {
        return -1;
    }
    const long double u = optcert_bound_u(b), ad = f32(b) ? u + 0x1p-53L : 0x1p-53L;
    const long double decay = (long double)x[2] * x[4], theta = fabsl((long double)x[6]);
    const long double d = u * fabsl(1 - decay) * theta + (1 + u) * (expm1l(ad + u) * decay * theta + optcert_bound_tiny(b));
    return theta_ratio(b, &c, d + e);
}

#define SGD_INPUT {{OPTCERT_INPUT_POSITIVE, -20, 2}, {OPTCERT_INPUT_SIGNED, -40, 20}, {OPTCERT_INPUT_SIGNED, -60, 20}}
#define MOMENTUM_INPUT                                                                                                 \
    {{OPTCERT_INPUT_BETA, -20, -1},   {OPTCERT_INPUT_POSITIVE, -20, 2}, {OPTCERT_INPUT_SIGNED, -40, 20},               \
     {OPTCERT_INPUT_SIGNED, -60, 20}, {OPTCERT_INPUT_SIGNED, -60, 20}}
#define RMS_INPUT                                                                                                      \
    {{OPTCERT_INPUT_POSITIVE, -20, 2}, {OPTCERT_INPUT_BETA, -20, -1},   {OPTCERT_INPUT_POSITIVE, -40, 2},              \
     {OPTCERT_INPUT_SIGNED, -40, 20},  {OPTCERT_INPUT_MOMENT, -140, 40}, {OPTCERT_INPUT_SIGNED, -70, 20}}
#define ADAM_INPUT                                                                                                     \
    {{OPTCERT_INPUT_BETA, -20, -1},    {OPTCERT_INPUT_BETA, -20, -1},    {OPTCERT_INPUT_POSITIVE, -20, 2},             \
     {OPTCERT_INPUT_POSITIVE, -34, 2}, {OPTCERT_INPUT_POSITIVE, -20, 2}, {OPTCERT_INPUT_COUNT, 0, 20},                 \
     {OPTCERT_INPUT_SIGNED, -40, 20},  {OPTCERT_INPUT_SIGNED, -70, 20},  {OPTCERT_INPUT_MOMENT, -140, 40},             \
     {OPTCERT_INPUT_SIGNED, -70, 20}}
#define BOTH(name, inputs, function)                                                                              \
    {"formats." name "_f32", &oc_ref_f32, inputs, function}, {                                                    \
        "formats." name "_f64", &oc_ref_f64, inputs, function                                                     \
    }

const optcert_bound optcert_step_bounds[] = {
    BOTH("sgd", SGD_INPUT, sgd),
    {"sgd.momentum_m_error (f32)", &oc_ref_f32, MOMENTUM_INPUT, momentum_m},
    {"sgd.momentum_m_error (f64)", &oc_ref_f64, MOMENTUM_INPUT, momentum_m},
    {"sgd.sgd_momentum_error (f32)", &oc_ref_f32, MOMENTUM_INPUT, momentum_theta},
    {"sgd.sgd_momentum_error (f64)", &oc_ref_f64, MOMENTUM_INPUT, momentum_theta},
    BOTH("first_moment", ADAM_INPUT, first_moment),
    BOTH("second_moment", RMS_INPUT, second_moment),
    BOTH("rmsprop", RMS_INPUT, rmsprop),
    BOTH("rmsprop_newv", RMS_INPUT, rmsprop_newv),
    {"formats.rmsprop_f32, theta = 0", &oc_ref_f32, RMS_INPUT, rmsprop_from_0},
    {"formats.rmsprop_f64, theta = 0", &oc_ref_f64, RMS_INPUT, rmsprop_from_0},
    {"formats.rmsprop_newv_f32, theta = 0", &oc_ref_f32, RMS_INPUT, rmsprop_newv_from_0},
    {"formats.rmsprop_newv_f64, theta = 0", &oc_ref_f64, RMS_INPUT, rmsprop_newv_from_0},
    BOTH("adam_increment", ADAM_INPUT, adam_increment),
    BOTH("adam", ADAM_INPUT, adam),
    BOTH("adamw", ADAM_INPUT, adamw),
};
const size_t optcert_step_bound_count = sizeof optcert_step_bounds / sizeof optcert_step_bounds[0];

size_t optcert_bound_count(void)
{
    return optcert_step_bound_count + optcert_scalar_bound_count + optcert_sum_bound_count + optcert_long_bound_count +
           optcert_integrator_bound_count + optcert_limit_bound_count;
}

const optcert_bound *optcert_bound_at(size_t i)
{
    const struct {
        const optcert_bound *table;
        size_t count;
    } part[] = {{optcert_step_bounds, optcert_step_bound_count},
                {optcert_scalar_bounds, optcert_scalar_bound_count},
                {optcert_sum_bounds, optcert_sum_bound_count},
                {optcert_long_bounds, optcert_long_bound_count},
                {optcert_integrator_bounds, optcert_integrator_bound_count},
                {optcert_limit_bounds, optcert_limit_bound_count}};
    for (size_t p = 0; p < sizeof part / sizeof part[0]; p++) {
        if (i < part[p].count) {
            return &part[p].table[i];
        }
        i -= part[p].count;
    }
    return NULL;
}
