/* SPDX-License-Identifier: GPL-3.0-or-later
 * IEEE operations by MPFR. See arith.h. */
#include "arith.h"

void oc_ref_arith_begin(oc_ref_arith *arith, const oc_ref_format *format)
{
    mpfr_inits2(format->prec, arith->x, arith->y, arith->r, (mpfr_ptr)0);
    arith->emin = mpfr_get_emin();
    arith->emax = mpfr_get_emax();
    mpfr_set_emin(format->emin);
    mpfr_set_emax(format->emax);
}

void oc_ref_arith_end(oc_ref_arith *arith)
{
    mpfr_set_emin(arith->emin);
    mpfr_set_emax(arith->emax);
    mpfr_clears(arith->x, arith->y, arith->r, (mpfr_ptr)0);
}

typedef int binary_op(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

static double binary(oc_ref_arith *arith, binary_op *op, double x, double y)
{
    mpfr_set_d(arith->x, x, MPFR_RNDN); /* exact: x is a value of the format */
    mpfr_set_d(arith->y, y, MPFR_RNDN);
    const int inexact = op(arith->r, arith->x, arith->y, MPFR_RNDN);
    mpfr_subnormalize(arith->r, inexact, MPFR_RNDN);
    return mpfr_get_d(arith->r, MPFR_RNDN);
}

double oc_ref_add(oc_ref_arith *arith, double x, double y)
{
    return binary(arith, mpfr_add, x, y);
}

double oc_ref_sub(oc_ref_arith *arith, double x, double y)
{
    return binary(arith, mpfr_sub, x, y);
}

double oc_ref_mul(oc_ref_arith *arith, double x, double y)
{
    return binary(arith, mpfr_mul, x, y);
}

double oc_ref_div(oc_ref_arith *arith, double x, double y)
{
    return binary(arith, mpfr_div, x, y);
}

double oc_ref_sqrt(oc_ref_arith *arith, double x)
{
    mpfr_set_d(arith->x, x, MPFR_RNDN);
    const int inexact = mpfr_sqrt(arith->r, arith->x, MPFR_RNDN);
    mpfr_subnormalize(arith->r, inexact, MPFR_RNDN);
    return mpfr_get_d(arith->r, MPFR_RNDN);
}

double oc_ref_blend(oc_ref_arith *arith, double decay, double old, double weight, double in)
{
    const double a = oc_ref_mul(arith, decay, old);
    const double b = oc_ref_mul(arith, weight, in);
    return oc_ref_add(arith, a, b);
}
