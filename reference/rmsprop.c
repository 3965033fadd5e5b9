/* SPDX-License-Identifier: GPL-3.0-or-later
 * RMSprop, the old second moment in the denominator (MLPA Def. 2.2):
 * theta' = theta - eta g / (sqrt v + eps); then v' = beta v + (1 - beta) g^2. */
#include "coef.h"
#include "elements.h"
#include "exact.h"

void oc_ref_rmsprop(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_root_plus_eps(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
    oc_ref_average_square(coef, slot[0], grad);
}

void oc_ref_rmsprop_eps_inside_root(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                    const oc_ref_ball *grad)
{
    oc_ref_root_of_sum(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
    oc_ref_average_square(coef, slot[0], grad);
}

void oc_ref_rmsprop_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                          double *theta, double *const slot[], const double *grad)
{
    (void)step;
    double *v = slot[0];
    const oc_ref_plan plan = oc_ref_plan_of(format, hyper);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        const double r = oc_ref_sqrt(&arith, v[i]);
        const double p = oc_ref_mul(&arith, plan.lr, grad[i]);
        theta[i] = oc_ref_descend(&arith, theta[i], p, r, plan.eps);
        v[i] = oc_ref_second_moment(&arith, &plan, v[i], grad[i]);
    }
    oc_ref_arith_end(&arith);
}
