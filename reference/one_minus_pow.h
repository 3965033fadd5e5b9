/* SPDX-License-Identifier: GPL-3.0-or-later
 * 1 - beta^k for beta in [0, 1] and any k: Adam's bias correction (Kingma & Ba 2015, section 3).
 * Computed as -expm1(k log beta), which is well conditioned: with x = k log beta <= 0 a relative error
 * of x reaches the result multiplied by |x| e^x / (1 - e^x) <= 1. */
#ifndef OC_REF_ONE_MINUS_POW_H
#define OC_REF_ONE_MINUS_POW_H
#include "ball.h"

#include <mpfi.h>

/* True value, with its radius. */
void oc_ref_one_minus_pow(oc_ref_ball *r, double beta, uint64_t k);

/* The true value rounded once to binary64. */
double oc_ref_one_minus_pow_f64(double beta, uint64_t k);

/* An interval that contains the true value. */
void oc_ref_one_minus_pow_enclosure(mpfi_ptr r, double beta, uint64_t k);

#endif
