/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quadratic losses and noise by matrices. */
#include "matrices.h"
#include "dense/dense.h"
#include "npy.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *openblas_get_corename(void);

/* Reads a square symmetric matrix of finite numbers, of dimension *d where that is not 0. */
static bool read_symmetric(const char *path, size_t *d, double **out, char reason[OPTCERT_MATRICES_REASON])
{
    optcert_npy array;
    char why[OPTCERT_NPY_REASON] = "";
    if (!optcert_npy_read(path, &array, why)) {
        snprintf(reason, OPTCERT_MATRICES_REASON, "'%.80s': %.140s", path, why);
        return false;
    }
    const size_t n = array.rows;
    why[0] = '\0';
    if (n != array.columns || n == 0 || n > OPTCERT_MATRICES_MOST) {
        snprintf(why, sizeof why, "it is %zu x %zu, but must be square, with at most %d rows", n, array.columns,
                 OPTCERT_MATRICES_MOST);
    } else if (*d != 0 && n != *d) {
        snprintf(why, sizeof why, "it has %zu rows, but the dimension is %zu", n, *d);
    }
    for (size_t i = 0; why[0] == '\0' && i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            const double x = array.value[i * n + j], y = array.value[j * n + i];
            if (!isfinite(x) || !(x <= y && x >= y)) {
                snprintf(why, sizeof why, "elements %zu,%zu and %zu,%zu are %g and %g: they must be finite and the same", i, j,
                         j, i, x, y);
                break;
            }
        }
    }
    if (why[0] != '\0') {
        snprintf(reason, OPTCERT_MATRICES_REASON, "'%.80s': %.140s", path, why);
        free(array.value);
        return false;
    }
    *d = n;
    *out = array.value;
    return true;
}

/* Sigma = L L^T; the rows of L divided by the deviations are a root of the correlation matrix. */
static bool take_root(optcert_matrices *m)
{
    const size_t d = m->dimension;
    gsl_matrix_view sigma = gsl_matrix_view_array(m->root, d, d);
    gsl_error_handler_t *const handler = gsl_set_error_handler_off();
    const int status = gsl_linalg_cholesky_decomp1(&sigma.matrix);
    gsl_set_error_handler(handler);
    m->deviation = calloc(d, sizeof *m->deviation);
    for (size_t i = 0; status == GSL_SUCCESS && m->deviation != NULL && i < d; i++) {
        double square = 0.0;
        for (size_t j = 0; j < d; j++) {
            double *entry = &m->root[i * d + j];
            *entry = j <= i ? *entry : 0.0;
            square += *entry * *entry;
        }
        m->deviation[i] = sqrt(square);
        for (size_t j = 0; j <= i; j++) {
            m->root[i * d + j] /= m->deviation[i];
        }
    }
    return status == GSL_SUCCESS && m->deviation != NULL;
}

bool optcert_matrices_read(const char *hessian, const char *covariance, optcert_matrices *out,
                           char reason[OPTCERT_MATRICES_REASON])
{
    optcert_matrices m = {0};
    bool whole = (hessian == NULL || read_symmetric(hessian, &m.dimension, &m.hessian, reason)) &&
                 (covariance == NULL || read_symmetric(covariance, &m.dimension, &m.root, reason));
    if (whole && covariance != NULL && !take_root(&m)) {
        snprintf(reason, OPTCERT_MATRICES_REASON, "'%.80s': it is not positive definite", covariance);
        whole = false;
    }
    if (!whole) {
        optcert_matrices_free(&m);
        return false;
    }
    optcert_dense_one_thread();
    *out = m;
    return true;
}

void optcert_matrices_free(optcert_matrices *m)
{
    free(m->hessian);
    free(m->root);
    free(m->deviation);
    *m = (optcert_matrices){0};
}

void optcert_matrices_gradient(const optcert_matrices *m, size_t width, const double *theta, double *grad)
{
    optcert_dense_gradient(&(optcert_dense){m->dimension, width}, m->hessian, theta, grad);
}

void optcert_matrices_correlate(const optcert_matrices *m, size_t width, double *room, double *z)
{
    memcpy(room, z, m->dimension * width * sizeof *z);
    optcert_dense_noise(&(optcert_dense){m->dimension, width}, m->root, room, z);
}

void optcert_matrices_deviations(const optcert_matrices *m, size_t width, double *sd)
{
    for (size_t c = 0; c < m->dimension; c++) {
        for (size_t i = 0; i < width; i++) {
            sd[c * width + i] = m->deviation[c];
        }
    }
}

/* FNV-1a over the bytes: tells files apart that somebody mixed up, no more. */
static uint64_t hash(uint64_t h, const double *x, size_t n)
{
    const unsigned char *bytes = (const unsigned char *)x;
    for (size_t i = 0; x != NULL && i < n * sizeof *x; i++) {
        h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
    }
    return h;
}

void optcert_matrices_describe(const optcert_matrices *m, char *text, size_t size)
{
    const size_t n = m->dimension * m->dimension;
    uint64_t h = hash(UINT64_C(0xcbf29ce484222325), m->hessian, n);
    h = hash(hash(h, m->root, n), m->deviation, m->dimension);
    snprintf(text, size, "; matrices %016" PRIx64 " on %s", h, openblas_get_corename());
}
