/* SPDX-License-Identifier: Apache-2.0
 * RMSprop, dialect rmsprop/new-v: v' = beta v + (1-beta) grad^2 first, then theta' = theta - lr * grad / (sqrt(v') + eps). */
#ifndef OPTCERT_RMSPROP_NEWV_H
#define OPTCERT_RMSPROP_NEWV_H
#include "optcert/rmsprop.h"

#define OC_TEMPLATE "optcert/rmsprop_newv.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef OC_NAME(oc_rmsprop_plan) OC_NAME(oc_rmsprop_newv_plan);

/* Validates hyper->lr, beta2 (RMSprop's beta) and eps and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_rmsprop_newv_plan_init)(OC_NAME(oc_rmsprop_newv_plan) *plan,
                                                         const oc_hyper *hyper);

/* One step on n coordinates. */
void OC_NAME(oc_rmsprop_newv_step)(const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad);
#endif
