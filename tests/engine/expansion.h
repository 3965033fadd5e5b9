/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one-step operator of the chain in powers of s = sqrt(h): A_h = I + s A_(1) + s^2 A_(2) + s^3 A_(3) + s^4 A_(4).
 * A consistent chain has A_(1) = 0, A_(2) = the limit's generator, A_(3) = 0 (low skewness); A_(4) = A_2 of the
 * leading coefficient. Derived by power series arithmetic from the update rule, not from the chain's code. */
#ifndef OPTCERT_EXPANSION_H
#define OPTCERT_EXPANSION_H
#include "grid.h"
#include "study.h"

/* The operator A_(order), 1 <= order <= 4, at continuous time t (Adam's bias corrections move). */
void optcert_expansion_fill(const optcert_study *study, const optcert_grid *grid, double t, unsigned order,
                            optcert_operator *out);

#endif
