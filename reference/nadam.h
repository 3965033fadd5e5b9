/* SPDX-License-Identifier: GPL-3.0-or-later
 * NAdam's schedule of momenta. */
#ifndef OC_REF_NADAM_H
#define OC_REF_NADAM_H
#include "coef.h"

/* The schedule of frameworks: mu_t = beta1 (1 - 0.96^(psi t) / 2); and another one's psi. */
#define OC_REF_NADAM_PSI 0.004
void oc_ref_nadam_psi(oc_ref_coef *coef, double psi);
/* Brings the schedule (C_MU, C_MU_NEXT, C_PRODUCT, C_PRODUCT_NEXT) to coef's step, which costs as much as the steps that it
 * returns. Uses t[0 .. 6]. */
uint64_t oc_ref_nadam_schedule(oc_ref_coef *coef);

#endif
