/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums over blocks. Within a block they run over its paths in order; between blocks they are exact. */
#include "sums.h"

#include <math.h>

static void add_values(size_t n, const double *x, optcert_exact_sum *sum, optcert_exact_sum *squares)
{
    double first = 0.0;
    double second = 0.0;
    for (size_t i = 0; i < n; i++) {
        first += x[i];
        second += x[i] * x[i];
    }
    optcert_exact_add(sum, first);
    optcert_exact_add(squares, second);
}

void optcert_sums_add(optcert_sums *sums, const optcert_ensemble *e, const optcert_betas *beta,
                      const optcert_block *block)
{
    sums->blocks++;
    sums->paths += (int64_t)e->width;
    for (size_t p = 0; p < e->study->phi_count; p++) {
        optcert_moments *m = &sums->phi[p];
        double difference[OPTCERT_WIDTH_MAX];
        for (size_t i = 0; i < e->width; i++) {
            difference[i] = block->difference[p][i];
            for (size_t j = 0; j < OPTCERT_CONTROLS; j++) {
                difference[i] -= (*beta)[p][j] * block->control[j][i];
            }
        }
        add_values(e->width, difference, &m->difference, &m->difference_square);
        if (e->level == 0) {
            add_values(e->width, block->chain[p], &m->chain, &m->chain_square);
        }
    }
}

void optcert_sums_merge(optcert_sums *sums, const optcert_sums *other, size_t phis)
{
    sums->blocks += other->blocks;
    sums->paths += other->paths;
    for (size_t p = 0; p < phis; p++) {
        optcert_moments *to = &sums->phi[p];
        const optcert_moments *from = &other->phi[p];
        optcert_exact_merge(&to->chain, &from->chain);
        optcert_exact_merge(&to->chain_square, &from->chain_square);
        optcert_exact_merge(&to->difference, &from->difference);
        optcert_exact_merge(&to->difference_square, &from->difference_square);
    }
}

void optcert_sums_mean(const optcert_exact_sum *sum, const optcert_exact_sum *squares, int64_t n, double *mean,
                       double *variance)
{
    const double count = (double)n;
    *mean = optcert_exact_value(sum) / count;
    const double spread = optcert_exact_value(squares) / count - *mean * *mean;
    *variance = spread > 0.0 ? spread * count / (count - 1.0) : isnan(spread) ? NAN : 0.0;
}
