/* SPDX-License-Identifier: Apache-2.0
 * Platen's scheme. */
#include "optcert/platen.h"

#include "real.h"

#include "integrator.h"

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures up: Same(\result, OC_NAME(PlatenUp)(h, root, x, a, b)); */
static inline OC_REAL OC_NAME(oc_platen_up)(OC_REAL h, OC_REAL root, OC_REAL x, OC_REAL a, OC_REAL b)
{
    const OC_REAL drifted = OC_NAME(oc_drift)(h, x, a);
    const OC_REAL width = b * root;
    return drifted + width;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures down: Same(\result, OC_NAME(PlatenDown)(h, root, x, a, b)); */
static inline OC_REAL OC_NAME(oc_platen_down)(OC_REAL h, OC_REAL root, OC_REAL x, OC_REAL a, OC_REAL b)
{
    const OC_REAL drifted = OC_NAME(oc_drift)(h, x, a);
    const OC_REAL width = b * root;
    return drifted - width;
}

void OC_NAME(oc_platen_support)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                                OC_REAL *restrict up, OC_REAL *restrict down, const OC_REAL *x,
                                const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z)
{
    const OC_REAL h = step->h;
    const OC_REAL root = step->root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant y_done: \forall integer j; 0 <= j < i ==>
          Same(y[j], OC_NAME(EulerMaruyama)(h, root, x[j], drift[j], diffusion[j], z[j]));
        loop invariant up_done: \forall integer j; 0 <= j < i ==>
          Same(up[j], OC_NAME(PlatenUp)(h, root, x[j], drift[j], diffusion[j]));
        loop invariant down_done: \forall integer j; 0 <= j < i ==>
          Same(down[j], OC_NAME(PlatenDown)(h, root, x[j], drift[j], diffusion[j]));
        loop invariant y_rest: \forall integer j; i <= j < n ==> Same(y[j], \at(y[j], Pre));
        loop invariant up_rest: \forall integer j; i <= j < n ==> Same(up[j], \at(up[j], Pre));
        loop invariant down_rest: \forall integer j; i <= j < n ==> Same(down[j], \at(down[j], Pre));
        loop assigns i, y[0 .. n-1], up[0 .. n-1], down[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifted = OC_NAME(oc_drift)(h, x[i], drift[i]);
        const OC_REAL noise = OC_NAME(oc_noise)(root, diffusion[i], z[i]);
        y[i] = drifted + noise;
        up[i] = OC_NAME(oc_platen_up)(h, root, x[i], drift[i], diffusion[i]);
        down[i] = OC_NAME(oc_platen_down)(h, root, x[i], drift[i], diffusion[i]);
    }
}

void OC_NAME(oc_platen_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                             const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                             const OC_REAL *diffusion_up, const OC_REAL *diffusion_down, const OC_REAL *z)
{
    const OC_REAL half = step->half;
    const OC_REAL quarter_root = step->quarter_root;
    /*@ loop invariant index: 0 <= i <= n;
        loop invariant x_done: \forall integer j; 0 <= j < i ==>
          Same(x[j], OC_NAME(Platen)(half, quarter_root, \at(x[j], Pre), drift[j], drift_y[j], diffusion[j], diffusion_up[j], diffusion_down[j], z[j]));
        loop invariant x_rest: \forall integer j; i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        const OC_REAL drifts = drift[i] + drift_y[i];
        const OC_REAL drifted = OC_NAME(oc_drift)(half, x[i], drifts);
        const OC_REAL sides = diffusion_up[i] + diffusion_down[i];
        const OC_REAL twice = diffusion[i] + diffusion[i];
        const OC_REAL sum = sides + twice;
        const OC_REAL noise = OC_NAME(oc_noise)(quarter_root, sum, z[i]);
        const OC_REAL moved = drifted + noise;
        const OC_REAL difference = diffusion_up[i] - diffusion_down[i];
        const OC_REAL scaled = quarter_root * difference;
        const OC_REAL square = OC_NAME(oc_square_less_one)(z[i]);
        const OC_REAL correction = scaled * square;
        x[i] = moved + correction;
    }
}
