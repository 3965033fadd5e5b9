/* SPDX-License-Identifier: Apache-2.0
 * Milstein's scheme for diagonal noise (Kloeden & Platen 1992, Sect. 10.3): strong order 1, weak order 1. */
#ifndef OPTCERT_MILSTEIN_H
#define OPTCERT_MILSTEIN_H
#include "optcert/time_step.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "milstein.acsl"
#endif

#define OC_TEMPLATE "optcert/milstein.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* One step on n coordinates; slope is the derivative of each coordinate's diffusion by that coordinate. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires slope: \valid_read(slope + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_slope: \separated(slope + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Milstein)(step->h, step->half, step->root, \old(x[i]), drift[i], diffusion[i], slope[i], z[i])); */
void OC_NAME(oc_milstein_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                               const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *slope,
                               const OC_REAL *z);
#endif
