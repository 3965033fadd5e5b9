/* SPDX-License-Identifier: GPL-3.0-or-later
 * What separates the chain from its limit at order h: the defect R = A_2 - (L^2 + dL/dt)/2, an operator of order up
 * to 4. Its first and second derivatives can be moved into an SDE as a drift and a diffusion of order h; what is left,
 * third and fourth derivatives, no Ito equation driven by Brownian motion can match. */
#ifndef OPTCERT_ORDER2_H
#define OPTCERT_ORDER2_H
#include "grid.h"
#include "study.h"

enum { OPTCERT_MONOMIALS = 9 }; /* theta, m, u and their products of degree 2 */

typedef struct optcert_order2 {
    optcert_operator generator, rate, a2; /* L, dL/dt, A_2 */
    optcert_operator part;                /* L_1: the limit's own part of order h (SGD), or the moved one */
    double *monomials;                    /* three blocks of OPTCERT_MONOMIALS columns */
} optcert_order2;

bool optcert_order2_open(optcert_order2 *order2, const optcert_grid *grid);
void optcert_order2_close(optcert_order2 *order2);
void optcert_order2_fill(optcert_order2 *order2, const optcert_study *study, const optcert_grid *grid, double t);

/* out += R w; work holds two blocks of `columns`. */
void optcert_order2_defect(const optcert_order2 *order2, const optcert_grid *grid, size_t columns, const double *w,
                           double *work, double *out);

#endif
