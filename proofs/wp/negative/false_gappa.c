/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rounding bounds that are too good, or lack a range: Gappa behind its wrapper may prove none. The control is the
 * bound that holds.
 * provers: gappafl
 * must fail: typed_sum_ensures_quarter_ulp
 * must fail: typed_product_ensures_strict
 * must fail: typed_unbounded_ensures_finite
 * must fail: typed_two_ops_ensures_one_rounding
 * must fail: typed_pole_ensures_finite
 * must fail: typed_root_ensures_exact
 * must fail: typed_subtracted_ensures_sign
 * must fail: typed_wide_ensures_range
 * must fail: typed_single_ensures_as_double
 * must fail: typed_absurd_ensures_wrong */
#include <math.h>

/*@ logic real Plus(real x, real y) = x + y;
    logic real Minus(real x, real y) = x - y;
    logic real Times(real x, real y) = x * y;
    logic real Root(real x) = \sqrt(x); */

/*@ requires \is_finite(x) && \is_finite(y) && 0.0 <= x <= 1.0 && 0.0 <= y <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures right: \abs(Minus(\result, Plus(x, y))) <= 0x1p-53; */
double control(double x, double y) { return x + y; }

/*@ requires \is_finite(x) && \is_finite(y) && 0.0 <= x <= 1.0 && 0.0 <= y <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures quarter_ulp: \abs(Minus(\result, Plus(x, y))) <= 0x1p-54; */
double sum(double x, double y) { return x + y; }

/*@ requires \is_finite(x) && \is_finite(y) && 1.0 <= x <= 2.0 && 1.0 <= y <= 2.0;
    terminates \true; exits \false; assigns \nothing;
    ensures strict: \abs(Minus(\result, Times(x, y))) <= 0x1.ffp-53; */
double product(double x, double y) { return x * y; }

/*@ requires \is_finite(x) && \is_finite(y); terminates \true; exits \false; assigns \nothing;
    ensures finite: \is_finite(\result); */
double unbounded(double x, double y) { return x * y; }

/*@ requires \is_finite(x) && \is_finite(y) && \is_finite(z) && 0.0 <= x <= 1.0 && 0.0 <= y <= 1.0 && 0.0 <= z <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures one_rounding: \abs(Minus(\result, Plus(Times(x, y), z))) <= 0x1p-53; */
double two_ops(double x, double y, double z) { return x * y + z; }

/*@ requires \is_finite(x) && \is_finite(y) && 1.0 <= x <= 2.0 && -1.0 <= y <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures finite: \is_finite(\result); */
double pole(double x, double y) { return x / y; }

/*@ requires \is_finite(x) && 1.0 <= x <= 4.0; terminates \true; exits \false; assigns \nothing;
    ensures exact: \abs(Minus(\result, Root(x))) <= 0x1p-60; */
double root(double x) { return sqrt(x); }

/*@ requires \is_finite(x) && \is_finite(y) && 0.0 <= x <= 1.0 && 0.0 <= y <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures sign: \result >= 0.0; */
double subtracted(double x, double y) { return x - y; }

/*@ requires \is_finite(x) && \is_finite(y) && -2.0 <= x <= 2.0 && -2.0 <= y <= 2.0;
    terminates \true; exits \false; assigns \nothing;
    ensures range: \abs(\result) <= 3.999; */
double wide(double x, double y) { return x * y; }

/*@ requires \is_finite(x) && \is_finite(y) && 0.0 <= x <= 1.0 && 0.0 <= y <= 1.0;
    terminates \true; exits \false; assigns \nothing;
    ensures as_double: \abs(Minus(\result, Plus(x, y))) <= 0x1p-53; */
float single(float x, float y) { return x + y; }

/*@ requires \is_finite(x) && 1.0 <= x <= 4.0; terminates \true; exits \false; assigns \nothing;
    ensures wrong: \false; */
double absurd(double x) { return sqrt(x) + x; }
