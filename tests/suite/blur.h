/* SPDX-License-Identifier: GPL-3.0-or-later
 * Coefficients blurred to balls by what roundings may do to them: the counts, and why these, are derived in
 * allowance.h. */
#ifndef OPTCERT_BLUR_H
#define OPTCERT_BLUR_H
#include "coef.h"

enum {
    OPTCERT_ROUNDINGS = 6,
    OPTCERT_ROUNDINGS_GRAD = 2,
    OPTCERT_ROUNDINGS_THETA = 2,
    OPTCERT_ETAS = 4
};

/* rad += amount, for numbers only: special values are exact. */
void optcert_widen(oc_ref_ball *x, double amount);

/* rad += |mid| * roundings * unit */
void optcert_blur(oc_ref_ball *x, double roundings, double unit);

/* Makes coef, initialised, the blurred coefficients of these hyper-parameters: what stays the same at every step.
 * NAdam's schedule is built from beta1, and inherits its radius. */
void optcert_blur_hyper(oc_ref_coef *coef, const optcert_hyper *hyper, double unit);

/* Roundings that 1 - beta^count, a bias correction, is blurred by; and blurs one. */
double optcert_correction_roundings(double beta, double count);
void optcert_blur_correction(oc_ref_ball *c, double beta, double count, double unit);

/* Losses to underflow of a moment that decays by `decay`, expressed on its old value, in etas. */
double optcert_state_loss(double etas, double decay);

#endif
