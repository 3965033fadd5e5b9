/* SPDX-License-Identifier: Apache-2.0
 * Milstein's scheme. */
#include "optcert/milstein.h"

#include "real.h"

#include "integrator.h"

void OC_NAME(oc_milstein_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                               const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *slope,
                               const OC_REAL *z)
{
    const OC_REAL h = step->h;
    const OC_REAL half = step->half;
    const OC_REAL root = step->root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant x_done: \forall integer j; 0 <= j < i ==>
          Same(x[j], OC_NAME(Milstein)(h, half, root, \at(x[j], Pre), drift[j], diffusion[j], slope[j], z[j]));
        loop invariant x_rest: \forall integer j; i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifted = OC_NAME(oc_drift)(h, x[i], drift[i]);
        const OC_REAL noise = OC_NAME(oc_noise)(root, diffusion[i], z[i]);
        const OC_REAL euler = drifted + noise;
        const OC_REAL product = diffusion[i] * slope[i];
        const OC_REAL scaled = half * product;
        const OC_REAL square = OC_NAME(oc_square_less_one)(z[i]);
        const OC_REAL correction = scaled * square;
        x[i] = euler + correction;
    }
}
