/* SPDX-License-Identifier: Apache-2.0
 * Stochastic gradient descent: theta' = theta - lr * grad. */
#ifndef OPTCERT_SGD_H
#define OPTCERT_SGD_H
#include "optcert/hyper.h"
#include "optcert/status.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/sgd.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_sgd_plan) {
    OC_REAL lr;
} OC_NAME(oc_sgd_plan);

/* Validates hyper->lr and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_sgd_plan_init)(OC_NAME(oc_sgd_plan) *plan, const oc_hyper *hyper);

/* One step on n coordinates. */
void OC_NAME(oc_sgd_step)(const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *restrict theta,
                          const OC_REAL *restrict grad);
#endif
