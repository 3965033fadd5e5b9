/* SPDX-License-Identifier: Apache-2.0
 * Stochastic variance amplified gradient (Li, Malladi, Arora 2021): grad = r1 grad1 + r2 grad2 of two independent
 * calls, r1,2 = (1 +- sqrt(2 l^2 - 1)) / 2, so that the noise is l times as large. Specified in spec/svag.acsl, .md.
 * Domain: 1 <= l <= 2^26, any real (SVAG takes integers); else OC_ERR_RANGE.
 * Arrays have n elements each, n may be 0; grad overlaps none of grad1, grad2, coef. Each element is exactly the
 * sequence of roundings stated in the contract, applied to the old values. A NaN or infinity follows IEEE 754 within
 * its element and touches no other; a NaN that comes out is quiet, its payload unspecified.
 * Rounding: for integer l the weights are within 4u, in binary64, of r1 and r2; theorem mix_error for the sum. */
#ifndef OPTCERT_SVAG_H
#define OPTCERT_SVAG_H
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "svag.acsl"
#endif

#define OC_TEMPLATE "optcert/svag.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_svag_coef) {
    OC_REAL r1, r2;
} OC_NAME(oc_svag_coef);

/* The two weights for amplification l. */
/*@ requires coef: coef == \null || \valid(coef);
    terminates \true;
    exits \false;
    assigns *coef;
    ensures unchanged: \result != OC_OK && coef != \null ==> Same(*coef, \old(*coef));
    behavior null:
      assumes coef == \null;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_range:
      assumes coef != \null;
      assumes !SvagOk(l);
      ensures status: \result == OC_ERR_RANGE;
    behavior valid:
      assumes coef != \null;
      assumes SvagOk(l);
      ensures status: \result == OC_OK;
      ensures r1: Same(coef->r1, OC_NAME(Round)(SvagR1(l)));
      ensures r2: Same(coef->r2, OC_NAME(Round)(SvagR2(l)));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_svag_coef_init)(OC_NAME(oc_svag_coef) *coef, double l);

/* The amplified gradient on n coordinates. */
/*@ requires coef: \valid_read(coef);
    requires grad: \valid(grad + (0 .. n-1));
    requires grad1: \valid_read(grad1 + (0 .. n-1));
    requires grad2: \valid_read(grad2 + (0 .. n-1));
    requires separated_grad1: \separated(grad + (0 .. n-1), grad1 + (0 .. n-1));
    requires separated_grad2: \separated(grad + (0 .. n-1), grad2 + (0 .. n-1));
    requires separated: \separated(coef, grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns grad[0 .. n-1];
    ensures grad: \forall integer i; 0 <= i < n ==>
      Same(grad[i], OC_NAME(SvagMix)(coef->r1, coef->r2, grad1[i], grad2[i])); */
void OC_NAME(oc_svag_mix)(const OC_NAME(oc_svag_coef) *coef, size_t n, OC_REAL *restrict grad,
                          const OC_REAL *restrict grad1, const OC_REAL *restrict grad2);
#endif
