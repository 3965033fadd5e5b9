/* SPDX-License-Identifier: GPL-3.0-or-later
 * Time steps and the parts that the integrators share. */
#include "schemes.h"

oc_ref_time oc_ref_time_of(const oc_ref_format *format, double h)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double root = oc_ref_sqrt(&arith, h);
    const double third = oc_ref_div(&arith, h, 3);
    const double two_thirds = oc_ref_div(&arith, oc_ref_add(&arith, h, h), 3);
    const double part[] = {oc_ref_mul(&arith, 0.5, h), oc_ref_mul(&arith, 0.75, h), oc_ref_mul(&arith, 0.5, root),
                           oc_ref_mul(&arith, 0.25, root)};
    oc_ref_arith_end(&arith);
    mpfr_t inverse;
    mpfr_init2(inverse, 256);
    mpfr_set_ui(inverse, 3, MPFR_RNDN);
    mpfr_rec_sqrt(inverse, inverse, MPFR_RNDN);
    const double inv_root3 = oc_ref_round(format, inverse);
    mpfr_clear(inverse);
    return (oc_ref_time){.h = oc_ref_round_double(format, h),
                         .half = oc_ref_round_double(format, part[0]),
                         .third = oc_ref_round_double(format, third),
                         .two_thirds = oc_ref_round_double(format, two_thirds),
                         .three_quarters = oc_ref_round_double(format, part[1]),
                         .root = oc_ref_round_double(format, root),
                         .half_root = oc_ref_round_double(format, part[2]),
                         .quarter_root = oc_ref_round_double(format, part[3]),
                         .inv_root3 = inv_root3};
}

double oc_ref_drift(oc_ref_arith *arith, double h, double x, double a)
{
    return oc_ref_add(arith, x, oc_ref_mul(arith, a, h));
}

double oc_ref_noise(oc_ref_arith *arith, double root, double b, double z)
{
    return oc_ref_mul(arith, oc_ref_mul(arith, b, root), z);
}

double oc_ref_square_less_one(oc_ref_arith *arith, double z)
{
    return oc_ref_sub(arith, oc_ref_mul(arith, z, z), 1);
}
