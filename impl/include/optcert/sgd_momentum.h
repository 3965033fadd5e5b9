/* SPDX-License-Identifier: Apache-2.0
 * Heavy ball: m' = momentum * m + grad; theta' = theta - lr * m'. */
#ifndef OPTCERT_SGD_MOMENTUM_H
#define OPTCERT_SGD_MOMENTUM_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/sgd_momentum.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_sgd_momentum_plan) {
    OC_REAL lr, momentum;
} OC_NAME(oc_sgd_momentum_plan);

/* Validates hyper->lr and hyper->momentum and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_sgd_momentum_plan_init)(OC_NAME(oc_sgd_momentum_plan) *plan,
                                                         const oc_hyper *hyper);

/* One step on n coordinates. */
void OC_NAME(oc_sgd_momentum_step)(const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict m, const OC_REAL *restrict grad);
#endif
