/* SPDX-License-Identifier: Apache-2.0
 * Exponential moving average of the iterates: avg' = rho * avg + (1-rho) * theta. */
#ifndef OPTCERT_EMA_H
#define OPTCERT_EMA_H
#include "optcert/status.h"

#include <stddef.h>

#define OC_TEMPLATE "optcert/ema.h"
#include "optcert/both_reals.h"

#elif defined OC_REAL

typedef struct OC_NAME(oc_ema_plan) {
    OC_REAL rho, weight; /* weight is 1 - rho, from binary64 */
} OC_NAME(oc_ema_plan);

/* Validates rho and fills the plan. */
OC_MUST_USE oc_status OC_NAME(oc_ema_plan_init)(OC_NAME(oc_ema_plan) *plan, double rho);

/* One step on n coordinates. */
void OC_NAME(oc_ema_step)(const OC_NAME(oc_ema_plan) *plan, size_t n, OC_REAL *restrict avg,
                          const OC_REAL *restrict theta);
#endif
