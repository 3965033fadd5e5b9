/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the bit-exact references of all units share: the plan, computed in binary64 and converted once
 * to the format, and Adam's two coefficients of a step. */
#ifndef OC_REF_EXACT_H
#define OC_REF_EXACT_H
#include "arith.h"
#include "dialect.h"

typedef struct oc_ref_plan {
    double lr, b1, w1, b2, w2, eps, mu;
    double decay;               /* rnd(lr * weight_decay) */
    double step_size, inv_root; /* rnd(lr / c1), rnd(1 / sqrt(c2)); only from oc_ref_plan_at */
} oc_ref_plan;

oc_ref_plan oc_ref_plan_of(const oc_ref_format *format, const optcert_hyper *hyper);

/* The same with the coefficients of 0-based step k: c_i = 1 - beta_i^(k+1), rounded once to binary64. */
oc_ref_plan oc_ref_plan_at(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step);

/* theta - numerator / (root + eps): the sum, the quotient, the difference. */
double oc_ref_descend(oc_ref_arith *arith, double theta, double numerator, double root, double eps);

/* b2 * v + w2 * (g * g) */
double oc_ref_second_moment(oc_ref_arith *arith, const oc_ref_plan *plan, double v, double grad);

#endif
