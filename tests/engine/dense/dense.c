/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear algebra on ensembles of paths. */
#include "dense.h"

#include <cblas.h>
#include <string.h>

enum { LEAST_DIMENSION = 4, LEAST_PATHS = 16 };

void optcert_dense_product(size_t rows, size_t inner, size_t columns, const double *a, const double *b, double *out)
{
    enum { BLOCK = 64 };
#pragma omp parallel for schedule(static)
    for (size_t first = 0; first < rows; first += BLOCK) {
        const size_t count = rows - first < BLOCK ? rows - first : BLOCK;
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, (int)columns, (int)inner, 1.0, a + first * inner,
                    (int)inner, b, (int)columns, 0.0, out + first * columns, (int)columns);
    }
}

void optcert_dense_one_thread(void)
{
    openblas_set_num_threads(1);
}

bool optcert_dense_pays(const optcert_dense *of)
{
    return of->d >= LEAST_DIMENSION && of->paths >= LEAST_PATHS;
}

/* row += a x */
static void add_row(size_t n, double a, const double *x, double *row)
{
    for (size_t p = 0; p < n; p++) {
        const double product = a * x[p];
        row[p] += product;
    }
}

void optcert_dense_noise_plain(const optcert_dense *of, const double *root, const double *z, double *out)
{
    memset(out, 0, of->d * of->paths * sizeof *out);
    for (size_t i = 0; i < of->d; i++) {
        for (size_t k = 0; k < of->d; k++) {
            add_row(of->paths, root[i * of->d + k], z + k * of->paths, out + i * of->paths);
        }
    }
}

void optcert_dense_noise_blas(const optcert_dense *of, const double *root, const double *z, double *out)
{
    const int d = (int)of->d, paths = (int)of->paths;
    if (d > 0 && paths > 0) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, d, paths, d, 1.0, root, d, z, paths, 0.0, out, paths);
    }
}

void optcert_dense_gradient_plain(const optcert_dense *of, const double *hessian, const double *theta, double *out)
{
    memset(out, 0, of->d * of->paths * sizeof *out);
    for (size_t i = 0; i < of->d; i++) {
        for (size_t k = 0; k < of->d; k++) {
            const double entry = hessian[i <= k ? i * of->d + k : k * of->d + i];
            add_row(of->paths, entry, theta + k * of->paths, out + i * of->paths);
        }
    }
}

void optcert_dense_gradient_blas(const optcert_dense *of, const double *hessian, const double *theta, double *out)
{
    const int d = (int)of->d, paths = (int)of->paths;
    if (d > 0 && paths > 0) {
        cblas_dsymm(CblasRowMajor, CblasLeft, CblasUpper, d, paths, 1.0, hessian, d, theta, paths, 0.0, out, paths);
    }
}

void optcert_dense_covariance_plain(const optcert_dense *of, const double *x, double *sum)
{
    for (size_t i = 0; i < of->d; i++) {
        for (size_t k = i; k < of->d; k++) {
            double *entry = sum + i * of->d + k;
            for (size_t p = 0; p < of->paths; p++) {
                const double product = x[i * of->paths + p] * x[k * of->paths + p];
                *entry += product;
            }
        }
    }
}

void optcert_dense_covariance_blas(const optcert_dense *of, const double *x, double *sum)
{
    const int d = (int)of->d, paths = (int)of->paths;
    if (d > 0 && paths > 0) {
        cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, d, paths, 1.0, x, paths, 1.0, sum, d);
    }
}

void optcert_dense_noise(const optcert_dense *of, const double *root, const double *z, double *out)
{
    (optcert_dense_pays(of) ? optcert_dense_noise_blas : optcert_dense_noise_plain)(of, root, z, out);
}

void optcert_dense_gradient(const optcert_dense *of, const double *hessian, const double *theta, double *out)
{
    (optcert_dense_pays(of) ? optcert_dense_gradient_blas : optcert_dense_gradient_plain)(of, hessian, theta, out);
}

void optcert_dense_covariance(const optcert_dense *of, const double *x, double *sum)
{
    (optcert_dense_pays(of) ? optcert_dense_covariance_blas : optcert_dense_covariance_plain)(of, x, sum);
}
