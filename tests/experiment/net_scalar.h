/* SPDX-License-Identifier: GPL-3.0-or-later
 * One source for both precisions of the networks: a file that includes this header is compiled with
 * -DOPTCERT_NET_PRECISION=32 for training, and 64 and 128 for checking gradients. */
#ifndef OPTCERT_NET_SCALAR_H
#define OPTCERT_NET_SCALAR_H
#include "real128.h"

#include <cblas.h>

#if OPTCERT_NET_PRECISION == 32
typedef float net_real;
#define NET_NAME(name) name##_f32
#define NET_GEMM cblas_sgemm
#define NET_EXP expf
#define NET_LOG logf
#define NET_SQRT sqrtf
#elif OPTCERT_NET_PRECISION == 64
typedef double net_real;
#define NET_NAME(name) name##_f64
#define NET_GEMM cblas_dgemm
#define NET_EXP exp
#define NET_LOG log
#define NET_SQRT sqrt
#elif OPTCERT_NET_PRECISION == 128
/* 113 bits, for finite differences that are sharper than binary64's gradient. BLAS has no such format. */
typedef optcert_real128 net_real;
#define NET_NAME(name) name##_f128
#define NET_GEMM optcert_plain_gemm
#define NET_EXP expf128
#define NET_LOG logf128
#define NET_SQRT sqrtf128
void optcert_plain_gemm(CBLAS_LAYOUT layout, CBLAS_TRANSPOSE trans_a, CBLAS_TRANSPOSE trans_b, int rows,
                        int columns, int inner, net_real alpha, const net_real *a, int lda, const net_real *b,
                        int ldb, net_real beta, net_real *c, int ldc);
#else
#error "OPTCERT_NET_PRECISION must be 32, 64 or 128"
#endif

#endif
