/* SPDX-License-Identifier: GPL-3.0-or-later
 * AdamW (Loshchilov & Hutter 2019): Adam, and theta also loses eta lambda theta of the old theta. */
#include "adam.h"
#include "elements.h"

void oc_ref_adamw(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_decay(coef, theta);
    oc_ref_adam(coef, theta, slot, grad);
}

void oc_ref_adamw_unscaled_decay(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                 const oc_ref_ball *grad)
{
    oc_ref_ball_mul(&coef->t[0], &coef->c[C_WEIGHT_DECAY], theta);
    oc_ref_ball_sub(theta, theta, &coef->t[0]);
    oc_ref_adam(coef, theta, slot, grad);
}

/* The decay shrinks the theta that Adam's step has already moved. */
void oc_ref_adamw_decay_after(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                              const oc_ref_ball *grad)
{
    oc_ref_adam(coef, theta, slot, grad);
    oc_ref_decay(coef, theta);
}

void oc_ref_adamw_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                        double *theta, double *const slot[], const double *grad)
{
    const oc_ref_plan plan = oc_ref_plan_at(format, hyper, step);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        const double t0 = oc_ref_mul(&arith, plan.decay, theta[i]);
        const double t = oc_ref_sub(&arith, theta[i], t0);
        theta[i] = oc_ref_adam_element(&arith, &plan, t, &slot[0][i], &slot[1][i], grad[i]);
    }
    oc_ref_arith_end(&arith);
}
