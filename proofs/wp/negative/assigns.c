/* SPDX-License-Identifier: GPL-3.0-or-later
 * An assigns clause that forgets an array, and one that forgets a loop's write.
 * provers: cvc5uf
 * must fail: typed_forgets_assigns_part2
 * must fail: typed_in_loop_loop_assigns_part4 */
#include <stddef.h>

/*@ requires \valid(x) && \valid(y); terminates \true; exits \false; assigns *x; */
void forgets(double *x, double *y) { *x = 1.0; *y = 1.0; }

/*@ requires \valid(x + (0 .. n-1)) && \valid(y + (0 .. n-1)); requires \separated(x + (0 .. n-1), y + (0 .. n-1));
    terminates \true; exits \false; assigns x[0 .. n-1], y[0 .. n-1]; */
void in_loop(size_t n, double *x, double *y)
{
    /*@ loop invariant 0 <= i <= n; loop assigns i, x[0 .. n-1]; loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = 1.0;
        y[i] = 1.0;
    }
}
