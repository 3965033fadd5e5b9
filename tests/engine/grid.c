/* SPDX-License-Identifier: GPL-3.0-or-later
 * Spectral differentiation on a tensor grid. */
#include "grid.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

const optcert_term optcert_terms[OPTCERT_TERMS] = {
    {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {2, 0, 0}, {1, 1, 0}, {1, 0, 1}, {0, 2, 0}, {0, 1, 1}, {0, 0, 2},
    {3, 0, 0}, {2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {1, 1, 1}, {1, 0, 2}, {0, 3, 0}, {0, 2, 1}, {0, 1, 2},
    {0, 0, 3}, {4, 0, 0}, {3, 1, 0}, {3, 0, 1}, {2, 2, 0}, {2, 1, 1}, {2, 0, 2}, {1, 3, 0}, {1, 2, 1},
    {1, 1, 2}, {1, 0, 3}, {0, 4, 0}, {0, 3, 1}, {0, 2, 2}, {0, 1, 3}, {0, 0, 4}};

size_t optcert_term_index(unsigned theta, unsigned m, unsigned u)
{
    size_t i = 0;
    while (optcert_terms[i].theta != theta || optcert_terms[i].m != m || optcert_terms[i].u != u) {
        i++;
    }
    return i;
}

static double *derivative_matrix(const optcert_basis *basis)
{
    double *matrix = malloc(basis->n * basis->n * sizeof *matrix);
    if (matrix != NULL) {
        optcert_basis_derivative(basis, matrix);
    }
    return matrix;
}

enum { BUFFERS = 6 };

bool optcert_grid_open(optcert_grid *grid, size_t max_columns)
{
    grid->nodes = grid->theta.n * grid->m.n * grid->u.n;
    grid->max_columns = max_columns;
    grid->d_theta = derivative_matrix(&grid->theta);
    grid->d_m = derivative_matrix(&grid->m);
    grid->d_u = derivative_matrix(&grid->u);
    grid->scratch = malloc(BUFFERS * grid->nodes * max_columns * sizeof *grid->scratch);
    return grid->d_theta != NULL && grid->d_m != NULL && grid->d_u != NULL && grid->scratch != NULL;
}

void optcert_grid_close(optcert_grid *grid)
{
    free(grid->d_theta);
    free(grid->d_m);
    free(grid->d_u);
    free(grid->scratch);
}

bool optcert_operator_open(optcert_operator *op, const optcert_grid *grid)
{
    *op = (optcert_operator){{NULL}, {false}};
    double *fields = calloc(OPTCERT_TERMS * grid->nodes, sizeof *fields);
    for (size_t i = 0; fields != NULL && i < OPTCERT_TERMS; i++) {
        op->field[i] = fields + i * grid->nodes;
    }
    return fields != NULL;
}

void optcert_operator_close(optcert_operator *op)
{
    free(op->field[0]);
}

void optcert_operator_clear(optcert_operator *op, const optcert_grid *grid)
{
    memset(op->used, 0, sizeof op->used);
    memset(op->field[0], 0, OPTCERT_TERMS * grid->nodes * sizeof *op->field[0]);
}

double *optcert_operator_field(optcert_operator *op, unsigned theta, unsigned m, unsigned u)
{
    const size_t i = optcert_term_index(theta, m, u);
    op->used[i] = true;
    return op->field[i];
}

/* `count` independent blocks of n x width: each becomes D * block. */
static void along(const double *d, size_t n, size_t count, size_t width, const double *in, double *out)
{
    for (size_t i = 0; i < count; i++) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)width, (int)n, 1.0, d, (int)n,
                    in + i * n * width, (int)width, 0.0, out + i * n * width, (int)width);
    }
}

/* The highest order among used terms with these orders of u and, unless negative, m; -1: none. */
static int highest(const optcert_operator *op, int u, int m)
{
    int order = -1;
    for (size_t i = 0; i < OPTCERT_TERMS; i++) {
        const optcert_term *term = &optcert_terms[i];
        if (!op->used[i] || (u >= 0 && (int)term->u != u) || (m >= 0 && (int)term->m != m)) {
            continue;
        }
        const int own = (int)(m >= 0 ? term->theta : u >= 0 ? term->m : term->u);
        order = own > order ? own : order;
    }
    return order;
}

static void add_term(const double *field, size_t nodes, size_t columns, double factor, const double *w, double *out)
{
    for (size_t i = 0; i < nodes; i++) {
        for (size_t p = 0; p < columns; p++) {
            out[i * columns + p] += factor * field[i] * w[i * columns + p];
        }
    }
}

/* One axis at a time, the outer ones kept: buffers[0..1] for u, [2..3] for m, [4..5] for theta. */
typedef struct walk {
    const optcert_operator *op;
    const optcert_grid *grid;
    size_t columns;
    double factor;
    double *buffer[BUFFERS];
    double *out;
} walk;

static void walk_theta(walk *k, unsigned u, unsigned m, const double *w)
{
    const optcert_grid *grid = k->grid;
    const int last = highest(k->op, (int)u, (int)m);
    for (int a = 0; a <= last; a++) {
        if (a > 0) {
            double *to = k->buffer[4 + a % 2];
            along(grid->d_theta, grid->theta.n, grid->u.n, grid->m.n * k->columns, w, to);
            w = to;
        }
        if (a + (int)m + (int)u == 0) {
            continue;
        }
        const size_t i = optcert_term_index((unsigned)a, m, u);
        if (k->op->used[i]) {
            add_term(k->op->field[i], grid->nodes, k->columns, k->factor, w, k->out);
        }
    }
}

static void walk_m(walk *k, unsigned u, const double *w)
{
    const optcert_grid *grid = k->grid;
    const int last = highest(k->op, (int)u, -1);
    for (int b = 0; b <= last; b++) {
        if (b > 0) {
            double *to = k->buffer[2 + b % 2];
            along(grid->d_m, grid->m.n, grid->u.n * grid->theta.n, k->columns, w, to);
            w = to;
        }
        walk_theta(k, u, (unsigned)b, w);
    }
}

void optcert_operator_apply(const optcert_operator *op, const optcert_grid *grid, size_t columns, double factor,
                            const double *w, double *out)
{
    walk k = {op, grid, columns, factor, {NULL}, out};
    for (size_t i = 0; i < BUFFERS; i++) {
        k.buffer[i] = grid->scratch + i * grid->nodes * columns;
    }
    const int last = highest(op, -1, -1);
    for (int c = 0; c <= last; c++) {
        if (c > 0) {
            double *to = k.buffer[c % 2];
            along(grid->d_u, grid->u.n, 1, grid->theta.n * grid->m.n * columns, w, to);
            w = to;
        }
        walk_m(&k, (unsigned)c, w);
    }
}

/* Sum of the rows' product with the values. */
static void contract(const optcert_grid *grid, size_t columns, const double *w, const double *row_theta,
                     const double *row_m, const double *row_u, double *out)
{
    memset(out, 0, columns * sizeof *out);
    for (size_t j = 0; j < grid->u.n; j++) {
        for (size_t i = 0; i < grid->theta.n; i++) {
            for (size_t b = 0; b < grid->m.n; b++) {
                for (size_t p = 0; p < columns; p++) {
                    out[p] += row_u[j] * row_theta[i] * row_m[b] * *w++;
                }
            }
        }
    }
}

void optcert_grid_read(const optcert_grid *grid, size_t columns, const double *w, double theta, double m, double u,
                       double *out)
{
    double row_theta[OPTCERT_BASIS_MAX], row_m[OPTCERT_BASIS_MAX], row_u[OPTCERT_BASIS_MAX];
    optcert_basis_row(&grid->theta, theta, row_theta);
    optcert_basis_row(&grid->m, m, row_m);
    optcert_basis_row(&grid->u, u, row_u);
    contract(grid, columns, w, row_theta, row_m, row_u, out);
}

/* The interpolant's derivative is the interpolant of the derivative at the nodes. */
void optcert_grid_slope(const optcert_grid *grid, size_t columns, const double *w, double theta, double m, double u,
                        double *out)
{
    double row_theta[OPTCERT_BASIS_MAX], row_m[OPTCERT_BASIS_MAX], row_u[OPTCERT_BASIS_MAX];
    double slope[OPTCERT_BASIS_MAX];
    const int n = (int)grid->theta.n;
    optcert_basis_row(&grid->theta, theta, row_theta);
    optcert_basis_row(&grid->m, m, row_m);
    optcert_basis_row(&grid->u, u, row_u);
    cblas_dgemv(CblasRowMajor, CblasTrans, n, n, 1.0, grid->d_theta, n, row_theta, 1, 0.0, slope, 1);
    contract(grid, columns, w, slope, row_m, row_u, out);
}
