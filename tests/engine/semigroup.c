/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scaling and squaring of a Taylor polynomial, on the block matrix [[L, R], [0, L]], whose exponential is
 * [[exp L, J], [0, exp L]] with J the integral: every product (E, J)(F, K) = (E F, E K + J F). */
#include "semigroup.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* At norm 1/2 the first omitted term is below 2^-15/15! < 3e-17. */
enum { TAYLOR_DEGREE = 14 };

static double norm_inf(size_t n, const double *a)
{
    double largest = 0.0;
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, cblas_dasum((int)n, a + i * n, 1));
    }
    return largest;
}

static void multiply(size_t n, const double *a, const double *b, double beta, double *c)
{
    const int size = (int)n;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1.0, a, size, b, size, beta, c, size);
}

static void add_identity(size_t n, double *a)
{
    for (size_t i = 0; i < n; i++) {
        a[i * n + i] += 1.0;
    }
}

typedef struct pair {
    double *e, *j;
} pair;

/* out = a * b as block matrices */
static void multiply_pairs(size_t n, pair a, pair b, pair out)
{
    multiply(n, a.e, b.e, 0.0, out.e);
    multiply(n, a.e, b.j, 0.0, out.j);
    multiply(n, a.j, b.e, 1.0, out.j);
}

static void scale_pair(size_t n, double factor, pair x)
{
    cblas_dscal((int)(n * n), factor, x.e, 1);
    cblas_dscal((int)(n * n), factor, x.j, 1);
}

static void swap_pairs(pair *x, pair *y)
{
    const pair kept = *x;
    *x = *y;
    *y = kept;
}

bool optcert_semigroup(size_t n, double t, double *generator, double *direction)
{
    double *store = calloc(4 * n * n, sizeof *store);
    if (store == NULL) {
        return false;
    }
    const pair x = {generator, direction};
    pair sum = {store, store + n * n};
    pair next = {store + 2 * n * n, store + 3 * n * n};
    const double norm = fabs(t) * norm_inf(n, generator);
    const int squarings = norm > 0.5 ? (int)ceil(log2(2.0 * norm)) : 0;
    scale_pair(n, ldexp(t, -squarings), x);
    add_identity(n, sum.e);
    for (int k = TAYLOR_DEGREE; k >= 1; k--) { /* Horner: sum = I + x sum / k */
        multiply_pairs(n, x, sum, next);
        scale_pair(n, 1.0 / k, next);
        add_identity(n, next.e);
        swap_pairs(&sum, &next);
    }
    for (int k = 0; k < squarings; k++) {
        multiply_pairs(n, sum, sum, next);
        swap_pairs(&sum, &next);
    }
    memcpy(generator, sum.e, n * n * sizeof *generator);
    memcpy(direction, sum.j, n * n * sizeof *direction);
    free(store);
    return true;
}
