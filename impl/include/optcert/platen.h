/* SPDX-License-Identifier: Apache-2.0
 * Platen's explicit scheme of weak order 2 for diagonal noise (Kloeden & Platen 1992, Sect. 15.1); with z from the
 * three-point law P(+-sqrt 3) = 1/6, P(0) = 2/3 it is the simplified scheme, of the same weak order. */
#ifndef OPTCERT_PLATEN_H
#define OPTCERT_PLATEN_H
#include "optcert/time_step.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "platen.acsl"
#endif

#define OC_TEMPLATE "optcert/platen.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* The supporting values of n coordinates: y, and up and down. */
/*@ requires step: \valid_read(step);
    requires y: \valid(y + (0 .. n-1));
    requires up: \valid(up + (0 .. n-1));
    requires down: \valid(down + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, y + (0 .. n-1), up + (0 .. n-1), down + (0 .. n-1));
    requires separated_x_y: \separated(x + (0 .. n-1), y + (0 .. n-1));
    requires separated_x_up: \separated(x + (0 .. n-1), up + (0 .. n-1));
    requires separated_x_down: \separated(x + (0 .. n-1), down + (0 .. n-1));
    requires separated_drift_y: \separated(drift + (0 .. n-1), y + (0 .. n-1));
    requires separated_drift_up: \separated(drift + (0 .. n-1), up + (0 .. n-1));
    requires separated_drift_down: \separated(drift + (0 .. n-1), down + (0 .. n-1));
    requires separated_diffusion_y: \separated(diffusion + (0 .. n-1), y + (0 .. n-1));
    requires separated_diffusion_up: \separated(diffusion + (0 .. n-1), up + (0 .. n-1));
    requires separated_diffusion_down: \separated(diffusion + (0 .. n-1), down + (0 .. n-1));
    requires separated_z_y: \separated(z + (0 .. n-1), y + (0 .. n-1));
    requires separated_z_up: \separated(z + (0 .. n-1), up + (0 .. n-1));
    requires separated_z_down: \separated(z + (0 .. n-1), down + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns y[0 .. n-1], up[0 .. n-1], down[0 .. n-1];
    ensures y: \forall integer i; 0 <= i < n ==>
      Same(y[i], OC_NAME(EulerMaruyama)(step->h, step->root, x[i], drift[i], diffusion[i], z[i]));
    ensures up: \forall integer i; 0 <= i < n ==>
      Same(up[i], OC_NAME(PlatenUp)(step->h, step->root, x[i], drift[i], diffusion[i]));
    ensures down: \forall integer i; 0 <= i < n ==>
      Same(down[i], OC_NAME(PlatenDown)(step->h, step->root, x[i], drift[i], diffusion[i])); */
void OC_NAME(oc_platen_support)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                                OC_REAL *restrict up, OC_REAL *restrict down, const OC_REAL *x,
                                const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z);

/* The step of n coordinates; drift_y is the drift at y, diffusion_up and diffusion_down the diffusion at up and down. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift_y: \valid_read(drift_y + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion_up: \valid_read(diffusion_up + (0 .. n-1));
    requires diffusion_down: \valid_read(diffusion_down + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift_y: \separated(drift_y + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_up: \separated(diffusion_up + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_down: \separated(diffusion_down + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Platen)(step->half, step->quarter_root, \old(x[i]), drift[i], drift_y[i], diffusion[i], diffusion_up[i], diffusion_down[i], z[i])); */
void OC_NAME(oc_platen_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                             const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                             const OC_REAL *diffusion_up, const OC_REAL *diffusion_down, const OC_REAL *z);
#endif
