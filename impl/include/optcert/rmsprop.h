/* SPDX-License-Identifier: Apache-2.0
 * RMSprop of MLPA Def. 2.2: theta' = theta - lr * grad / (sqrt(v) + eps), then v' = beta v + (1-beta) grad^2:
 * the old v divides. */
#ifndef OPTCERT_RMSPROP_H
#define OPTCERT_RMSPROP_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/rmsprop.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_rmsprop_plan) {
    OC_REAL lr, beta2, weight2, eps; /* weight2 is 1 - beta2, from binary64 */
} OC_NAME(oc_rmsprop_plan);

/* Validates hyper->lr, beta2 (RMSprop's beta) and eps and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_rmsprop_plan_init)(OC_NAME(oc_rmsprop_plan) *plan, const oc_hyper *hyper);

/* One step on n coordinates. */
void OC_NAME(oc_rmsprop_step)(const OC_NAME(oc_rmsprop_plan) *plan, size_t n, OC_REAL *restrict theta,
                              OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
