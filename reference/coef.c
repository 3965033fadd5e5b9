/* SPDX-License-Identifier: GPL-3.0-or-later
 * Coefficients and phrases of the true references. See coef.h. */
#include "coef.h"

#include "nadam.h"
#include "one_minus_pow.h"

void oc_ref_coef_init(oc_ref_coef *coef, const optcert_hyper *hyper, mpfr_prec_t prec)
{
    for (int i = 0; i < C_COUNT; i++) {
        oc_ref_ball_init(&coef->c[i], prec);
    }
    for (int i = 0; i < COEF_SCRATCH; i++) {
        oc_ref_ball_init(&coef->t[i], prec);
    }
    coef->psi = 0;
    oc_ref_nadam_psi(coef, OC_REF_NADAM_PSI);
    oc_ref_coef_set(coef, hyper);
}

void oc_ref_coef_set(oc_ref_coef *coef, const optcert_hyper *hyper)
{
    oc_ref_ball_set_d(&coef->c[C_LR], hyper->lr);
    oc_ref_ball_set_d(&coef->c[C_BETA1], hyper->beta1);
    oc_ref_ball_set_d(&coef->c[C_BETA2], hyper->beta2);
    oc_ref_ball_set_d(&coef->c[C_EPS], hyper->eps);
    oc_ref_ball_set_d(&coef->c[C_WEIGHT_DECAY], hyper->weight_decay);
    oc_ref_ball_set_d(&coef->c[C_MOMENTUM], hyper->momentum);
    oc_ref_ball_set_d(&coef->c[C_UNDAMPED], hyper->dampening);
    oc_ref_ball_one_minus(&coef->c[C_UNDAMPED], &coef->c[C_UNDAMPED]);
    oc_ref_ball_one_minus(&coef->c[C_W1], &coef->c[C_BETA1]);
    oc_ref_ball_one_minus(&coef->c[C_W2], &coef->c[C_BETA2]);
    static const int ones[] = {C_ONE, C_KEPT, C_QUOTIENT, C_RECTIFIER};
    for (size_t i = 0; i < sizeof ones / sizeof ones[0]; i++) {
        oc_ref_ball_set_d(&coef->c[ones[i]], 1);
    }
    coef->step = 0;
    coef->momenta = 0;
}

void oc_ref_coef_clear(oc_ref_coef *coef)
{
    for (int i = 0; i < C_COUNT; i++) {
        oc_ref_ball_clear(&coef->c[i]);
    }
    for (int i = 0; i < COEF_SCRATCH; i++) {
        oc_ref_ball_clear(&coef->t[i]);
    }
}

void oc_ref_coef_at(oc_ref_coef *coef, uint64_t step, double beta1, double beta2)
{
    coef->step = step;
    oc_ref_one_minus_pow(&coef->c[C_C1], beta1, step + 1);
    oc_ref_one_minus_pow(&coef->c[C_C2], beta2, step + 1);
}

void oc_ref_average(oc_ref_coef *coef, oc_ref_ball *x, int decay, int weight, const oc_ref_ball *in)
{
    oc_ref_ball_mul(&coef->t[4], &coef->c[weight], in);
    oc_ref_ball_mul(x, &coef->c[decay], x);
    oc_ref_ball_add(x, x, &coef->t[4]);
}

void oc_ref_average_square(oc_ref_coef *coef, oc_ref_ball *v, const oc_ref_ball *grad)
{
    oc_ref_ball_mul(&coef->t[5], grad, grad);
    oc_ref_average(coef, v, C_BETA2, C_W2, &coef->t[5]);
}

void oc_ref_root_plus_eps(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *x)
{
    oc_ref_ball_sqrt(r, x);
    oc_ref_ball_add(r, r, &coef->c[C_EPS]);
}

void oc_ref_root_of_sum(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *x)
{
    oc_ref_ball_add(r, x, &coef->c[C_EPS]);
    oc_ref_ball_sqrt(r, r);
}

void oc_ref_go_down(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *num, const oc_ref_ball *den)
{
    oc_ref_ball_mul(&coef->t[4], &coef->c[C_LR], num);
    oc_ref_ball_div(&coef->t[4], &coef->t[4], den);
    oc_ref_ball_sub(theta, theta, &coef->t[4]);
}

void oc_ref_couple_decay(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *theta, const oc_ref_ball *grad)
{
    oc_ref_ball_mul(r, &coef->c[C_WEIGHT_DECAY], theta);
    oc_ref_ball_add(r, r, grad);
}

void oc_ref_decay(oc_ref_coef *coef, oc_ref_ball *theta)
{
    oc_ref_ball_mul(&coef->t[5], &coef->c[C_WEIGHT_DECAY], theta);
    oc_ref_go_down(coef, theta, &coef->t[5], &coef->c[C_ONE]);
}
