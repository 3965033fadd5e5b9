/* SPDX-License-Identifier: GPL-3.0-or-later
 * C = alpha op(A) op(B) + beta C in binary128, row-major only: the checking precision has no BLAS. */
#define OPTCERT_NET_PRECISION 128
#include "net_scalar.h"

#include <stddef.h>

static net_real entry(const net_real *a, int stride, CBLAS_TRANSPOSE trans, int i, int j)
{
    return trans == CblasNoTrans ? a[(ptrdiff_t)i * stride + j] : a[(ptrdiff_t)j * stride + i];
}

void optcert_plain_gemm(CBLAS_LAYOUT layout, CBLAS_TRANSPOSE trans_a, CBLAS_TRANSPOSE trans_b, int rows,
                        int columns, int inner, net_real alpha, const net_real *a, int lda, const net_real *b,
                        int ldb, net_real beta, net_real *c, int ldc)
{
    (void)layout;
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
            net_real sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += entry(a, lda, trans_a, i, k) * entry(b, ldb, trans_b, k, j);
            }
            net_real *at = &c[(ptrdiff_t)i * ldc + j];
            *at = alpha * sum + (beta == 0 ? 0 : beta * *at);
        }
    }
}
