/* SPDX-License-Identifier: GPL-3.0-or-later
 * Momentum (heavy ball, Polyak 1964): m' = mu m + g; theta' = theta - eta m'; and its variants. */
#include "coef.h"
#include "elements.h"
#include "exact.h"

void oc_ref_sgd_momentum(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_average(coef, slot[0], C_MOMENTUM, C_ONE, grad);
    oc_ref_go_down(coef, theta, slot[0], &coef->c[C_ONE]);
}

void oc_ref_sgd_momentum_dampening(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                   const oc_ref_ball *grad)
{
    oc_ref_average(coef, slot[0], C_MOMENTUM, C_UNDAMPED, grad);
    oc_ref_go_down(coef, theta, slot[0], &coef->c[C_ONE]);
}

/* The first step starts the average at the whole gradient: m' = mu m + g there, m being 0. */
void oc_ref_sgd_momentum_dampening_after_first(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                               const oc_ref_ball *grad)
{
    if (coef->step == 0) {
        oc_ref_sgd_momentum(coef, theta, slot, grad);
    } else {
        oc_ref_sgd_momentum_dampening(coef, theta, slot, grad);
    }
}

void oc_ref_sgd_momentum_nesterov(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                  const oc_ref_ball *grad)
{
    oc_ref_average(coef, slot[0], C_MOMENTUM, C_ONE, grad);
    oc_ref_ball_mul(&coef->t[0], &coef->c[C_MOMENTUM], slot[0]);
    oc_ref_ball_add(&coef->t[0], &coef->t[0], grad);
    oc_ref_go_down(coef, theta, &coef->t[0], &coef->c[C_ONE]);
}

void oc_ref_sgd_momentum_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[0], theta, grad);
    oc_ref_sgd_momentum(coef, theta, slot, &coef->t[0]);
}

void oc_ref_sgd_momentum_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                               double *theta, double *const slot[], const double *grad)
{
    (void)step;
    double *m = slot[0];
    const oc_ref_plan plan = oc_ref_plan_of(format, hyper);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        const double a = oc_ref_mul(&arith, plan.mu, m[i]);
        m[i] = oc_ref_add(&arith, a, grad[i]);
        const double p = oc_ref_mul(&arith, plan.lr, m[i]);
        theta[i] = oc_ref_sub(&arith, theta[i], p);
    }
    oc_ref_arith_end(&arith);
}
