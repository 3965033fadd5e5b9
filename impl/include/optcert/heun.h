/* SPDX-License-Identifier: Apache-2.0
 * Stochastic Heun scheme (Ruemelin 1982): strong order 1 for commutative noise, weak order 1; solves the
 * Stratonovich equation with the given coefficients. */
#ifndef OPTCERT_HEUN_H
#define OPTCERT_HEUN_H
#include "optcert/time_step.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "heun.acsl"
#endif

#define OC_TEMPLATE "optcert/heun.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* The predictor of n coordinates: Euler-Maruyama, out of place. */
/*@ requires step: \valid_read(step);
    requires predictor: \valid(predictor + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, predictor + (0 .. n-1));
    requires separated_x: \separated(x + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), predictor + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns predictor[0 .. n-1];
    ensures predictor: \forall integer i; 0 <= i < n ==>
      Same(predictor[i], OC_NAME(EulerMaruyama)(step->h, step->root, x[i], drift[i], diffusion[i], z[i])); */
void OC_NAME(oc_heun_predict)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict predictor,
                              const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion,
                              const OC_REAL *z);

/* The step of n coordinates; drift2 and diffusion2 are the coefficients at the predictor, z is the same as there. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift2: \valid_read(drift2 + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion2: \valid_read(diffusion2 + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift2: \separated(drift2 + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion2: \separated(diffusion2 + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(HeunCorrected)(step->half, step->half_root, \old(x[i]), drift[i], drift2[i], diffusion[i], diffusion2[i], z[i])); */
void OC_NAME(oc_heun_correct)(const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                              const OC_REAL *drift, const OC_REAL *drift2, const OC_REAL *diffusion,
                              const OC_REAL *diffusion2, const OC_REAL *z);
#endif
