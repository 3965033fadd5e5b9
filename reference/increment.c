/* SPDX-License-Identifier: GPL-3.0-or-later
 * Enclosures in MPFI. See increment.h. */
#include "increment.h"

void oc_ref_increment_enclosure(mpfi_ptr r, double lr, mpfi_srcptr m, mpfi_srcptr c1, mpfi_srcptr v, mpfi_srcptr c2,
                                double eps)
{
    mpfi_t den;
    mpfi_init2(den, mpfi_get_prec(r));
    mpfi_div(den, v, c2);
    mpfi_sqrt(den, den);
    mpfi_add_d(den, den, eps);
    mpfi_div(r, m, c1);
    mpfi_mul_d(r, r, lr);
    mpfi_div(r, r, den);
    mpfi_clear(den);
}

void oc_ref_average_enclosure(mpfi_ptr r, double decay, double x, mpfi_srcptr in)
{
    mpfi_t part;
    mpfi_init2(part, mpfi_get_prec(r));
    mpfi_set_d(part, decay);
    mpfi_ui_sub(part, 1, part);
    mpfi_mul(part, part, in);
    mpfi_set_d(r, x);
    mpfi_mul_d(r, r, decay);
    mpfi_add(r, r, part);
    mpfi_clear(part);
}
