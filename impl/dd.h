/* SPDX-License-Identifier: Apache-2.0
 * Double-double arithmetic with + - * / sqrt only: the same bits on every IEEE 754 machine.
 * Error-free transformations: Dekker 1971, Knuth TAOCP 2, Sect. 4.2.2. */
#ifndef OPTCERT_DD_H
#define OPTCERT_DD_H
#ifdef __FRAMAC__
#include "dd.acsl"
#endif

/* The unevaluated sum hi + lo, |lo| <= ulp(hi)/2. */
typedef struct oc_dd {
    double hi, lo;
} oc_dd;

/* x + y exactly (TwoSum) */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, \add_double(x, y));
    ensures lo: Same(\result.lo, TwoSumLo(x, y)); */
static inline oc_dd oc_dd_two_sum(double x, double y)
{
    oc_dd z;
    z.hi = x + y;
    const double y1 = z.hi - x;
    const double x1 = z.hi - y1;
    const double dx = x - x1;
    const double dy = y - y1;
    z.lo = dx + dy;
    return z;
}

/* x - y exactly */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, \sub_double(x, y));
    ensures lo: Same(\result.lo, TwoDiffLo(x, y)); */
static inline oc_dd oc_dd_two_diff(double x, double y)
{
    oc_dd z;
    z.hi = x - y;
    const double y1 = z.hi - x;
    const double x1 = z.hi - y1;
    const double dx = x - x1;
    const double dy = y + y1;
    z.lo = dx - dy;
    return z;
}

/* x + y exactly when |x| >= |y| or x = 0 (FastTwoSum) */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, \add_double(x, y));
    ensures lo: Same(\result.lo, FastTwoSumLo(x, y)); */
static inline oc_dd oc_dd_fast_two_sum(double x, double y)
{
    oc_dd z;
    z.hi = x + y;
    const double y1 = z.hi - x;
    z.lo = y - y1;
    return z;
}

/* x in two halves of at most 26 bits (Veltkamp) */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, SplitHi(x));
    ensures lo: Same(\result.lo, SplitLo(x)); */
static inline oc_dd oc_dd_split(double x)
{
    oc_dd z;
    const double c = 134217729.0 * x;
    const double d = c - x;
    z.hi = c - d;
    z.lo = x - z.hi;
    return z;
}

/* x * y exactly (TwoProd of Dekker) */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, \mul_double(x, y));
    ensures lo: Same(\result.lo, TwoProdLo(x, y)); */
static inline oc_dd oc_dd_two_prod(double x, double y)
{
    const oc_dd a = oc_dd_split(x);
    const oc_dd b = oc_dd_split(y);
    oc_dd z;
    z.hi = x * y;
    const double hh = a.hi * b.hi;
    const double hl = a.hi * b.lo;
    const double lh = a.lo * b.hi;
    const double ll = a.lo * b.lo;
    const double e1 = hh - z.hi;
    const double e2 = e1 + hl;
    const double e3 = e2 + lh;
    z.lo = e3 + ll;
    return z;
}

/* x * y, not normalised */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, \mul_double(x.hi, y.hi));
    ensures lo: Same(\result.lo, RawMulLo(x.hi, x.lo, y.hi, y.lo)); */
static inline oc_dd oc_dd_raw_mul(oc_dd x, oc_dd y)
{
    oc_dd z = oc_dd_two_prod(x.hi, y.hi);
    const double hl = x.hi * y.lo;
    const double lh = x.lo * y.hi;
    const double cross = hl + lh;
    z.lo = z.lo + cross;
    return z;
}

#endif
