/* SPDX-License-Identifier: Apache-2.0
 * Euler-Maruyama scheme (Kloeden & Platen 1992, Sect. 10.2): strong order 1/2, weak order 1. */
#ifndef OPTCERT_EULER_MARUYAMA_H
#define OPTCERT_EULER_MARUYAMA_H
#include "optcert/time_step.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "euler_maruyama.acsl"
#endif

#define OC_TEMPLATE "optcert/euler_maruyama.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* One step on n coordinates: x' = x + drift h + diffusion sqrt(h) z. Noise that is not diagonal: pass B z as
 * diffusion and ones as z. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(EulerMaruyama)(step->h, step->root, \old(x[i]), drift[i], diffusion[i], z[i])); */
void OC_NAME(oc_euler_maruyama_step)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                     const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z);
#endif
