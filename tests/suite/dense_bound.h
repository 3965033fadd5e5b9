/* SPDX-License-Identifier: GPL-3.0-or-later
 * OpenBLAS against plain loops on ensembles (tests/engine/dense), element by element. The tolerance is derived: two
 * evaluations of one sum of N products, in any order and with or without fused multiply-add, differ by at most
 *     2 gamma_M S + (1 + gamma_M) 2 N tiny,   gamma_M = M u/(1 - M u),   S the sum of the products' absolute values
 * (theorem Rounding.any_order.two_orders), M = N (dot_error), or N + 2 where the call has alpha and beta
 * (scaled_dot_error): u = 2^-53, tiny = 2^-1075. Claims blas.OPERATION.threadsT, T = 1, 2, 8: the largest of
 * observed difference / bound, which must be at most 1. Plain loops and OpenBLAS are each held to the exact sum too. */
#ifndef OPTCERT_DENSE_BOUND_H
#define OPTCERT_DENSE_BOUND_H
#include "claims.h"

#include <stdbool.h>

/* A wrong result for negative controls: added to one element of what OpenBLAS gave, in units of the bound; 0: none. */
typedef struct optcert_dense_job {
    uint64_t seed;
    double planted;
} optcert_dense_job;

/* False when memory fails. */
bool optcert_dense_bound_run(const optcert_dense_job *job, optcert_claims *claims);

#endif
