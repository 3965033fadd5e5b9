/* SPDX-License-Identifier: GPL-3.0-or-later
 * A loop that leaves the first element out: memory safe, functionally wrong.
 * provers: cvc5uf
 * must fail: typed_skips_first_ensures_wrong */
#include <stddef.h>
#include "same.acsl"

/*@ requires \valid(x + (0 .. n-1)); terminates \true; exits \false; assigns x[0 .. n-1];
    ensures wrong: \forall integer i; 0 <= i < n ==> Same(x[i], \add_double(\old(x[i]), \old(x[i]))); */
void skips_first(size_t n, double *x)
{
    /*@ loop invariant 1 <= i && (i <= n || n == 0);
        loop invariant done: \forall integer j; 1 <= j < i ==> Same(x[j], \add_double(\at(x[j], Pre), \at(x[j], Pre)));
        loop invariant left: \forall integer j; j == 0 || i <= j < n ==> Same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n-1];
        loop variant n - i; */
    for (size_t i = 1; i < n; i++) {
        x[i] = x[i] + x[i];
    }
}
