/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stochastic variance amplified gradient. See mix.h. */
#include "arith.h"
#include "mix.h"

void oc_ref_svag(oc_ref_ball *r1, oc_ref_ball *r2, double l)
{
    oc_ref_ball one, half;
    const mpfr_prec_t prec = mpfr_get_prec(r1->mid);
    oc_ref_ball_init(&one, prec);
    oc_ref_ball_init(&half, prec);
    oc_ref_ball_set_d(&one, 1);
    oc_ref_ball_set_d(&half, 0.5);
    oc_ref_ball_set_d(r1, l);
    oc_ref_ball_mul(r1, r1, r1);
    oc_ref_ball_add(r1, r1, r1);
    oc_ref_ball_sub(r1, r1, &one);
    oc_ref_ball_sqrt(r1, r1);
    oc_ref_ball_one_minus(r2, r1);
    oc_ref_ball_add(r1, &one, r1);
    oc_ref_ball_mul(r1, r1, &half);
    oc_ref_ball_mul(r2, r2, &half);
    oc_ref_ball_clear(&one);
    oc_ref_ball_clear(&half);
}

void oc_ref_svag_exact(const oc_ref_format *format, double l, double *r1, double *r2)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double ll = oc_ref_mul(&arith, l, l);
    const double twice = oc_ref_add(&arith, ll, ll);
    const double radicand = oc_ref_sub(&arith, twice, 1);
    const double root = oc_ref_sqrt(&arith, radicand);
    const double sum = oc_ref_add(&arith, 1, root);
    const double difference = oc_ref_sub(&arith, 1, root);
    const double r1_64 = oc_ref_mul(&arith, 0.5, sum);
    const double r2_64 = oc_ref_mul(&arith, 0.5, difference);
    oc_ref_arith_end(&arith);
    *r1 = oc_ref_round_double(format, r1_64);
    *r2 = oc_ref_round_double(format, r2_64);
}

void oc_ref_svag_mix_exact(const oc_ref_format *format, double r1, double r2, size_t n, double *grad,
                           const double *grad1, const double *grad2)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        grad[i] = oc_ref_blend(&arith, r1, grad1[i], r2, grad2[i]);
    }
    oc_ref_arith_end(&arith);
}
