/* SPDX-License-Identifier: Apache-2.0
 * SRA1. */
#include "optcert/sra1.h"

#include "real.h"

#include "integrator.h"

/* sqrt(h) (z1 + z2/sqrt 3) / 2: the mixed integral I10 over h */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures mixed: Same(\result, OC_NAME(Sra1Mixed)(half_root, z1, z2)); */
static inline OC_REAL OC_NAME(oc_sra1_mixed)(OC_REAL half_root, OC_REAL z1, OC_REAL z2)
{
    const OC_REAL part = (OC_REAL)0x1.279a74590331cp-1 * z2; /* 1/sqrt 3 */
    const OC_REAL sum = z1 + part;
    return half_root * sum;
}

void OC_NAME(oc_sra1_support)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                              const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion_end,
                              const OC_REAL *z1, const OC_REAL *z2)
{
    const OC_REAL three_quarters = step->three_quarters;
    const OC_REAL half_root = step->half_root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant y_done: \forall integer j; 0 <= j < i ==>
          Same(y[j], OC_NAME(Sra1Support)(three_quarters, half_root, x[j], drift[j], diffusion_end[j], z1[j], z2[j]));
        loop invariant y_rest: \forall integer j; i <= j < n ==> Same(y[j], \at(y[j], Pre));
        loop assigns i, y[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifted = OC_NAME(oc_drift)(three_quarters, x[i], drift[i]);
        const OC_REAL scaled = (OC_REAL)1.5 * diffusion_end[i];
        const OC_REAL mixed = OC_NAME(oc_sra1_mixed)(half_root, z1[i], z2[i]);
        const OC_REAL noise = scaled * mixed;
        y[i] = drifted + noise;
    }
}

void OC_NAME(oc_sra1_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                           const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                           const OC_REAL *diffusion_end, const OC_REAL *z1, const OC_REAL *z2)
{
    const OC_REAL third = step->third;
    const OC_REAL two_thirds = step->two_thirds;
    const OC_REAL root = step->root;
    const OC_REAL half_root = step->half_root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant x_done: \forall integer j; 0 <= j < i ==>
          Same(x[j], OC_NAME(Sra1)(third, two_thirds, root, half_root, \at(x[j], Pre), drift[j], drift_y[j], diffusion[j], diffusion_end[j], z1[j], z2[j]));
        loop invariant x_rest: \forall integer j; i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL part = OC_NAME(oc_drift)(third, x[i], drift[i]);
        const OC_REAL drifted = OC_NAME(oc_drift)(two_thirds, part, drift_y[i]);
        const OC_REAL noise = OC_NAME(oc_noise)(root, diffusion_end[i], z1[i]);
        const OC_REAL moved = drifted + noise;
        const OC_REAL change = diffusion[i] - diffusion_end[i];
        const OC_REAL mixed = OC_NAME(oc_sra1_mixed)(half_root, z1[i], z2[i]);
        const OC_REAL correction = change * mixed;
        x[i] = moved + correction;
    }
}
