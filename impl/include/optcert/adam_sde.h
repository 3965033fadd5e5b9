/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of Adam (MLPA Def. 4.4); one step of Adam lasts eta^2. Its coefficients depend on time through
 * gamma_i = 1 - exp(-c_i t), which tend to 0 with t: the limit is singular, but integrable, at t = 0. */
#ifndef OPTCERT_ADAM_SDE_H
#define OPTCERT_ADAM_SDE_H
#include "optcert/limit.h"
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "adam_sde.acsl"
#endif

#define OC_TEMPLATE "optcert/adam_sde.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* The limit at one time. */
typedef struct OC_NAME(oc_adam_sde_time) {
    OC_REAL sigma0;
    OC_REAL eps_t; /* eps0 sqrt(gamma2) */
    OC_REAL c1, c2;
    OC_REAL ratio; /* sqrt(gamma2) / gamma1 */
    OC_REAL noise; /* sigma0 c1 */
} OC_NAME(oc_adam_sde_time);

/* Fills `at` from limit->sigma0, c1, c2 > 0, eps0 >= 0 and 0 < gamma1, gamma2 <= 1; else OC_ERR_LIMIT. */
/*@ requires at: at == \null || \valid(at);
    requires limit: limit == \null || \valid_read(limit);
    requires separated: \separated(at, limit);
    terminates \true;
    exits \false;
    assigns *at;
    behavior null:
      assumes at == \null || limit == \null;
      assigns \nothing;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_limit:
      assumes at != \null && limit != \null;
      assumes !OC_NAME(AdamLimitOk)(limit->sigma0, limit->eps0, limit->c1, limit->c2, gamma1, gamma2);
      assigns \nothing;
      ensures status: \result == OC_ERR_LIMIT;
    behavior valid:
      assumes at != \null && limit != \null;
      assumes OC_NAME(AdamLimitOk)(limit->sigma0, limit->eps0, limit->c1, limit->c2, gamma1, gamma2);
      assigns *at;
      ensures status: \result == OC_OK;
      ensures sigma0: Same(at->sigma0, OC_NAME(Round)(limit->sigma0));
      ensures eps_t: Same(at->eps_t, OC_NAME(Round)(\mul_double(limit->eps0, sqrt(gamma2))));
      ensures c1: Same(at->c1, OC_NAME(Round)(limit->c1));
      ensures c2: Same(at->c2, OC_NAME(Round)(limit->c2));
      ensures ratio: Same(at->ratio, OC_NAME(Round)(OC_NAME(AdamRatio)(gamma1, gamma2)));
      ensures noise: Same(at->noise, OC_NAME(Round)(\mul_double(limit->sigma0, limit->c1)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_adam_sde_at)(OC_NAME(oc_adam_sde_time) *at, const oc_limit *limit, double gamma1,
                                              double gamma2);

/* Coefficients on n coordinates at the time of `at`: grad is grad f, sd the diagonal of S^(1/2). */
/*@ requires at: \valid_read(at);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires drift_m: \valid(drift_m + (0 .. n-1));
    requires diffusion_m: \valid(diffusion_m + (0 .. n-1));
    requires drift_u: \valid(drift_u + (0 .. n-1));
    requires m: \valid_read(m + (0 .. n-1));
    requires u: \valid_read(u + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(at, drift_theta + (0 .. n-1), drift_m + (0 .. n-1), diffusion_m + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_m_drift_theta: \separated(m + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_m_drift_m: \separated(m + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_m_diffusion_m: \separated(m + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_m_drift_u: \separated(m + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_u_drift_theta: \separated(u + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_u_drift_m: \separated(u + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_u_diffusion_m: \separated(u + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_u_drift_u: \separated(u + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_grad_drift_theta: \separated(grad + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_grad_drift_m: \separated(grad + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_grad_diffusion_m: \separated(grad + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_grad_drift_u: \separated(grad + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_sd_drift_theta: \separated(sd + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_sd_drift_m: \separated(sd + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_sd_diffusion_m: \separated(sd + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_sd_drift_u: \separated(sd + (0 .. n-1), drift_u + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1], drift_m[0 .. n-1], diffusion_m[0 .. n-1], drift_u[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(AdamDrift)(at->ratio, at->sigma0, at->eps_t, m[i], u[i]));
    ensures drift_m: \forall integer i; 0 <= i < n ==>
      Same(drift_m[i], OC_NAME(RelaxM)(at->c1, m[i], grad[i]));
    ensures diffusion_m: \forall integer i; 0 <= i < n ==>
      Same(diffusion_m[i], OC_NAME(AdamDiffusion)(at->noise, sd[i]));
    ensures drift_u: \forall integer i; 0 <= i < n ==>
      Same(drift_u[i], OC_NAME(RelaxU)(at->c2, sd[i], u[i])); */
void OC_NAME(oc_adam_sde_coef)(const OC_NAME(oc_adam_sde_time) *at, size_t n, OC_REAL *restrict drift_theta,
                               OC_REAL *restrict drift_m, OC_REAL *restrict diffusion_m,
                               OC_REAL *restrict drift_u, const OC_REAL *m, const OC_REAL *u,
                               const OC_REAL *grad, const OC_REAL *sd);
#endif
