/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eva: whatever the numbers, NaN and infinities among them, no call of the library has undefined behaviour. */
#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/ema.h"
#include "optcert/one_minus_pow.h"
#include "optcert/rmsprop.h"
#include "optcert/rmsprop_newv.h"
#include "optcert/scaling.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"
#include "optcert/svag.h"

#include "real.h"

#include "__fc_builtin.h"

#include <stddef.h>

enum { N = 3 };
static OC_REAL theta[N], m[N], v[N], grad[N], grad2[N], mixed[N];

/* Any double: the volatile has an unknown bit pattern for Eva. */
static volatile double unknown;
static double any(void)
{
    return unknown;
}

static size_t any_state(void)
{
    for (int i = 0; i < N; i++) {
        theta[i] = (OC_REAL)any();
        m[i] = (OC_REAL)any();
        v[i] = (OC_REAL)any();
        grad[i] = (OC_REAL)any();
        grad2[i] = (OC_REAL)any();
    }
    return Frama_C_unsigned_long_interval(0, N);
}

static oc_hyper any_hyper(void)
{
    const oc_hyper hyper = {any(), any(), any(), any(), any(), any(), Frama_C_unsigned_int_interval(0, 0xffffffff)};
    return hyper;
}

static void simple(const oc_hyper *hyper, size_t n)
{
    OC_NAME(oc_sgd_plan) sgd;
    OC_NAME(oc_sgd_momentum_plan) momentum;
    OC_NAME(oc_rmsprop_plan) rmsprop;
    OC_NAME(oc_ema_plan) ema;
    OC_NAME(oc_svag_coef) svag;
    if (OC_NAME(oc_sgd_plan_init)(&sgd, hyper) == OC_OK) {
        OC_NAME(oc_sgd_step)(&sgd, n, theta, grad);
    }
    if (OC_NAME(oc_sgd_momentum_plan_init)(&momentum, hyper) == OC_OK) {
        OC_NAME(oc_sgd_momentum_step)(&momentum, n, theta, m, grad);
    }
    if (OC_NAME(oc_rmsprop_plan_init)(&rmsprop, hyper) == OC_OK) {
        OC_NAME(oc_rmsprop_step)(&rmsprop, n, theta, v, grad);
    }
    if (OC_NAME(oc_rmsprop_newv_plan_init)(&rmsprop, hyper) == OC_OK) {
        OC_NAME(oc_rmsprop_newv_step)(&rmsprop, n, theta, v, grad);
    }
    if (OC_NAME(oc_ema_plan_init)(&ema, any()) == OC_OK) {
        OC_NAME(oc_ema_step)(&ema, n, theta, grad);
    }
    if (OC_NAME(oc_svag_coef_init)(&svag, any()) == OC_OK) {
        OC_NAME(oc_svag_mix)(&svag, n, mixed, grad, grad2);
    }
}

static void adam(const oc_hyper *hyper, size_t n, uint64_t k)
{
    OC_NAME(oc_adam_plan) adam;
    OC_NAME(oc_adam_coef) adam_coef;
    OC_NAME(oc_adamw_plan) adamw;
    OC_NAME(oc_adamw_coef) adamw_coef;
    if (OC_NAME(oc_adam_plan_init)(&adam, hyper) == OC_OK &&
        OC_NAME(oc_adam_coef_at)(&adam, k, &adam_coef) == OC_OK) {
        OC_NAME(oc_adam_step)(&adam_coef, n, theta, m, v, grad);
    }
    if (OC_NAME(oc_adamw_plan_init)(&adamw, hyper) == OC_OK &&
        OC_NAME(oc_adamw_coef_at)(&adamw, k, &adamw_coef) == OC_OK) {
        OC_NAME(oc_adamw_step)(&adamw_coef, n, theta, m, v, grad);
    }
}

static int scale(const oc_hyper *from)
{
    oc_hyper to;
    double rho;
    int refused = 0;
    refused += oc_scale_sgd(from, any(), &to) != OC_OK;
    refused += oc_scale_rmsprop(from, any(), &to) != OC_OK;
    refused += oc_scale_adam(from, any(), &to) != OC_OK;
    refused += oc_scale_adamw(from, any(), &to) != OC_OK;
    refused += oc_scale_ema(any(), any(), &rho) != OC_OK;
    return refused;
}

int main(void)
{
    const oc_hyper hyper = any_hyper();
    simple(&hyper, any_state());
    adam(&hyper, any_state(), Frama_C_unsigned_long_interval(0, 0xffffffffffffffff));
    return scale(&hyper) > 5;
}
