/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stochastic gradient descent: theta' = theta - eta g. */
#include "coef.h"
#include "elements.h"
#include "exact.h"

void oc_ref_sgd(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    (void)slot;
    oc_ref_go_down(coef, theta, grad, &coef->c[C_ONE]);
}

void oc_ref_sgd_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[0], theta, grad);
    oc_ref_sgd(coef, theta, slot, &coef->t[0]);
}

void oc_ref_sgd_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n, double *theta,
                      double *const slot[], const double *grad)
{
    (void)step;
    (void)slot;
    const oc_ref_plan plan = oc_ref_plan_of(format, hyper);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        const double p = oc_ref_mul(&arith, plan.lr, grad[i]);
        theta[i] = oc_ref_sub(&arith, theta[i], p);
    }
    oc_ref_arith_end(&arith);
}
