/* SPDX-License-Identifier: GPL-3.0-or-later
 * RMSprop, the new second moment in the denominator (as PyTorch):
 * v' = beta v + (1 - beta) g^2; then theta' = theta - eta g / (sqrt v' + eps). */
#include "coef.h"
#include "elements.h"
#include "exact.h"

void oc_ref_rmsprop_newv(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_average_square(coef, slot[0], grad);
    oc_ref_root_plus_eps(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
}

void oc_ref_rmsprop_newv_eps_inside_root(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                         const oc_ref_ball *grad)
{
    oc_ref_average_square(coef, slot[0], grad);
    oc_ref_root_of_sum(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
}

void oc_ref_rmsprop_newv_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[0], theta, grad);
    oc_ref_rmsprop_newv(coef, theta, slot, &coef->t[0]);
}

/* m' = mu m + g / divisor; theta' = theta - eta m' */
static void roll(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *m, const oc_ref_ball *grad, const oc_ref_ball *divisor)
{
    oc_ref_ball_div(&coef->t[0], grad, divisor);
    oc_ref_average(coef, m, C_MOMENTUM, C_QUOTIENT, &coef->t[0]);
    oc_ref_go_down(coef, theta, m, &coef->c[C_ONE]);
}

void oc_ref_rmsprop_newv_momentum(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                  const oc_ref_ball *grad)
{
    oc_ref_average_square(coef, slot[0], grad);
    oc_ref_root_plus_eps(coef, &coef->t[1], slot[0]);
    roll(coef, theta, slot[1], grad, &coef->t[1]);
}

void oc_ref_rmsprop_newv_eps_inside_root_momentum(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                                  const oc_ref_ball *grad)
{
    oc_ref_average_square(coef, slot[0], grad);
    oc_ref_root_of_sum(coef, &coef->t[1], slot[0]);
    roll(coef, theta, slot[1], grad, &coef->t[1]);
}

void oc_ref_rmsprop_newv_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                               double *theta, double *const slot[], const double *grad)
{
    (void)step;
    double *v = slot[0];
    const oc_ref_plan plan = oc_ref_plan_of(format, hyper);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        v[i] = oc_ref_second_moment(&arith, &plan, v[i], grad[i]);
        const double r = oc_ref_sqrt(&arith, v[i]);
        const double p = oc_ref_mul(&arith, plan.lr, grad[i]);
        theta[i] = oc_ref_descend(&arith, theta[i], p, r, plan.eps);
    }
    oc_ref_arith_end(&arith);
}
