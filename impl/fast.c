/* SPDX-License-Identifier: Apache-2.0
 * The optimizers' steps in vector code: see optcert/fast.h. */
#include "optcert/fast.h"

#include "fast/variants.h"

#include "real.h"

#include "fast/choose.h"

void OC_NAME(oc_fast_sgd_step)(oc_isa isa, const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *restrict theta,
                               const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, sgd_step, plan, n, theta, grad)
}

void OC_NAME(oc_fast_sgd_momentum_step)(oc_isa isa, const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n,
                                        OC_REAL *restrict theta, OC_REAL *restrict m, const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, sgd_momentum_step, plan, n, theta, m, grad)
}

void OC_NAME(oc_fast_rmsprop_step)(oc_isa isa, const OC_NAME(oc_rmsprop_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, rmsprop_step, plan, n, theta, v, grad)
}

void OC_NAME(oc_fast_rmsprop_newv_step)(oc_isa isa, const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                        OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, rmsprop_newv_step, plan, n, theta, v, grad)
}

void OC_NAME(oc_fast_adam_step)(oc_isa isa, const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *restrict theta,
                                OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, adam_step, coef, n, theta, m, v, grad)
}

void OC_NAME(oc_fast_adamw_step)(oc_isa isa, const OC_NAME(oc_adamw_coef) *coef, size_t n, OC_REAL *restrict theta,
                                 OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    OC_CHOOSE(isa, adamw_step, coef, n, theta, m, v, grad)
}

void OC_NAME(oc_fast_ema_step)(oc_isa isa, const OC_NAME(oc_ema_plan) *plan, size_t n, OC_REAL *restrict avg,
                               const OC_REAL *restrict theta)
{
    OC_CHOOSE(isa, ema_step, plan, n, avg, theta)
}
