/* SPDX-License-Identifier: GPL-3.0-or-later
 * exp(t L) and its derivative in a direction R, for dense matrices. */
#ifndef OPTCERT_SEMIGROUP_H
#define OPTCERT_SEMIGROUP_H
#include <stdbool.h>
#include <stddef.h>

/* In: n x n matrices `generator` L and `direction` R, row-major. Out, in their place:
 * exp(t L) and int_0^t exp((t-s) L) R exp(s L) ds. False when memory is short. */
bool optcert_semigroup(size_t n, double t, double *generator, double *direction);

#endif
