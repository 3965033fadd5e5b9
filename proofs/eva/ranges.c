/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eva: for the ranges below no operation of a plan or kernel overflows or makes a NaN, no access is out of bounds, and
 * the outputs stay in the ranges checked at the end. One step from any state in the ranges, in one working format. */
#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/ema.h"
#include "optcert/rmsprop.h"
#include "optcert/rmsprop_newv.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"
#include "optcert/svag.h"

#include "real.h"

#include "__fc_builtin.h"

#include <stddef.h>

/* The negative control sets it to 0: then a quotient may be 0/0. */
#ifndef EPS_LOW
#define EPS_LOW 0x1p-10
#endif

enum { N = 3 };
static OC_REAL theta[N], m[N], v[N], grad[N], grad2[N], mixed[N];

#define RANGE(low, high) ((OC_REAL)Frama_C_double_interval(low, high))

/* |theta| <= 16, |m|, |g| <= 64, 0 <= v <= 4096 */
static size_t any_state(void)
{
    for (int i = 0; i < N; i++) {
        theta[i] = RANGE(-16.0, 16.0);
        m[i] = RANGE(-64.0, 64.0);
        v[i] = RANGE(0.0, 4096.0);
        grad[i] = RANGE(-64.0, 64.0);
        grad2[i] = RANGE(-64.0, 64.0);
    }
    return Frama_C_unsigned_long_interval(0, N);
}

/* Where Eva must say "valid": quotients are bounded by |p| / eps, eps >= 2^-10. */
static void check_state(void)
{
    for (int i = 0; i < N; i++) {
        //@ check theta: -0x1p40 <= theta[i] <= 0x1p40;
        //@ check m: -256.0 <= m[i] <= 256.0;
        //@ check v: 0.0 <= v[i] <= 16384.0;
    }
}

static void sgd(const oc_hyper *hyper)
{
    OC_NAME(oc_sgd_plan) plan;
    OC_NAME(oc_sgd_momentum_plan) momentum;
    size_t n = any_state();
    if (OC_NAME(oc_sgd_plan_init)(&plan, hyper) == OC_OK) {
        OC_NAME(oc_sgd_step)(&plan, n, theta, grad);
    }
    check_state();
    n = any_state();
    if (OC_NAME(oc_sgd_momentum_plan_init)(&momentum, hyper) == OC_OK) {
        OC_NAME(oc_sgd_momentum_step)(&momentum, n, theta, m, grad);
    }
    check_state();
}

static void rmsprop(const oc_hyper *hyper)
{
    OC_NAME(oc_rmsprop_plan) plan;
    size_t n = any_state();
    if (OC_NAME(oc_rmsprop_plan_init)(&plan, hyper) == OC_OK) {
        OC_NAME(oc_rmsprop_step)(&plan, n, theta, v, grad);
    }
    check_state();
    n = any_state();
    if (OC_NAME(oc_rmsprop_newv_plan_init)(&plan, hyper) == OC_OK) {
        OC_NAME(oc_rmsprop_newv_step)(&plan, n, theta, v, grad);
    }
    check_state();
}

/* The coefficients in the range that they have for beta1 <= 1 - 2^-10, beta2 <= 1 - 2^-20 (theorem step_size64,
 * inv_root64_rel): interval arithmetic cannot follow 1 - beta^k. */
static void adam(const oc_hyper *hyper)
{
    OC_NAME(oc_adamw_plan) plan;
    OC_NAME(oc_adamw_coef) coef;
    size_t n = any_state();
    if (OC_NAME(oc_adamw_plan_init)(&plan, hyper) != OC_OK) {
        return;
    }
    coef.adam.beta1 = plan.adam.beta1;
    coef.adam.weight1 = plan.adam.weight1;
    coef.adam.beta2 = plan.adam.beta2;
    coef.adam.weight2 = plan.adam.weight2;
    coef.adam.eps = plan.adam.eps;
    coef.adam.step_size = RANGE(0.0, 0x1p7);
    coef.adam.inv_root = RANGE(1.0, 0x1p10);
    coef.decay = plan.decay;
    OC_NAME(oc_adam_step)(&coef.adam, n, theta, m, v, grad);
    check_state();
    n = any_state();
    OC_NAME(oc_adamw_step)(&coef, n, theta, m, v, grad);
    check_state();
}

static void averages(void)
{
    OC_NAME(oc_ema_plan) plan;
    OC_NAME(oc_svag_coef) coef;
    const size_t n = any_state();
    if (OC_NAME(oc_ema_plan_init)(&plan, Frama_C_double_interval(0.5, 0x1.fffffp-1)) == OC_OK) {
        OC_NAME(oc_ema_step)(&plan, n, theta, grad);
    }
    if (OC_NAME(oc_svag_coef_init)(&coef, Frama_C_double_interval(1.0, 1024.0)) == OC_OK) {
        OC_NAME(oc_svag_mix)(&coef, n, mixed, grad, grad2);
    }
    check_state();
}

int main(void)
{
    const oc_hyper hyper = {.lr = Frama_C_double_interval(0x1p-30, 0.125),
                            .beta1 = Frama_C_double_interval(0.5, 0x1.ffcp-1),
                            .beta2 = Frama_C_double_interval(0.5, 0x1.fffffp-1),
                            .eps = Frama_C_double_interval(EPS_LOW, 1.0),
                            .weight_decay = Frama_C_double_interval(0.0, 1.0),
                            .momentum = Frama_C_double_interval(0.0, 0x1.ffcp-1),
                            .flags = OC_ALLOW_ZERO_EPS};
    sgd(&hyper);
    rmsprop(&hyper);
    adam(&hyper);
    averages();
    return 0;
}
