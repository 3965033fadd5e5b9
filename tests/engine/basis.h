/* SPDX-License-Identifier: GPL-3.0-or-later
 * One-dimensional bases for functions of theta, m or u: nodes, barycentric interpolation, differentiation.
 *
 * HERMITE   polynomials at the zeros of He_n((x-center)/scale), on the whole line. Nothing is truncated: with
 * a linear drift the one-step operator maps polynomials to polynomials of no higher degree, so the
 *           interpolation of points beyond the outer nodes is the exact continuation, and stable.
 * LOG       Chebyshev polynomials in log x on [lo, hi], continued by a little below lo, where few points
 * come. POINT     one node: the coordinate is absent. */
#ifndef OPTCERT_BASIS_H
#define OPTCERT_BASIS_H
#include <stddef.h>

enum { OPTCERT_BASIS_MAX = 128 };

typedef enum optcert_basis_kind {
    OPTCERT_POINT,
    OPTCERT_HERMITE,
    OPTCERT_WALL,
    OPTCERT_LOG
} optcert_basis_kind;

typedef struct optcert_basis {
    optcert_basis_kind kind;
    size_t n;
    double center,
        scale;      /* y = (X - center)/scale; X = x, log x, or center + stretch asinh((x-center)/stretch) */
    double stretch; /* HERMITE: 0 for X = x */
    double x[OPTCERT_BASIS_MAX];      /* nodes */
    double y[OPTCERT_BASIS_MAX];      /* nodes in the basis's own coordinate */
    double weight[OPTCERT_BASIS_MAX]; /* barycentric, in units of weight_unit */
    double weight_unit;
} optcert_basis;

void optcert_basis_point(optcert_basis *out);
void optcert_basis_hermite(optcert_basis *out, size_t n, double center, double scale, double stretch);
void optcert_basis_log(optcert_basis *out, size_t n, double lo, double hi);

/* The values at x of the n functions that are 1 at one node and 0 at the others. */
void optcert_basis_row(const optcert_basis *basis, double x, double *row);

/* The n x n matrix (row-major) of d/dx at the nodes. */
void optcert_basis_derivative(const optcert_basis *basis, double *matrix);

#endif
