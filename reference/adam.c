/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam (Kingma & Ba 2015, Algorithm 1; MLPA Def. 2.3): m' = beta1 m + (1 - beta1) g,
 * v' = beta2 v + (1 - beta2) g^2, theta' = theta - eta (m'/c1) / (sqrt(v'/c2) + eps), c_i = 1 - beta_i^(k+1);
 * and its variants. */
#include "adam.h"

#include "elements.h"

void oc_ref_adam_moments(oc_ref_coef *coef, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_average(coef, slot[0], C_BETA1, C_W1, grad);
    oc_ref_average_square(coef, slot[1], grad);
}

void oc_ref_adam_divisor(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *v)
{
    oc_ref_ball_div(r, v, &coef->c[C_C2]);
    oc_ref_root_plus_eps(coef, r, r);
}

void oc_ref_adam_corrected(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *m, const oc_ref_ball *v)
{
    oc_ref_ball_div(&coef->t[1], m, &coef->c[C_C1]);
    oc_ref_adam_divisor(coef, &coef->t[2], v);
    oc_ref_go_down(coef, theta, &coef->t[1], &coef->t[2]);
}

static void uncorrected(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *m, const oc_ref_ball *v)
{
    oc_ref_root_plus_eps(coef, &coef->t[2], v);
    oc_ref_go_down(coef, theta, m, &coef->t[2]);
}

void oc_ref_adam(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_adam_corrected(coef, theta, slot[0], slot[1]);
}

/* eta (m' sqrt(c2) / c1) / (sqrt v' + eps): eps stands beside the uncorrected root. */
void oc_ref_adam_eps_hat(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_ball_sqrt(&coef->t[1], &coef->c[C_C2]);
    oc_ref_ball_mul(&coef->t[1], &coef->t[1], slot[0]);
    oc_ref_ball_div(&coef->t[1], &coef->t[1], &coef->c[C_C1]);
    uncorrected(coef, theta, &coef->t[1], slot[1]);
}

void oc_ref_adam_eps_inside_root(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                 const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_ball_div(&coef->t[1], slot[0], &coef->c[C_C1]);
    oc_ref_ball_div(&coef->t[2], slot[1], &coef->c[C_C2]);
    oc_ref_root_of_sum(coef, &coef->t[2], &coef->t[2]);
    oc_ref_go_down(coef, theta, &coef->t[1], &coef->t[2]);
}

void oc_ref_adam_no_bias_correction(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                    const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    uncorrected(coef, theta, slot[0], slot[1]);
}

void oc_ref_adam_old_v(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_ball_set(&coef->t[3], slot[1]);
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_adam_corrected(coef, theta, slot[0], &coef->t[3]);
}

void oc_ref_adam_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[0], theta, grad);
    oc_ref_adam(coef, theta, slot, &coef->t[0]);
}

/* The largest v so far divides (Reddi, Kale & Kumar 2018). */
static void largest_moment(oc_ref_coef *coef, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_ball_max(slot[2], slot[2], slot[1]);
}

void oc_ref_adam_amsgrad(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    largest_moment(coef, slot, grad);
    oc_ref_adam_corrected(coef, theta, slot[0], slot[2]);
}

void oc_ref_adam_amsgrad_no_bias_correction(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                            const oc_ref_ball *grad)
{
    largest_moment(coef, slot, grad);
    uncorrected(coef, theta, slot[0], slot[2]);
}

double oc_ref_adam_element(oc_ref_arith *arith, const oc_ref_plan *plan, double theta, double *m, double *v,
                           double grad)
{
    *m = oc_ref_blend(arith, plan->b1, *m, plan->w1, grad);
    *v = oc_ref_second_moment(arith, plan, *v, grad);
    const double r = oc_ref_sqrt(arith, *v);
    const double s = oc_ref_mul(arith, r, plan->inv_root);
    const double p = oc_ref_mul(arith, plan->step_size, *m);
    return oc_ref_descend(arith, theta, p, s, plan->eps);
}

void oc_ref_adam_exact(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                       double *theta, double *const slot[], const double *grad)
{
    const oc_ref_plan plan = oc_ref_plan_at(format, hyper, step);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        theta[i] = oc_ref_adam_element(&arith, &plan, theta[i], &slot[0][i], &slot[1][i], grad[i]);
    }
    oc_ref_arith_end(&arith);
}
