/* SPDX-License-Identifier: GPL-3.0-or-later
 * IEEE 754 operations of a format, one rounding each, computed by MPFR at the format's precision and
 * exponent range with mpfr_subnormalize: independent of the machine's own floating point.
 * Values are doubles (see ieee.h). Between begin and end the thread's MPFR exponent range is the
 * format's, so no other MPFR work may be done there. */
#ifndef OC_REF_ARITH_H
#define OC_REF_ARITH_H
#include "ieee.h"

typedef struct oc_ref_arith {
    mpfr_t x, y, r;
    mpfr_exp_t emin, emax; /* the thread's range before begin */
} oc_ref_arith;

void oc_ref_arith_begin(oc_ref_arith *arith, const oc_ref_format *format);
void oc_ref_arith_end(oc_ref_arith *arith);

double oc_ref_add(oc_ref_arith *arith, double x, double y);
double oc_ref_sub(oc_ref_arith *arith, double x, double y);
double oc_ref_mul(oc_ref_arith *arith, double x, double y);
double oc_ref_div(oc_ref_arith *arith, double x, double y);
double oc_ref_sqrt(oc_ref_arith *arith, double x);

/* decay * old + weight * in: two products, one sum. */
double oc_ref_blend(oc_ref_arith *arith, double decay, double old, double weight, double in);

#endif
