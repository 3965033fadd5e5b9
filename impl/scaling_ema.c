/* SPDX-License-Identifier: Apache-2.0
 * Scaling of an averaging decay: rho^kappa by squarings and square roots in double-double. kappa is read bit by bit, so
 * that no logarithm is needed and every binary64 kappa between 2^-20 and 2^20 is used exactly. */
#include "optcert/scaling.h"

#include "dd.h"

#include <math.h>
#include <stddef.h>

enum { INTEGER_BITS = 21, FRACTION_BITS = 72 }; /* 2^20 down to 2^-72: all bits of any kappa in the domain */

/* x * y */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, DdMulHi(x.hi, x.lo, y.hi, y.lo));
    ensures lo: Same(\result.lo, DdMulLo(x.hi, x.lo, y.hi, y.lo)); */
static inline oc_dd oc_dd_mul(oc_dd x, oc_dd y)
{
    const oc_dd p = oc_dd_raw_mul(x, y);
    return oc_dd_fast_two_sum(p.hi, p.lo);
}

/* sqrt(x), x > 0: one Newton step from the rounded root */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, DdSqrtHi(x.hi, x.lo));
    ensures lo: Same(\result.lo, DdSqrtLo(x.hi, x.lo)); */
static inline oc_dd oc_dd_sqrt(oc_dd x)
{
    const double r = sqrt(x.hi);
    const oc_dd square = oc_dd_two_prod(r, r);
    const double d1 = x.hi - square.hi;
    const double d2 = d1 - square.lo;
    const double d3 = d2 + x.lo;
    const double twice = r + r;
    const double c = d3 / twice;
    return oc_dd_fast_two_sum(r, c);
}

/* rho^kappa for 0 < rho < 1. The bit of kappa in turn is the one of value 2^20 in `bits`. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures pow: RhoPow(rho, kappa, \result); */
static double oc_rho_pow(double rho, double kappa)
{
    const oc_dd base = {rho, 0.0};
    oc_dd r = {1.0, 0.0};
    double bits = kappa;
    /*@ loop invariant index: 0 <= i <= INTEGER_BITS;
        loop invariant run: \forall double out; RhoInteger(r.hi, r.lo, rho, bits, INTEGER_BITS - i, out) ==>
          RhoPow(rho, kappa, out);
        loop assigns i, r, bits;
        loop variant INTEGER_BITS - i; */
    for (int i = 0; i < INTEGER_BITS; i++) {
        r = oc_dd_mul(r, r);
        if (bits >= 0x1p20) {
            bits = bits - 0x1p20;
            r = oc_dd_mul(r, base);
        }
        bits = bits + bits;
    }
    oc_dd root = base;
    /*@ loop invariant index: 0 <= i <= FRACTION_BITS;
        loop invariant run: \forall double out;
          RhoFraction(r.hi, r.lo, root.hi, root.lo, bits, FRACTION_BITS - i, out) ==> RhoPow(rho, kappa, out);
        loop assigns i, r, root, bits;
        loop variant FRACTION_BITS - i; */
    for (int i = 0; i < FRACTION_BITS; i++) {
        root = oc_dd_sqrt(root);
        if (bits >= 0x1p20) {
            bits = bits - 0x1p20;
            r = oc_dd_mul(r, root);
        }
        bits = bits + bits;
    }
    const double out = r.hi + r.lo;
    //@ assert read: RhoFraction(r.hi, r.lo, root.hi, root.lo, bits, 0, out);
    return out;
}

oc_status oc_scale_ema(double rho, double kappa, double *out)
{
    if (out == NULL) {
        return OC_ERR_NULL;
    }
    if (!(0.0 <= rho && rho < 1.0)) {
        return OC_ERR_DECAY;
    }
    if (!(0.0 < kappa && kappa <= 0x1.fffffffffffffp1023)) {
        return OC_ERR_KAPPA;
    }
    if (!(0x1p-20 <= kappa && kappa <= 0x1p20)) {
        return OC_ERR_RANGE;
    }
    if (rho <= 0.0) {
        *out = 0.0;
        return OC_OK;
    }
    if (!(0x1p-800 <= rho)) {
        return OC_ERR_RANGE;
    }
    const double scaled = oc_rho_pow(rho, kappa);
    if (!(0x1p-800 <= scaled && scaled < 1.0)) {
        return OC_ERR_RANGE;
    }
    *out = scaled;
    return OC_OK;
}
