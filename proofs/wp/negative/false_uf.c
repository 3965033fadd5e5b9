/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rounded operations obey no law of the reals: none of these may be proved by a prover that is to know nothing of them.
 * provers: cvc5uf cvc4uf cvc5rec
 * must fail: typed_associative_ensures_wrong
 * must fail: typed_distributive_ensures_wrong
 * must fail: typed_reciprocal_ensures_wrong
 * must fail: typed_fused_ensures_wrong
 * must fail: typed_root_ensures_wrong
 * must fail: typed_swapped_ensures_wrong
 * must fail: typed_negated_ensures_wrong
 * must fail: typed_cancelled_ensures_wrong
 * must fail: typed_narrowed_ensures_wrong
 * must fail: typed_absurd_ensures_wrong */
#include <math.h>

/*@ terminates \true; exits \false; assigns \nothing;
    ensures right: Same(\result, \add_double(\add_double(x, y), z)); */
double control(double x, double y, double z) { return x + y + z; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \add_double(x, \add_double(y, z))); */
double associative(double x, double y, double z) { return x + y + z; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \add_double(\mul_double(x, z), \mul_double(y, z))); */
double distributive(double x, double y, double z) { return (x + y) * z; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \mul_double(x, \div_double((double)1.0, y))); */
double reciprocal(double x, double y) { return x / y; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: \result == x * y + z; */
double fused(double x, double y, double z) { return x * y + z; }

/*@ requires x >= 0.0; terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, x); */
double root(double x) { return sqrt(x * x); }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \sub_double(y, x)); */
double swapped(double x, double y) { return x - y; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \sub_double((double)0.0, x)); */
double negated(double x) { return -x; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, x); */
double cancelled(double x, double y) { return (x + y) - y; }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: Same(\result, \mul_float(x, y)); */
float narrowed(float x, float y) { return (float)((double)x * (double)y); }

/*@ terminates \true; exits \false; assigns \nothing;
    ensures wrong: \false; */
double absurd(double x) { return sqrt(x / x) - x; }
