/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bounds after k steps (k_steps.v): the second moment of RMSprop, and theta of SGD along given gradients. */
#include "bounds_library.h"
#include "bounds_table.h"
#include "run.h"

#include <math.h>

enum { STEPS = 8 };

typedef struct long_case {
    const char *dialect;
    oc_hyper hyper;
    optcert_element element;
    const double *grad;
    long double error_theta, error_slot, truth_slot; /* at the end */
    long double size_theta, size_grad;               /* the largest on the way */
} long_case;

static long double apart(double got, const oc_ref_ball *truth)
{
    mpfr_t d;
    mpfr_init2(d, OC_REF_PREC);
    mpfr_d_sub(d, got, truth->mid, MPFR_RNDN);
    const long double result = fabsl(mpfr_get_ld(d, MPFR_RNDZ));
    mpfr_clear(d);
    return result;
}

/* STEPS steps of the library and of the true reference, from one start and along one sequence of gradients. */
static bool run(const optcert_bound *b, long_case *c)
{
    const oc_ref_dialect *reference = oc_ref_dialect_find(c->dialect);
    const optcert_hyper h = optcert_reference_hyper(&c->hyper);
    oc_ref_run *truth = oc_ref_run_new(reference, 1, &h, OC_REF_PREC);
    bool ok = truth != NULL;
    if (!ok) {
        return false;
    }
    oc_ref_run_set_theta(truth, &c->element.theta);
    if (reference->slots > 0) {
        oc_ref_run_set_slot(truth, 0, &c->element.slot[0]);
    }
    c->size_theta = fabsl((long double)c->element.theta);
    for (uint64_t k = 0; ok && k < STEPS; k++) {
        c->element.grad = c->grad[k];
        ok = optcert_library_step(c->dialect, b->format, &c->hyper, k, &c->element);
        oc_ref_run_step(truth, &c->grad[k]);
        c->size_theta = fmaxl(c->size_theta, apart(0, oc_ref_run_theta(truth, 0)));
        c->size_grad = fmaxl(c->size_grad, fabsl((long double)c->grad[k]));
    }
    c->error_theta = apart(c->element.theta, oc_ref_run_theta(truth, 0));
    if (reference->slots > 0) {
        c->error_slot = apart(c->element.slot[0], oc_ref_run_slot(truth, 0, 0));
        c->truth_slot = apart(0, oc_ref_run_slot(truth, 0, 0));
    }
    oc_ref_run_free(truth);
    return ok && isfinite(c->element.theta);
}

/* x: beta, v0, g0, g1, ... : relative, k (ab + 2u) + aw + u */
static long double v_relative(const optcert_bound *b, const double *x)
{
    long_case c = {.dialect = "rmsprop",
                   .hyper = {.lr = 1e-3, .beta2 = x[0], .eps = 1e-8},
                   .element = {.slot = {x[1]}},
                   .grad = x + 2};
    const long double u = optcert_bound_u(b), a = b->format == &oc_ref_f32 ? (3 * STEPS + 2) * u : (2 * STEPS + 1) * u;
    return run(b, &c) && c.truth_slot > 0 ? c.error_slot / (expm1l(a) * c.truth_slot) : -1;
}

/* The same against the largest squared gradient, for every number of steps at once. */
static long double v_bounded(const optcert_bound *b, const double *x)
{
    long_case c = {.dialect = "rmsprop",
                   .hyper = {.lr = 1e-3, .beta2 = x[0], .eps = 1e-8},
                   .element = {.slot = {x[1]}},
                   .grad = x + 2};
    const long double a = (b->format == &oc_ref_f32 ? 4 : 3) * optcert_bound_u(b), rho = expl(a) * x[0];
    if (!run(b, &c) || rho >= 1) {
        return -1;
    }
    const long double g = fmaxl(x[1], c.size_grad * c.size_grad);
    return c.error_slot / ((expm1l(a) * g + 4 * optcert_bound_tiny(b)) / (1 - rho));
}

/* x: lr, theta0, g0, g1, ... */
static long double theta(const optcert_bound *b, const double *x)
{
    long_case c = {.dialect = "sgd", .hyper = {.lr = x[0]}, .element = {.theta = x[1]}, .grad = x + 2};
    if (!run(b, &c)) {
        return -1;
    }
    const long double u = optcert_bound_u(b), n = b->format == &oc_ref_f32 ? 2 : 1;
    const long double one = n * u / (1 - n * u) * x[0] * c.size_grad + optcert_bound_tiny(b);
    return c.error_theta / (expm1l(STEPS * log1pl(u)) * (c.size_theta + (1 + u) / u * one));
}

#define GRADS                                                                                                          \
    {OPTCERT_INPUT_SIGNED, -4, 4}, {OPTCERT_INPUT_SIGNED, -4, 4}, {OPTCERT_INPUT_SIGNED, -4, 4},                       \
        {OPTCERT_INPUT_SIGNED, -4, 4}, {OPTCERT_INPUT_SIGNED, -4, 4}, {OPTCERT_INPUT_SIGNED, -4, 4},                   \
        {OPTCERT_INPUT_SIGNED, -4, 4}, {OPTCERT_INPUT_SIGNED, -4, 4}
#define V_INPUT {{OPTCERT_INPUT_BETA, -10, -1}, {OPTCERT_INPUT_MOMENT, -8, 8}, GRADS}
/* A bound for all k shows itself within STEPS steps only where the memory is shorter than that. */
#define SHORT_INPUT {{OPTCERT_INPUT_BETA, -2, -1}, {OPTCERT_INPUT_MOMENT, -8, 8}, GRADS}
#define THETA_INPUT {{OPTCERT_INPUT_POSITIVE, -4, 0}, {OPTCERT_INPUT_SIGNED, -4, 4}, GRADS}

const optcert_bound optcert_long_bounds[] = {
    {"k_steps.v_k_steps (f32, k = 8)", &oc_ref_f32, V_INPUT, v_relative},
    {"k_steps.v_k_steps (f64, k = 8)", &oc_ref_f64, V_INPUT, v_relative},
    {"k_steps.v_k_steps_bounded (f32, k = 8)", &oc_ref_f32, SHORT_INPUT, v_bounded},
    {"k_steps.v_k_steps_bounded (f64, k = 8)", &oc_ref_f64, SHORT_INPUT, v_bounded},
    {"k_steps.theta_k_steps (sgd f32, k = 8)", &oc_ref_f32, THETA_INPUT, theta},
    {"k_steps.theta_k_steps (sgd f64, k = 8)", &oc_ref_f64, THETA_INPUT, theta},
};
const size_t optcert_long_bound_count = sizeof optcert_long_bounds / sizeof optcert_long_bounds[0];
