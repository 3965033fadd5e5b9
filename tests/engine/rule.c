/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gauss's rule of a discrete law: its Jacobi matrix by Lanczos's method with full orthogonalisation (Gragg,
 * Harwood 1984, Sect. 2), nodes and weights from the eigenvectors (Golub, Welsch 1969). */
#include "rule.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

/* Below this share of the law's spread a new direction is rounding: the law has no more atoms. */
static const double exhausted = 1e-13;

/* next = z q_k - (its part along q_0..q_k), twice for safety; answers its norm. */
static double orthogonal_image(const double *z, const gsl_matrix *q, size_t k, gsl_vector *next)
{
    for (size_t i = 0; i < next->size; i++) {
        gsl_vector_set(next, i, z[i] * gsl_matrix_get(q, k, i));
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t j = 0; j <= k; j++) {
            const gsl_vector_const_view row = gsl_matrix_const_row(q, j);
            double part;
            gsl_blas_ddot(&row.vector, next, &part);
            gsl_blas_daxpy(-part, &row.vector, next);
        }
    }
    return gsl_blas_dnrm2(next);
}

static double weighted_mean(const double *z, const gsl_matrix *q, size_t k)
{
    double sum = 0.0;
    for (size_t i = 0; i < q->size2; i++) {
        sum += z[i] * gsl_pow_2(gsl_matrix_get(q, k, i));
    }
    return sum;
}

/* Fills the Jacobi matrix; answers its size, at most n. */
static size_t jacobi_matrix(const double *z, gsl_matrix *q, size_t n, double spread, gsl_matrix *jacobi)
{
    gsl_vector *next = gsl_vector_alloc(q->size2);
    size_t k = 0;
    gsl_matrix_set_zero(jacobi);
    for (;;) {
        gsl_matrix_set(jacobi, k, k, weighted_mean(z, q, k));
        const double norm = orthogonal_image(z, q, k, next);
        if (k + 1 == n || !(norm > exhausted * spread)) {
            break;
        }
        gsl_matrix_set(jacobi, k, k + 1, norm);
        gsl_matrix_set(jacobi, k + 1, k, norm);
        k++;
        gsl_vector_scale(next, 1.0 / norm);
        gsl_matrix_set_row(q, k, next);
    }
    gsl_vector_free(next);
    return k + 1;
}

static void eigen_rule(gsl_matrix *jacobi, size_t size, double mass, optcert_rule *out)
{
    gsl_matrix_view part = gsl_matrix_submatrix(jacobi, 0, 0, size, size);
    gsl_vector *values = gsl_vector_alloc(size);
    gsl_matrix *vectors = gsl_matrix_alloc(size, size);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(size);
    gsl_eigen_symmv(&part.matrix, values, vectors, work);
    gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_ASC);
    out->n = size;
    for (size_t i = 0; i < size; i++) {
        out->z[i] = gsl_vector_get(values, i);
        out->w[i] = mass * gsl_pow_2(gsl_matrix_get(vectors, 0, i));
    }
    gsl_eigen_symmv_free(work);
    gsl_matrix_free(vectors);
    gsl_vector_free(values);
}

void optcert_rule_gauss(size_t count, const double *z, const double *w, size_t n, optcert_rule *out)
{
    double mass = 0.0;
    double spread = 0.0;
    gsl_matrix *q = gsl_matrix_alloc(n, count);
    gsl_matrix *jacobi = gsl_matrix_alloc(n, n);
    for (size_t i = 0; i < count; i++) {
        mass += w[i];
        spread = fmax(spread, fabs(z[i]));
    }
    for (size_t i = 0; i < count; i++) {
        gsl_matrix_set(q, 0, i, sqrt(w[i] / mass));
    }
    eigen_rule(jacobi, jacobi_matrix(z, q, n, spread, jacobi), mass, out);
    gsl_matrix_free(jacobi);
    gsl_matrix_free(q);
}

void optcert_rule_sum(double a, const optcert_rule *x, double b, const optcert_rule *y, size_t n,
                      optcert_rule *out)
{
    double z[OPTCERT_RULE_MAX * OPTCERT_RULE_MAX];
    double w[OPTCERT_RULE_MAX * OPTCERT_RULE_MAX];
    size_t count = 0;
    for (size_t i = 0; i < x->n; i++) {
        for (size_t j = 0; j < y->n; j++) {
            z[count] = a * x->z[i] + b * y->z[j];
            w[count++] = x->w[i] * y->w[j];
        }
    }
    optcert_rule_gauss(count, z, w, n, out);
}

double optcert_rule_moment(const optcert_rule *rule, unsigned k)
{
    double sum = 0.0;
    for (size_t i = 0; i < rule->n; i++) {
        sum += rule->w[i] * gsl_pow_uint(rule->z[i], k);
    }
    return sum;
}
