/* SPDX-License-Identifier: Apache-2.0
 * SDE limits of SGD, weak orders 1 and 2 (Li, Tai & E 2017); one step of SGD lasts eta. */
#ifndef OPTCERT_SGD_SDE_H
#define OPTCERT_SGD_SDE_H
#include "optcert/limit.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "sgd_sde.acsl"
#endif

#define OC_TEMPLATE "optcert/sgd_sde.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_sgd_sde_plan) {
    OC_REAL half_eta; /* eta / 2 */
    OC_REAL noise;    /* sqrt(eta) sigma */
} OC_NAME(oc_sgd_sde_plan);

/* Fills the plan from eta > 0 and sigma > 0; else OC_ERR_LIMIT. */
/*@ requires plan: plan == \null || \valid(plan);
    terminates \true;
    exits \false;
    assigns *plan;
    behavior null:
      assumes plan == \null;
      assigns \nothing;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_limit:
      assumes plan != \null;
      assumes !OC_NAME(SgdLimitOk)(eta, sigma);
      assigns \nothing;
      ensures status: \result == OC_ERR_LIMIT;
    behavior valid:
      assumes plan != \null;
      assumes OC_NAME(SgdLimitOk)(eta, sigma);
      assigns *plan;
      ensures status: \result == OC_OK;
      ensures half_eta: Same(plan->half_eta, OC_NAME(Round)(\mul_double((double)0.5, eta)));
      ensures noise: Same(plan->noise, OC_NAME(Round)(\mul_double(sqrt(eta), sigma)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_sgd_sde_plan_init)(OC_NAME(oc_sgd_sde_plan) *plan, double eta, double sigma);

/* Drift and diffusion of the order 1 limit: grad is grad f, sd the diagonal of S^(1/2). */
/*@ requires plan: \valid_read(plan);
    requires drift: \valid(drift + (0 .. n-1));
    requires diffusion: \valid(diffusion + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_grad_drift: \separated(grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_grad_diffusion: \separated(grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_sd_drift: \separated(sd + (0 .. n-1), drift + (0 .. n-1));
    requires separated_sd_diffusion: \separated(sd + (0 .. n-1), diffusion + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift[0 .. n-1], diffusion[0 .. n-1];
    ensures drift: \forall integer i; 0 <= i < n ==>
      Same(drift[i], OC_NAME(Minus)(grad[i]));
    ensures diffusion: \forall integer i; 0 <= i < n ==>
      Same(diffusion[i], OC_NAME(SgdDiffusion)(plan->noise, sd[i])); */
void OC_NAME(oc_sgd_sde_order1)(const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                                OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *sd);

/* The same for the order 2 limit: hess_grad is H grad f. */
/*@ requires plan: \valid_read(plan);
    requires drift: \valid(drift + (0 .. n-1));
    requires diffusion: \valid(diffusion + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires hess_grad: \valid_read(hess_grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_grad_drift: \separated(grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_grad_diffusion: \separated(grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_hess_grad_drift: \separated(hess_grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_hess_grad_diffusion: \separated(hess_grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_sd_drift: \separated(sd + (0 .. n-1), drift + (0 .. n-1));
    requires separated_sd_diffusion: \separated(sd + (0 .. n-1), diffusion + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift[0 .. n-1], diffusion[0 .. n-1];
    ensures drift: \forall integer i; 0 <= i < n ==>
      Same(drift[i], OC_NAME(SgdDrift2)(plan->half_eta, grad[i], hess_grad[i]));
    ensures diffusion: \forall integer i; 0 <= i < n ==>
      Same(diffusion[i], OC_NAME(SgdDiffusion)(plan->noise, sd[i])); */
void OC_NAME(oc_sgd_sde_order2)(const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                                OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *hess_grad,
                                const OC_REAL *sd);
#endif
