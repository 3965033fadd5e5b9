/* SPDX-License-Identifier: GPL-3.0-or-later
 * -wp-smoke-tests: contracts that no call can meet prove anything, and are caught.
 * provers: cvc5uf
 * must fail: typed_unmeetable_wp_smoke_default_requires
 * must fail: typed_empty_range_wp_smoke_default_requires
 * must fail: typed_dead_wp_smoke_dead_code_s10 */

/*@ requires x > 0; requires x < 0; terminates \true; exits \false; assigns \nothing; ensures \result == 7; */
int unmeetable(int x) { return x; }

/*@ requires 3 <= n <= 2; terminates \true; exits \false; assigns \nothing; ensures \false; */
unsigned empty_range(unsigned n) { return n; }

/*@ terminates \true; exits \false; assigns \nothing; ensures 0 <= \result <= 9; */
int dead(unsigned x)
{
    unsigned digit = x % 10u;
    if (digit > 9u) {
        return 12;
    }
    return (int)digit;
}
