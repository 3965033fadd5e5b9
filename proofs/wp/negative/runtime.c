/* SPDX-License-Identifier: GPL-3.0-or-later
 * -wp-rte: overflow, division by zero, a shift too far, a conversion out of range.
 * provers: cvc5uf
 * must fail: typed_sum_assert_rte_signed_overflow_2
 * must fail: typed_ratio_assert_rte_division_by_zero
 * must fail: typed_shift_assert_rte_shift
 * must fail: typed_index_assert_rte_float_to_int
 * must fail: typed_index_assert_rte_float_to_int_2 */

/*@ requires 0 <= x && 0 <= y; terminates \true; exits \false; assigns \nothing; */
int sum(int x, int y) { return x + y; }

/*@ terminates \true; exits \false; assigns \nothing; */
unsigned ratio(unsigned x, unsigned y) { return x / y; }

/*@ requires n <= 64; terminates \true; exits \false; assigns \nothing; */
unsigned long shift(unsigned long x, unsigned n) { return x >> n; }

/*@ terminates \true; exits \false; assigns \nothing; */
int index(double x) { return (int)x; }
