/* SPDX-License-Identifier: Apache-2.0
 * The SDE limits, the integrators and SVAG in vector code: see optcert/fast_sde.h. */
#include "optcert/fast_sde.h"

#include "fast/variants_sde.h"

#include "real.h"

#include "fast/choose.h"

void OC_NAME(oc_fast_sgd_sde_order1)(oc_isa isa, const OC_NAME(oc_sgd_sde_plan) *plan, size_t n,
                                     OC_REAL *restrict drift, OC_REAL *restrict diffusion, const OC_REAL *grad,
                                     const OC_REAL *sd)
{
    OC_CHOOSE(isa, sgd_sde_order1, plan, n, drift, diffusion, grad, sd)
}

void OC_NAME(oc_fast_sgd_sde_order2)(oc_isa isa, const OC_NAME(oc_sgd_sde_plan) *plan, size_t n,
                                     OC_REAL *restrict drift, OC_REAL *restrict diffusion, const OC_REAL *grad,
                                     const OC_REAL *hess_grad, const OC_REAL *sd)
{
    OC_CHOOSE(isa, sgd_sde_order2, plan, n, drift, diffusion, grad, hess_grad, sd)
}

void OC_NAME(oc_fast_rmsprop_sde_coef)(oc_isa isa, const OC_NAME(oc_rmsprop_sde_plan) *plan, size_t n,
                                       OC_REAL *restrict drift_theta, OC_REAL *restrict diffusion_theta,
                                       OC_REAL *restrict drift_u, const OC_REAL *u, const OC_REAL *grad,
                                       const OC_REAL *sd)
{
    OC_CHOOSE(isa, rmsprop_sde_coef, plan, n, drift_theta, diffusion_theta, drift_u, u, grad, sd)
}

void OC_NAME(oc_fast_adam_sde_coef)(oc_isa isa, const OC_NAME(oc_adam_sde_time) *at, size_t n,
                                    OC_REAL *restrict drift_theta, OC_REAL *restrict drift_m,
                                    OC_REAL *restrict diffusion_m, OC_REAL *restrict drift_u, const OC_REAL *m,
                                    const OC_REAL *u, const OC_REAL *grad, const OC_REAL *sd)
{
    OC_CHOOSE(isa, adam_sde_coef, at, n, drift_theta, drift_m, diffusion_m, drift_u, m, u, grad, sd)
}

void OC_NAME(oc_fast_adamw_sde_decay)(oc_isa isa, const OC_NAME(oc_adamw_sde_plan) *plan, size_t n,
                                      OC_REAL *restrict drift_theta, const OC_REAL *theta)
{
    OC_CHOOSE(isa, adamw_sde_decay, plan, n, drift_theta, theta)
}

void OC_NAME(oc_fast_euler_maruyama_step)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n,
                                          OC_REAL *restrict x, const OC_REAL *drift, const OC_REAL *diffusion,
                                          const OC_REAL *z)
{
    OC_CHOOSE(isa, euler_maruyama_step, step, n, x, drift, diffusion, z)
}

void OC_NAME(oc_fast_milstein_step)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                    const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *slope,
                                    const OC_REAL *z)
{
    OC_CHOOSE(isa, milstein_step, step, n, x, drift, diffusion, slope, z)
}

void OC_NAME(oc_fast_heun_predict)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n,
                                   OC_REAL *restrict predictor, const OC_REAL *x, const OC_REAL *drift,
                                   const OC_REAL *diffusion, const OC_REAL *z)
{
    OC_CHOOSE(isa, heun_predict, step, n, predictor, x, drift, diffusion, z)
}

void OC_NAME(oc_fast_heun_correct)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                   const OC_REAL *drift, const OC_REAL *drift2, const OC_REAL *diffusion,
                                   const OC_REAL *diffusion2, const OC_REAL *z)
{
    OC_CHOOSE(isa, heun_correct, step, n, x, drift, drift2, diffusion, diffusion2, z)
}

void OC_NAME(oc_fast_platen_support)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                                     OC_REAL *restrict up, OC_REAL *restrict down, const OC_REAL *x,
                                     const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z)
{
    OC_CHOOSE(isa, platen_support, step, n, y, up, down, x, drift, diffusion, z)
}

void OC_NAME(oc_fast_platen_step)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                  const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                                  const OC_REAL *diffusion_up, const OC_REAL *diffusion_down, const OC_REAL *z)
{
    OC_CHOOSE(isa, platen_step, step, n, x, drift, drift_y, diffusion, diffusion_up, diffusion_down, z)
}

void OC_NAME(oc_fast_sra1_support)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                                   const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion_end,
                                   const OC_REAL *z1, const OC_REAL *z2)
{
    OC_CHOOSE(isa, sra1_support, step, n, y, x, drift, diffusion_end, z1, z2)
}

void OC_NAME(oc_fast_sra1_step)(oc_isa isa, const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                                const OC_REAL *diffusion_end, const OC_REAL *z1, const OC_REAL *z2)
{
    OC_CHOOSE(isa, sra1_step, step, n, x, drift, drift_y, diffusion, diffusion_end, z1, z2)
}

void OC_NAME(oc_fast_svag_mix)(oc_isa isa, const OC_NAME(oc_svag_coef) *coef, size_t n, OC_REAL *restrict grad,
                               const OC_REAL *restrict grad1, const OC_REAL *restrict grad2)
{
    OC_CHOOSE(isa, svag_mix, coef, n, grad, grad1, grad2)
}
