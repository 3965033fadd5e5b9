/* SPDX-License-Identifier: Apache-2.0
 * SRA1 of Roessler (2010, Table 6.3) for additive noise: strong order 3/2. z1 and z2 are independent standard normals. */
#ifndef OPTCERT_SRA1_H
#define OPTCERT_SRA1_H
#include "optcert/time_step.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "sra1.acsl"
#endif

#define OC_TEMPLATE "optcert/sra1.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* The supporting value y of n coordinates; diffusion_end is the diffusion at the end of the step. */
/*@ requires step: \valid_read(step);
    requires y: \valid(y + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion_end: \valid_read(diffusion_end + (0 .. n-1));
    requires z1: \valid_read(z1 + (0 .. n-1));
    requires z2: \valid_read(z2 + (0 .. n-1));
    requires separated: \separated(step, y + (0 .. n-1));
    requires separated_x: \separated(x + (0 .. n-1), y + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), y + (0 .. n-1));
    requires separated_diffusion_end: \separated(diffusion_end + (0 .. n-1), y + (0 .. n-1));
    requires separated_z1: \separated(z1 + (0 .. n-1), y + (0 .. n-1));
    requires separated_z2: \separated(z2 + (0 .. n-1), y + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns y[0 .. n-1];
    ensures y: \forall integer i; 0 <= i < n ==>
      Same(y[i], OC_NAME(Sra1Support)(step->three_quarters, step->half_root, x[i], drift[i], diffusion_end[i], z1[i], z2[i])); */
void OC_NAME(oc_sra1_support)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                              const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion_end,
                              const OC_REAL *z1, const OC_REAL *z2);

/* The step of n coordinates; drift_y is the drift at y and 3/4 of the step, z1 and z2 the same as there. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift_y: \valid_read(drift_y + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion_end: \valid_read(diffusion_end + (0 .. n-1));
    requires z1: \valid_read(z1 + (0 .. n-1));
    requires z2: \valid_read(z2 + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift_y: \separated(drift_y + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_end: \separated(diffusion_end + (0 .. n-1), x + (0 .. n-1));
    requires separated_z1: \separated(z1 + (0 .. n-1), x + (0 .. n-1));
    requires separated_z2: \separated(z2 + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Sra1)(step->third, step->two_thirds, step->root, step->half_root, \old(x[i]), drift[i], drift_y[i], diffusion[i], diffusion_end[i], z1[i], z2[i])); */
void OC_NAME(oc_sra1_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                           const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                           const OC_REAL *diffusion_end, const OC_REAL *z1, const OC_REAL *z2);
#endif
