/* SPDX-License-Identifier: GPL-3.0-or-later
 * The defect and its drift and diffusion. The coefficient of d_i in R at x is R[y_i - x_i](x), that of d_i d_j is
 * R[(y_i - x_i)(y_j - x_j)](x) (half of it for i = j); R[1] = 0, so monomials are enough. */
#include "order2.h"
#include "expansion.h"
#include "jet.h"
#include "limit.h"

#include <stdlib.h>
#include <string.h>

bool optcert_order2_open(optcert_order2 *order2, const optcert_grid *grid)
{
    order2->monomials = malloc(4 * grid->nodes * OPTCERT_MONOMIALS * sizeof *order2->monomials);
    /* & and not &&: each is opened, so that closing is the same whatever failed */
    return optcert_operator_open(&order2->generator, grid) & optcert_operator_open(&order2->rate, grid) &
           optcert_operator_open(&order2->a2, grid) & optcert_operator_open(&order2->part, grid) &
           (order2->monomials != NULL);
}

void optcert_order2_close(optcert_order2 *order2)
{
    optcert_operator_close(&order2->generator);
    optcert_operator_close(&order2->rate);
    optcert_operator_close(&order2->a2);
    optcert_operator_close(&order2->part);
    free(order2->monomials);
}

void optcert_order2_defect(const optcert_order2 *order2, const optcert_grid *grid, size_t columns, const double *w,
                           double *work, double *out)
{
    const size_t block = grid->nodes * columns;
    memset(work, 0, block * sizeof *work);
    optcert_operator_apply(&order2->generator, grid, columns, 1.0, w, work);
    optcert_operator_apply(&order2->generator, grid, columns, -0.5, work, out);
    optcert_operator_apply(&order2->rate, grid, columns, -0.5, w, out);
    optcert_operator_apply(&order2->a2, grid, columns, 1.0, w, out);
}

static const unsigned pairs[6][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}};

static void coordinates(const optcert_grid *grid, size_t node, double x[3])
{
    x[0] = grid->theta.x[node / grid->m.n % grid->theta.n];
    x[1] = grid->m.x[node % grid->m.n];
    x[2] = grid->u.x[node / grid->m.n / grid->theta.n];
}

static void set_monomials(const optcert_grid *grid, double *out)
{
    for (size_t node = 0; node < grid->nodes; node++) {
        double x[3];
        coordinates(grid, node, x);
        for (size_t i = 0; i < 3; i++) {
            *out++ = x[i];
        }
        for (size_t j = 0; j < 6; j++) {
            *out++ = x[pairs[j][0]] * x[pairs[j][1]];
        }
    }
}

/* The drift and the diffusion of R, into `part`. */
static void move_second_order(optcert_order2 *order2, const optcert_study *study, const optcert_grid *grid)
{
    const bool present[3] = {true, study->dynamics.kind->has_m, study->dynamics.kind->has_u};
    const size_t block = grid->nodes * OPTCERT_MONOMIALS;
    double *values = order2->monomials;
    double *image = values + block;
    set_monomials(grid, values);
    memset(image, 0, block * sizeof *image);
    optcert_order2_defect(order2, grid, OPTCERT_MONOMIALS, values, image + block, image);
    for (size_t i = 0; i < 3; i++) {
        double *field = present[i] ? optcert_operator_field(&order2->part, i == 0, i == 1, i == 2) : NULL;
        for (size_t node = 0; field != NULL && node < grid->nodes; node++) {
            field[node] = image[node * OPTCERT_MONOMIALS + i];
        }
    }
    for (size_t j = 0; j < 6; j++) {
        const unsigned a = pairs[j][0];
        const unsigned b = pairs[j][1];
        if (!present[a] || !present[b]) {
            continue;
        }
        unsigned order[3] = {0, 0, 0};
        order[a]++;
        order[b]++;
        double *field = optcert_operator_field(&order2->part, order[0], order[1], order[2]);
        for (size_t node = 0; node < grid->nodes; node++) {
            const double *r = image + node * OPTCERT_MONOMIALS;
            double x[3];
            coordinates(grid, node, x);
            field[node] = (a == b ? 0.5 : 1.0) * (r[3 + j] - x[a] * r[b] - x[b] * r[a]);
        }
    }
}

void optcert_order2_fill(optcert_order2 *order2, const optcert_study *study, const optcert_grid *grid, double t)
{
    optcert_limit_generator(study, grid, t, &order2->generator);
    optcert_limit_drift_rate(study, grid, t, &order2->rate);
    optcert_expansion_fill(study, grid, t, OPTCERT_JET_ORDER, &order2->a2);
    if (study->dynamics.kind->optimizer == OPTCERT_SGD) {
        optcert_limit_sgd_part(study, grid, &order2->part);
    } else if (study->second_order) {
        optcert_operator_clear(&order2->part, grid);
        move_second_order(order2, study, grid);
    }
}
