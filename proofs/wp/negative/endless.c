/* SPDX-License-Identifier: GPL-3.0-or-later
 * terminates: a loop whose variant does not decrease, and a recursion.
 * provers: cvc5uf
 * must fail: typed_stuck_loop_variant_decrease */

/*@ terminates \true; exits \false; assigns \nothing; */
void stuck(unsigned n)
{
    /*@ loop invariant i <= n; loop assigns i; loop variant n - i; */
    for (unsigned i = 0; i < n;) {
        if (i + 1 < n) {
            i = i + 1;
        }
    }
}
