/* SPDX-License-Identifier: GPL-3.0-or-later
 * Average of the iterates. See mix.h. */
#include "arith.h"
#include "mix.h"

void oc_ref_ema(oc_ref_ball *avg, double rho, double theta)
{
    oc_ref_ball decay, weight, in;
    const mpfr_prec_t prec = mpfr_get_prec(avg->mid);
    oc_ref_ball_init(&decay, prec);
    oc_ref_ball_init(&weight, prec);
    oc_ref_ball_init(&in, prec);
    oc_ref_ball_set_d(&decay, rho);
    oc_ref_ball_one_minus(&weight, &decay);
    oc_ref_ball_set_d(&in, theta);
    oc_ref_ball_mul(&in, &weight, &in);
    oc_ref_ball_mul(avg, &decay, avg);
    oc_ref_ball_add(avg, avg, &in);
    oc_ref_ball_clear(&decay);
    oc_ref_ball_clear(&weight);
    oc_ref_ball_clear(&in);
}

void oc_ref_ema_exact(const oc_ref_format *format, double rho, size_t n, double *avg, const double *theta)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double weight64 = oc_ref_sub(&arith, 1, rho);
    oc_ref_arith_end(&arith);
    const double decay = oc_ref_round_double(format, rho);
    const double weight = oc_ref_round_double(format, weight64);
    oc_ref_arith_begin(&arith, format);
    for (size_t i = 0; i < n; i++) {
        avg[i] = oc_ref_blend(&arith, decay, avg[i], weight, theta[i]);
    }
    oc_ref_arith_end(&arith);
}
