/* SPDX-License-Identifier: GPL-3.0-or-later
 * The contract does not say that the arrays are separated: the second write may undo the first.
 * provers: cvc5uf
 * must fail: typed_aliased_ensures_wrong */

/*@ requires \valid(x) && \valid(y); terminates \true; exits \false; assigns *x, *y;
    ensures wrong: *x == 1; */
void aliased(int *x, int *y) { *x = 1; *y = 2; }
