/* SPDX-License-Identifier: GPL-3.0-or-later
 * AdaGrad (Duchi, Hazan & Singer 2011, the diagonal form): v' = v + g^2; theta' = theta - eta g / (sqrt v' + eps). */
#include "coef.h"
#include "elements.h"

static void accumulate(oc_ref_coef *coef, oc_ref_ball *v, const oc_ref_ball *grad)
{
    oc_ref_ball_mul(&coef->t[5], grad, grad);
    oc_ref_average(coef, v, C_KEPT, C_ONE, &coef->t[5]);
}

void oc_ref_adagrad(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    accumulate(coef, slot[0], grad);
    oc_ref_root_plus_eps(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
}

void oc_ref_adagrad_eps_inside_root(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                    const oc_ref_ball *grad)
{
    accumulate(coef, slot[0], grad);
    oc_ref_root_of_sum(coef, &coef->t[1], slot[0]);
    oc_ref_go_down(coef, theta, grad, &coef->t[1]);
}

void oc_ref_adagrad_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[0], theta, grad);
    oc_ref_adagrad(coef, theta, slot, &coef->t[0]);
}
