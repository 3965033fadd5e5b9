/* SPDX-License-Identifier: Apache-2.0
 * SDE limit of Adam. */
#include "optcert/adam_sde.h"

#include "real.h"

#include "limit_element.h"

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures ok: \result <==> OC_NAME(GammaOk)(gamma); */
static inline bool OC_NAME(oc_gamma_ok)(double gamma)
{
    return 0.0 < gamma && gamma <= 1.0;
}

oc_status OC_NAME(oc_adam_sde_at)(OC_NAME(oc_adam_sde_time) *at, const oc_limit *limit, double gamma1, double gamma2)
{
    if (at == NULL || limit == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_positive_parameter)(limit->sigma0) || !OC_NAME(oc_nonnegative_parameter)(limit->eps0) ||
        !OC_NAME(oc_positive_parameter)(limit->c1) || !OC_NAME(oc_positive_parameter)(limit->c2) ||
        !OC_NAME(oc_gamma_ok)(gamma1) || !OC_NAME(oc_gamma_ok)(gamma2)) {
        return OC_ERR_LIMIT;
    }
    const double root = sqrt(gamma2);
    const double ratio = root / gamma1;
    const double noise = limit->sigma0 * limit->c1;
    if (!OC_NAME(oc_positive_parameter)(ratio) || !OC_NAME(oc_positive_parameter)(noise)) {
        return OC_ERR_LIMIT;
    }
    const double eps_t = limit->eps0 * root;
    at->sigma0 = (OC_REAL)limit->sigma0;
    at->eps_t = (OC_REAL)eps_t;
    at->c1 = (OC_REAL)limit->c1;
    at->c2 = (OC_REAL)limit->c2;
    at->ratio = (OC_REAL)ratio;
    at->noise = (OC_REAL)noise;
    return OC_OK;
}

void OC_NAME(oc_adam_sde_coef)(const OC_NAME(oc_adam_sde_time) *at, size_t n, OC_REAL *restrict drift_theta,
                               OC_REAL *restrict drift_m, OC_REAL *restrict diffusion_m,
                               OC_REAL *restrict drift_u, const OC_REAL *m, const OC_REAL *u,
                               const OC_REAL *grad, const OC_REAL *sd)
{
    const OC_REAL sigma0 = at->sigma0;
    const OC_REAL eps_t = at->eps_t;
    const OC_REAL c1 = at->c1;
    const OC_REAL c2 = at->c2;
    const OC_REAL ratio = at->ratio;
    const OC_REAL noise = at->noise;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant drift_theta_done: \forall integer j; 0 <= j < i ==>
          Same(drift_theta[j], OC_NAME(AdamDrift)(ratio, sigma0, eps_t, m[j], u[j]));
        loop invariant drift_m_done: \forall integer j; 0 <= j < i ==>
          Same(drift_m[j], OC_NAME(RelaxM)(c1, m[j], grad[j]));
        loop invariant diffusion_m_done: \forall integer j; 0 <= j < i ==>
          Same(diffusion_m[j], OC_NAME(AdamDiffusion)(noise, sd[j]));
        loop invariant drift_u_done: \forall integer j; 0 <= j < i ==>
          Same(drift_u[j], OC_NAME(RelaxU)(c2, sd[j], u[j]));
        loop invariant drift_theta_rest: \forall integer j; i <= j < n ==> Same(drift_theta[j], \at(drift_theta[j], Pre));
        loop invariant drift_m_rest: \forall integer j; i <= j < n ==> Same(drift_m[j], \at(drift_m[j], Pre));
        loop invariant diffusion_m_rest: \forall integer j; i <= j < n ==> Same(diffusion_m[j], \at(diffusion_m[j], Pre));
        loop invariant drift_u_rest: \forall integer j; i <= j < n ==> Same(drift_u[j], \at(drift_u[j], Pre));
        loop assigns i, drift_theta[0 .. n-1], drift_m[0 .. n-1], diffusion_m[0 .. n-1], drift_u[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL p = OC_NAME(oc_preconditioner)(sigma0, eps_t, u[i]);
        const OC_REAL moved = ratio * m[i];
        const OC_REAL pull = moved / p;
        const OC_REAL gap = grad[i] - m[i];
        drift_theta[i] = OC_NAME(oc_minus)(pull);
        drift_m[i] = c1 * gap;
        diffusion_m[i] = noise * sd[i];
        drift_u[i] = OC_NAME(oc_relax_u)(c2, sd[i], u[i]);
    }
}
