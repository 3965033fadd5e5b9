/* SPDX-License-Identifier: GPL-3.0-or-later
 * Recursive definitions with triggers: what unfolding shows is proved, what it does not is not.
 * provers: cvc5rec
 * must fail: typed_off_by_one_ensures_wrong
 * must fail: typed_wrong_base_ensures_wrong
 * must fail: typed_wrong_step_ensures_wrong
 * must fail: typed_wrong_order_ensures_wrong
 * must fail: typed_not_folded_ensures_wrong
 * must fail: typed_any_value_ensures_wrong
 * must fail: typed_unfounded_ensures_wrong
 * must fail: typed_absurd_ensures_wrong */
#include "same.acsl"

/*@ logic double Sum(double x, integer k) = k <= 0 ? x : \add_double(Sum(x, k - 1), x);
    logic double Runs(double x, integer k) = k == 0 ? x : \add_double(Runs(x, k + 1), x); */

/*@ terminates \true; exits \false; assigns \nothing;
    ensures right: Same(\result, Sum(x, 2)); */
double control(double x) { return x + x + x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, Sum(x, 1)); */
double off_by_one(double x) { return x + x + x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, Sum(x, -1)); */
double wrong_base(double x) { return x + x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, Sum(x, 2)); */
double wrong_step(double x) { return x + x - x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, Sum(x, 3)); */
double wrong_order(double x) { return (x + x) + (x + x); }

/*@ requires k >= 0; terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, Sum(x, k)); */
double not_folded(double x, int k) { return x * ((double)k + 1.0); }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(Sum(x, 3), Sum(\result, 3)); */
double any_value(double x) { return x + x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(Runs(x, 1), \result); */
double unfounded(double x) { return x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(Sum(x, 4), x) && \false; */
double absurd(double x) { return x; }
