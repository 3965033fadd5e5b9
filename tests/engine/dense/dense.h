/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear algebra on ensembles of paths, laid out [coordinate][path] (row i holds coordinate i of every path): noise with
 * a full covariance, gradients of quadratics, and covariances. Each is a plain loop, and one call of OpenBLAS that is
 * taken where it pays.
 *
 * All numbers binary64; d coordinates, `paths` paths, d * paths below 2^31; d = 0 and paths = 0 touch nothing. Outputs
 * overlap no input. NaN and infinities follow IEEE 754, though a NaN may spread within its row or column.
 * Rounding: each output is a sum of products in some order, perhaps fused; whatever the order, it is within the bound
 * of Rounding.any_order.dot_error and scaled_dot_error of the exact one, and two orders differ by at most two_orders
 * (tests/suite/dense_bound.h holds both to that). The plain loops' bits depend on nothing; OpenBLAS's depend on the
 * processor and on its number of threads, so an engine whose results must not calls it on one thread. */
#ifndef OPTCERT_DENSE_H
#define OPTCERT_DENSE_H
#include <stdbool.h>
#include <stddef.h>

typedef struct optcert_dense {
    size_t d, paths;
} optcert_dense;

/* out = root z, d x paths: noise of covariance root root^T from standard normals z. root is d x d, row by row. */
void optcert_dense_noise_plain(const optcert_dense *of, const double *root, const double *z, double *out);
void optcert_dense_noise_blas(const optcert_dense *of, const double *root, const double *z, double *out);
void optcert_dense_noise(const optcert_dense *of, const double *root, const double *z, double *out);

/* out = hessian theta, d x paths: gradients of theta^T hessian theta / 2, hessian symmetric (its upper half is read). */
void optcert_dense_gradient_plain(const optcert_dense *of, const double *hessian, const double *theta, double *out);
void optcert_dense_gradient_blas(const optcert_dense *of, const double *hessian, const double *theta, double *out);
void optcert_dense_gradient(const optcert_dense *of, const double *hessian, const double *theta, double *out);

/* The upper half of sum += x x^T, d x d: second moments over the paths. */
void optcert_dense_covariance_plain(const optcert_dense *of, const double *x, double *sum);
void optcert_dense_covariance_blas(const optcert_dense *of, const double *x, double *sum);
void optcert_dense_covariance(const optcert_dense *of, const double *x, double *sum);

/* out = a b, a being rows x inner and b inner x columns, by OpenBLAS on every thread of OpenMP: in blocks of rows, so that with
 * OpenBLAS on one thread the bits do not depend on how many there are. */
void optcert_dense_product(size_t rows, size_t inner, size_t columns, const double *a, const double *b, double *out);

/* OpenBLAS on one thread from now on: its bits then depend on the processor alone. */
void optcert_dense_one_thread(void);

/* Whether OpenBLAS is the faster one; measured by `make bench` (spec/fast.md). */
bool optcert_dense_pays(const optcert_dense *of);

#endif
