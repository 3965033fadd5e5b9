/* SPDX-License-Identifier: GPL-3.0-or-later
 * What Adam's relatives share with it. */
#ifndef OC_REF_ADAM_H
#define OC_REF_ADAM_H
#include "coef.h"
#include "exact.h"

/* True: m' and v', slots 0 and 1. */
void oc_ref_adam_moments(oc_ref_coef *coef, oc_ref_ball *const slot[], const oc_ref_ball *grad);
/* True: r = sqrt(v/c2) + eps */
void oc_ref_adam_divisor(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *v);
/* True: theta' = theta - eta (m/c1) / (sqrt(v/c2) + eps). */
void oc_ref_adam_corrected(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *m, const oc_ref_ball *v);
/* Bit-exact: one element; the new theta. */
double oc_ref_adam_element(oc_ref_arith *arith, const oc_ref_plan *plan, double theta, double *m, double *v,
                           double grad);

#endif
