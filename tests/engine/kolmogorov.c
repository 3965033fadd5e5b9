/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grids for the backward equation, and Duhamel's formula for the coefficient. */
#include "kolmogorov.h"
#include "dense/dense.h"
#include "order2.h"
#include "splitting.h"

#include <math.h>

/* u relaxes towards Sigma(theta): it stays between the start and the extremes of Sigma. */
static void set_u_basis(const optcert_study *study, const optcert_basis *theta, size_t n, optcert_basis *out)
{
    static const double margin = 1.25; /* for derivatives at the start */
    if (!study->dynamics.kind->has_u) {
        optcert_basis_point(out);
        return;
    }
    double low = study->start.u;
    double high = study->start.u;
    for (size_t i = 0; i < theta->n; i++) {
        const double sigma2 = optcert_sigma2(&study->dynamics.oracle.problem, theta->x[i]);
        low = fmin(low, sigma2);
        high = fmax(high, sigma2);
    }
    optcert_basis_log(out, n, low / margin, margin * high);
}

/* The time steps' error of the values, relative to 1 + |value|; SGD's limit, in theta alone, costs little. */
static double time_tolerance(const optcert_study *study)
{
    return study->dynamics.kind->has_u ? 1e-10 : 1e-13;
}

bool optcert_limit_predict(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                           double h, double duration, bool integrals, optcert_prediction *out)
{
    optcert_grid grid = {.nodes = 0};
    optcert_order2 order2;
    optcert_split split = {.change = 0.0};
    *out = (optcert_prediction){.change = 0.0};
    optcert_dense_one_thread(); /* the loops over the grid are the parallel ones */
    optcert_frame_theta(study, frame, level.theta, &grid.theta);
    optcert_frame_m(study, frame, level.m, &grid.m);
    set_u_basis(study, &grid.theta, level.u, &grid.u);
    const bool ok =
        (optcert_grid_open(&grid, OPTCERT_MONOMIALS) & optcert_order2_open(&order2, &grid)) &&
        optcert_splitting_solve(study, &grid, &order2, h, duration, integrals, time_tolerance(study), &split);
    for (size_t p = 0; ok && p < study->phi_count; p++) {
        out->value[p] = split.value[p];
        out->part[p] = split.part[p];
        out->slope[p] = split.slope[p];
        out->coefficient[p] = split.defect[p] - split.part[p];
    }
    out->change = split.change;
    optcert_order2_close(&order2);
    optcert_grid_close(&grid);
    return ok;
}
