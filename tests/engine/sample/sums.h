/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a run keeps of all its paths: exact sums, so that any distribution of the blocks over threads, ranks and
 * sittings gives the same bits. */
#ifndef OPTCERT_SUMS_H
#define OPTCERT_SUMS_H
#include "ensemble.h"
#include "exact_sum.h"

typedef struct optcert_moments {
    optcert_exact_sum chain, chain_square, difference, difference_square;
} optcert_moments;

/* Plain integers throughout: ranks add it up and a checkpoint stores it as it stands. */
typedef struct optcert_sums {
    int64_t blocks, paths;
    optcert_moments phi[OPTCERT_PHI_MAX];
} optcert_sums;

typedef double optcert_betas[OPTCERT_PHI_MAX][OPTCERT_CONTROLS];

/* Adds a block's sums, of the differences less beta times the controls. */
void optcert_sums_add(optcert_sums *sums, const optcert_ensemble *ensemble, const optcert_betas *beta,
                      const optcert_block *block);
void optcert_sums_merge(optcert_sums *sums, const optcert_sums *other, size_t phis);

/* Mean of n values with this sum and sum of squares, and the variance of one of them. */
void optcert_sums_mean(const optcert_exact_sum *sum, const optcert_exact_sum *squares, int64_t n, double *mean,
                       double *variance);

#endif
