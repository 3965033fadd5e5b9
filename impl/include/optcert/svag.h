/* SPDX-License-Identifier: Apache-2.0
 * Stochastic variance amplified gradient (Li, Malladi, Arora 2021): grad = r1 * grad1 + r2 * grad2 of two
 * independent calls, r1,2 = (1 +- sqrt(2 l^2 - 1)) / 2, so that the noise is l times as large. */
#ifndef OPTCERT_SVAG_H
#define OPTCERT_SVAG_H
#include "optcert/status.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/svag.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_svag_coef) {
    OC_REAL r1, r2;
} OC_NAME(oc_svag_coef);

/* The two weights for amplification l, 1 <= l <= 2^26 (any real, integers in SVAG); else OC_ERR_RANGE. */
OC_MUST_USE oc_status OC_NAME(oc_svag_coef_init)(OC_NAME(oc_svag_coef) *coef, double l);

/* The amplified gradient on n coordinates. */
void OC_NAME(oc_svag_mix)(const OC_NAME(oc_svag_coef) *coef, size_t n, OC_REAL *restrict grad,
                          const OC_REAL *restrict grad1, const OC_REAL *restrict grad2);
#endif
