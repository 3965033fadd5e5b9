/* SPDX-License-Identifier: Apache-2.0
 * SDE limits of SGD. */
#include "optcert/sgd_sde.h"

#include "real.h"

#include "limit_element.h"

oc_status OC_NAME(oc_sgd_sde_plan_init)(OC_NAME(oc_sgd_sde_plan) *plan, double eta, double sigma)
{
    if (plan == NULL) {
        return OC_ERR_NULL;
    }
    if (!OC_NAME(oc_positive_parameter)(eta)) {
        return OC_ERR_LIMIT;
    }
    const double root = sqrt(eta);
    const double noise = root * sigma;
    if (!OC_NAME(oc_positive_parameter)(noise)) {
        return OC_ERR_LIMIT;
    }
    const double half_eta = 0.5 * eta;
    plan->half_eta = (OC_REAL)half_eta;
    plan->noise = (OC_REAL)noise;
    return OC_OK;
}

void OC_NAME(oc_sgd_sde_order1)(const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                                OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *sd)
{
    const OC_REAL noise = plan->noise;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant drift_done: \forall integer j; 0 <= j < i ==>
          Same(drift[j], OC_NAME(Minus)(grad[j]));
        loop invariant diffusion_done: \forall integer j; 0 <= j < i ==>
          Same(diffusion[j], OC_NAME(SgdDiffusion)(noise, sd[j]));
        loop invariant drift_rest: \forall integer j; i <= j < n ==> Same(drift[j], \at(drift[j], Pre));
        loop invariant diffusion_rest: \forall integer j; i <= j < n ==> Same(diffusion[j], \at(diffusion[j], Pre));
        loop assigns i, drift[0 .. n-1], diffusion[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        drift[i] = OC_NAME(oc_minus)(grad[i]);
        diffusion[i] = noise * sd[i];
    }
}

void OC_NAME(oc_sgd_sde_order2)(const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                                OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *hess_grad,
                                const OC_REAL *sd)
{
    const OC_REAL half_eta = plan->half_eta;
    const OC_REAL noise = plan->noise;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant drift_done: \forall integer j; 0 <= j < i ==>
          Same(drift[j], OC_NAME(SgdDrift2)(half_eta, grad[j], hess_grad[j]));
        loop invariant diffusion_done: \forall integer j; 0 <= j < i ==>
          Same(diffusion[j], OC_NAME(SgdDiffusion)(noise, sd[j]));
        loop invariant drift_rest: \forall integer j; i <= j < n ==> Same(drift[j], \at(drift[j], Pre));
        loop invariant diffusion_rest: \forall integer j; i <= j < n ==> Same(diffusion[j], \at(diffusion[j], Pre));
        loop assigns i, drift[0 .. n-1], diffusion[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL correction = half_eta * hess_grad[i];
        const OC_REAL gradient = grad[i] + correction;
        drift[i] = OC_NAME(oc_minus)(gradient);
        diffusion[i] = noise * sd[i];
    }
}
