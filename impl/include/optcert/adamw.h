/* SPDX-License-Identifier: Apache-2.0
 * AdamW (Loshchilov & Hutter 2019, Alg. 2): Adam whose theta first loses lr * weight_decay * theta. */
#ifndef OPTCERT_ADAMW_H
#define OPTCERT_ADAMW_H
#include "optcert/adam.h"

#define OC_TEMPLATE "optcert/adamw.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_adamw_plan) {
    OC_NAME(oc_adam_plan) adam;
    OC_REAL decay; /* lr * weight_decay */
} OC_NAME(oc_adamw_plan);

/* What the kernel needs at one step. */
typedef struct OC_NAME(oc_adamw_coef) {
    OC_NAME(oc_adam_coef) adam;
    OC_REAL decay;
} OC_NAME(oc_adamw_coef);

/* Validates hyper->lr, beta1, beta2, eps and weight_decay and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_adamw_plan_init)(OC_NAME(oc_adamw_plan) *plan, const oc_hyper *hyper);

/* The coefficients of step k = 0, 1, ... */
OC_MUST_USE oc_status OC_NAME(oc_adamw_coef_at)(const OC_NAME(oc_adamw_plan) *plan, uint64_t k,
                                                OC_NAME(oc_adamw_coef) *coef);

/* One step on n coordinates. */
void OC_NAME(oc_adamw_step)(const OC_NAME(oc_adamw_coef) *coef, size_t n, OC_REAL *restrict theta,
                            OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
