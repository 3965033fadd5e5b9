/* SPDX-License-Identifier: GPL-3.0-or-later
 * WP converts between formats through the reals, which have one zero: its axioms f32_to_f64 and f64_to_f32 contradict
 * IEEE at -0. A prover that knows IEEE numbers derives false from instances of them; the chosen provers do not see them.
 * provers: cvc5uf cvc4uf cvc5rec
 * must fail: typed_widen_ensures_wrong
 * must fail: typed_narrow_ensures_wrong */

/*@ requires \is_finite(x) && \is_finite(y) && x == 0.0 && y == 0.0; terminates \true; exits \false; assigns \nothing;
    ensures wrong: \false; */
double widen(float x, float y) { return (double)x + (double)y; }

/*@ requires \is_finite(x) && \is_finite(y) && x == 0.0 && y == 0.0; terminates \true; exits \false; assigns \nothing;
    ensures wrong: \false; */
float narrow(double x, double y) { return (float)x + (float)y; }
