/* SPDX-License-Identifier: GPL-3.0-or-later
 * Enclosure of what one step takes from theta, where rounding bounds are claimed. */
#ifndef OC_REF_INCREMENT_H
#define OC_REF_INCREMENT_H
#include <mpfi.h>

/* r contains lr (m / c1) / (sqrt(v / c2) + eps), m, c1, v, c2 within their intervals, v >= 0, and the
 * denominator positive. Adam's increment; RMSprop's with m = g, c1 = c2 = 1. */
void oc_ref_increment_enclosure(mpfi_ptr r, double lr, mpfi_srcptr m, mpfi_srcptr c1, mpfi_srcptr v, mpfi_srcptr c2,
                                double eps);

/* r contains decay x + (1 - decay) in. */
void oc_ref_average_enclosure(mpfi_ptr r, double decay, double x, mpfi_srcptr in);

#endif
