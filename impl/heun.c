/* SPDX-License-Identifier: Apache-2.0
 * Stochastic Heun scheme. */
#include "optcert/heun.h"

#include "real.h"

#include "integrator.h"

void OC_NAME(oc_heun_predict)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict predictor,
                              const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion,
                              const OC_REAL *z)
{
    const OC_REAL h = step->h;
    const OC_REAL root = step->root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant predictor_done: \forall integer j; 0 <= j < i ==>
          Same(predictor[j], OC_NAME(EulerMaruyama)(h, root, x[j], drift[j], diffusion[j], z[j]));
        loop invariant predictor_rest: \forall integer j; i <= j < n ==> Same(predictor[j], \at(predictor[j], Pre));
        loop assigns i, predictor[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifted = OC_NAME(oc_drift)(h, x[i], drift[i]);
        const OC_REAL noise = OC_NAME(oc_noise)(root, diffusion[i], z[i]);
        predictor[i] = drifted + noise;
    }
}

void OC_NAME(oc_heun_correct)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                              const OC_REAL *drift, const OC_REAL *drift2, const OC_REAL *diffusion,
                              const OC_REAL *diffusion2, const OC_REAL *z)
{
    const OC_REAL half = step->half;
    const OC_REAL half_root = step->half_root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant x_done: \forall integer j; 0 <= j < i ==>
          Same(x[j], OC_NAME(HeunCorrected)(half, half_root, \at(x[j], Pre), drift[j], drift2[j], diffusion[j], diffusion2[j], z[j]));
        loop invariant x_rest: \forall integer j; i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifts = drift[i] + drift2[i];
        const OC_REAL drifted = OC_NAME(oc_drift)(half, x[i], drifts);
        const OC_REAL diffusions = diffusion[i] + diffusion2[i];
        const OC_REAL noise = OC_NAME(oc_noise)(half_root, diffusions, z[i]);
        x[i] = drifted + noise;
    }
}
