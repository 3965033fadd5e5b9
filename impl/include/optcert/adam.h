/* SPDX-License-Identifier: Apache-2.0
 * Adam (Kingma & Ba 2015, Alg. 1; MLPA Def. 2.3), with both bias corrections folded into two scalars per step. */
#ifndef OPTCERT_ADAM_H
#define OPTCERT_ADAM_H
#include "optcert/hyper.h"
#include "optcert/status.h"
#include "optcert/step_index.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/adam.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_adam_plan) {
    double lr64, beta1_64, beta2_64; /* as given: the coefficients of a step are computed from these */
    OC_REAL beta1, weight1;          /* weight1 is 1 - beta1, from binary64 */
    OC_REAL beta2, weight2;          /* weight2 is 1 - beta2, from binary64 */
    OC_REAL eps;
} OC_NAME(oc_adam_plan);

/* What the kernel needs at one step. */
typedef struct OC_NAME(oc_adam_coef) {
    OC_REAL beta1, weight1, beta2, weight2, eps;
    OC_REAL step_size; /* lr / (1 - beta1^(k+1)) */
    OC_REAL inv_root;  /* 1 / sqrt(1 - beta2^(k+1)) */
} OC_NAME(oc_adam_coef);

/* Validates hyper->lr, beta1, beta2 and eps and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_adam_plan_init)(OC_NAME(oc_adam_plan) *plan, const oc_hyper *hyper);

/* The coefficients of step k = 0, 1, ... */
OC_MUST_USE oc_status OC_NAME(oc_adam_coef_at)(const OC_NAME(oc_adam_plan) *plan, uint64_t k,
                                               OC_NAME(oc_adam_coef) *coef);

/* One step on n coordinates. */
void OC_NAME(oc_adam_step)(const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *restrict theta,
                           OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
