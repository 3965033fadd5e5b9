/* SPDX-License-Identifier: GPL-3.0-or-later
 * -wp-rte: a read and a write one past the end.
 * provers: cvc5uf
 * must fail: typed_read_assert_rte_mem_access
 * must fail: typed_write_assert_rte_mem_access */
#include <stddef.h>

/*@ requires \valid_read(x + (0 .. n-1)); terminates \true; exits \false; assigns \nothing; */
double read(size_t n, const double *x) { return x[n]; }

/*@ requires \valid(x + (0 .. n-1)) && n > 0; terminates \true; exits \false; assigns x[0 .. n]; */
void write(size_t n, double *x) { x[n] = 1.0; }

/*@ requires \valid(x + (0 .. n-1)) && n > 0; terminates \true; exits \false; assigns x[0 .. n-1]; */
void control(size_t n, double *x) { x[n - 1] = 1.0; }
