/* SPDX-License-Identifier: GPL-3.0-or-later
 * True: NAdam's numerator mhat, from the new m and the gradient, at coef's step. mhat is none of coef->t[1 .. 5]. */
#ifndef OC_REF_NADAM_H
#define OC_REF_NADAM_H
#include "coef.h"

void oc_ref_nadam_ahead(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad);
/* mu_t enters the product of the first term's correction twice. */
void oc_ref_nadam_ahead_mu_twice(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad);
/* mu_t = beta1 throughout. */
void oc_ref_nadam_ahead_constant(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad);

/* The schedule of frameworks: mu_t = beta1 (1 - 0.96^(psi t) / 2); and another one's psi. */
#define OC_REF_NADAM_PSI 0.004
void oc_ref_nadam_psi(oc_ref_coef *coef, double psi);
/* Brings the schedule (C_MU, C_MU_NEXT, C_PRODUCT, C_PRODUCT_NEXT) to coef's step, which costs as much as the steps that it
 * returns. Uses t[0 .. 6]. */
uint64_t oc_ref_nadam_schedule(oc_ref_coef *coef);
/* The numerator with these products for mu_1 ... mu_t and mu_1 ... mu_(t+1); next_product may be coef->t[3]. */
void oc_ref_nadam_numerator(oc_ref_coef *coef, oc_ref_ball *mhat, const oc_ref_ball *m, const oc_ref_ball *grad,
                            const oc_ref_ball *product, const oc_ref_ball *next_product);

#endif
