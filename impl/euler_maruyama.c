/* SPDX-License-Identifier: Apache-2.0
 * Euler-Maruyama. */
#include "optcert/euler_maruyama.h"

#include "real.h"

#include "integrator.h"

void OC_NAME(oc_euler_maruyama_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                     const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z)
{
    const OC_REAL h = step->h;
    const OC_REAL root = step->root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant x_done: \forall integer j; 0 <= j < i ==>
          Same(x[j], OC_NAME(EulerMaruyama)(h, root, \at(x[j], Pre), drift[j], diffusion[j], z[j]));
        loop invariant x_rest: \forall integer j; i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifted = OC_NAME(oc_drift)(h, x[i], drift[i]);
        const OC_REAL noise = OC_NAME(oc_noise)(root, diffusion[i], z[i]);
        x[i] = drifted + noise;
    }
}
