/* SPDX-License-Identifier: GPL-3.0-or-later
 * Functions on a tensor grid of (u, theta, m) and differential operators on them.
 * A field has one value per node, at (iu * theta.n + it) * m.n + im; a block of `columns` functions has that
 * many values per node, side by side. */
#ifndef OPTCERT_GRID_H
#define OPTCERT_GRID_H
#include "basis.h"

#include <stdbool.h>

typedef struct optcert_grid {
    optcert_basis theta, m, u;
    double *d_theta, *d_m, *d_u; /* differentiation matrices */
    size_t nodes;
    double *scratch; /* for optcert_operator_apply, at most max_columns wide */
    size_t max_columns;
} optcert_grid;

/* The bases are set by the caller before. False when memory is short; free in any case. */
bool optcert_grid_open(optcert_grid *grid, size_t max_columns);
void optcert_grid_close(optcert_grid *grid);

enum { OPTCERT_TERM_ORDER = 4, OPTCERT_TERMS = 34 };

/* d^theta_theta d^m_m d^u_u, the orders of a term. */
typedef struct optcert_term {
    unsigned theta, m, u;
} optcert_term;

extern const optcert_term optcert_terms[OPTCERT_TERMS]; /* all orders from 1 to 4 in total */
size_t optcert_term_index(unsigned theta, unsigned m, unsigned u);

/* sum over terms of field(term) * derivative(term). */
typedef struct optcert_operator {
    double *field[OPTCERT_TERMS]; /* field[0] owns the storage of all */
    bool used[OPTCERT_TERMS];
} optcert_operator;

bool optcert_operator_open(optcert_operator *op, const optcert_grid *grid);
void optcert_operator_close(optcert_operator *op);
void optcert_operator_clear(optcert_operator *op, const optcert_grid *grid);
/* The field of a term, to be filled; marks the term as used. */
double *optcert_operator_field(optcert_operator *op, unsigned theta, unsigned m, unsigned u);

/* out += factor * op w, blocks of `columns` functions. */
void optcert_operator_apply(const optcert_operator *op, const optcert_grid *grid, size_t columns, double factor,
                            const double *w, double *out);

/* The functions' values at a point. */
void optcert_grid_read(const optcert_grid *grid, size_t columns, const double *w, double theta, double m, double u,
                       double *out);

/* Their derivatives by theta there. */
void optcert_grid_slope(const optcert_grid *grid, size_t columns, const double *w, double theta, double m, double u,
                        double *out);

#endif
