/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calls every function of the library on heap arrays of exactly n elements, so that E-ACSL's run-time checks of the
 * contracts' preconditions, of which the proofs assume all, see each of them. EXCESS elements too many are claimed: with 0
 * everything must pass, with 1 the first kernel must be stopped. Null arguments are left to the unit tests: E-ACSL evaluates
 * \separated only of valid operands. */
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

#include <stddef.h>

/* Not from <stdlib.h>: Frama-C's has contracts that E-ACSL cannot translate. */
void *malloc(size_t size);
void free(void *block);

typedef struct arrays {
    OC_REAL *theta, *m, *v, *grad;
} arrays;

static OC_REAL *array(size_t n)
{
    OC_REAL *x = malloc(n * sizeof *x);
    for (size_t i = 0; x != NULL && i < n; i++) {
        x[i] = (OC_REAL)0.25 * (OC_REAL)(i + 1);
    }
    return x;
}

static int plain(const oc_hyper *hyper, size_t n, const arrays *a)
{
    OC_NAME(oc_sgd_plan) sgd;
    OC_NAME(oc_sgd_momentum_plan) momentum;
    OC_NAME(oc_ema_plan) ema;
    OC_NAME(oc_svag_coef) svag;
    int bad = OC_NAME(oc_sgd_plan_init)(&sgd, hyper) != OC_OK;
    bad += OC_NAME(oc_sgd_momentum_plan_init)(&momentum, hyper) != OC_OK;
    bad += OC_NAME(oc_ema_plan_init)(&ema, 0.5) != OC_OK;
    bad += OC_NAME(oc_svag_coef_init)(&svag, 2.0) != OC_OK;
    OC_NAME(oc_sgd_step)(&sgd, n, a->theta, a->grad);
    OC_NAME(oc_sgd_momentum_step)(&momentum, n, a->theta, a->m, a->grad);
    OC_NAME(oc_ema_step)(&ema, n, a->v, a->theta);
    OC_NAME(oc_svag_mix)(&svag, n, a->theta, a->m, a->grad);
    return bad;
}

static int adaptive(const oc_hyper *hyper, size_t n, const arrays *a)
{
    OC_NAME(oc_rmsprop_plan) rmsprop;
    OC_NAME(oc_rmsprop_newv_plan) newv;
    OC_NAME(oc_adam_plan) adam;
    OC_NAME(oc_adam_coef) adam_coef;
    OC_NAME(oc_adamw_plan) adamw;
    OC_NAME(oc_adamw_coef) adamw_coef;
    int bad = OC_NAME(oc_rmsprop_plan_init)(&rmsprop, hyper) != OC_OK;
    bad += OC_NAME(oc_rmsprop_newv_plan_init)(&newv, hyper) != OC_OK;
    bad += OC_NAME(oc_adam_plan_init)(&adam, hyper) != OC_OK;
    bad += OC_NAME(oc_adamw_plan_init)(&adamw, hyper) != OC_OK;
    bad += OC_NAME(oc_adam_coef_at)(&adam, 0, &adam_coef) != OC_OK;
    bad += OC_NAME(oc_adamw_coef_at)(&adamw, 999, &adamw_coef) != OC_OK;
    OC_NAME(oc_rmsprop_step)(&rmsprop, n, a->theta, a->v, a->grad);
    OC_NAME(oc_rmsprop_newv_step)(&newv, n, a->theta, a->v, a->grad);
    OC_NAME(oc_adam_step)(&adam_coef, n, a->theta, a->m, a->v, a->grad);
    OC_NAME(oc_adamw_step)(&adamw_coef, n, a->theta, a->m, a->v, a->grad);
    return bad;
}

static int scaling(const oc_hyper *hyper)
{
    oc_hyper to;
    double rho;
    int bad = oc_scale_sgd(hyper, 4.0, &to) != OC_OK;
    bad += oc_scale_rmsprop(hyper, 4.0, &to) != OC_OK;
    bad += oc_scale_adam(hyper, 4.0, &to) != OC_OK;
    bad += oc_scale_adamw(hyper, 4.0, &to) != OC_OK;
    bad += oc_scale_ema(0.5, 4.0, &rho) != OC_OK;
    return bad;
}

int main(void)
{
    static const size_t sizes[] = {0, 1, 7};
    const oc_hyper hyper = {0x1p-10, 0.875, 0.9375, 0x1p-20, 0.125, 0.5, 0};
    int bad = scaling(&hyper);
    for (int k = 0; k < 3; k++) {
        const size_t n = sizes[k];
        const arrays a = {array(n), array(n), array(n), array(n)};
        bad += plain(&hyper, n + EXCESS, &a);
        bad += adaptive(&hyper, n, &a);
        free(a.theta);
        free(a.m);
        free(a.v);
        free(a.grad);
    }
    return bad != 0;
}
