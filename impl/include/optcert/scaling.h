/* SPDX-License-Identifier: Apache-2.0
 * Scaling rules for a batch kappa times as large: linear for SGD, square root for the adaptive methods (MLPA Sect. 5). */
#ifndef OPTCERT_SCALING_H
#define OPTCERT_SCALING_H
#include "optcert/hyper.h"
#include "optcert/status.h"

/* Each rule validates the fields of `from` that it uses and kappa, changes those fields and copies all others.
 * `to` may be `from`. On error *to is unchanged. */
OC_MUST_USE oc_status oc_scale_sgd(const oc_hyper *from, double kappa, oc_hyper *to);
OC_MUST_USE oc_status oc_scale_rmsprop(const oc_hyper *from, double kappa, oc_hyper *to);
OC_MUST_USE oc_status oc_scale_adam(const oc_hyper *from, double kappa, oc_hyper *to);
OC_MUST_USE oc_status oc_scale_adamw(const oc_hyper *from, double kappa, oc_hyper *to);

/* The averaging decay rho^kappa of an iterate average. */
OC_MUST_USE oc_status oc_scale_ema(double rho, double kappa, double *out);

#endif
