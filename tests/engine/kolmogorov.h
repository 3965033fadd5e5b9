/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expectations of the SDE limit, and the predicted leading coefficient, from the backward Kolmogorov equation
 * on a grid. */
#ifndef OPTCERT_KOLMOGOROV_H
#define OPTCERT_KOLMOGOROV_H
#include "frame.h"

typedef struct optcert_prediction {
    double value[OPTCERT_PHI_MAX];       /* E phi(X_{t0+duration}) */
    double slope[OPTCERT_PHI_MAX];       /* d/dtheta of it, as a function of the start */
    double coefficient[OPTCERT_PHI_MAX]; /* int E [(A_2 - (L^2 + dL/dt)/2 - L_1) w(t, .)](X_t) dt: of h in the
                                            chain's error */
    double part[OPTCERT_PHI_MAX]; /* int E L_1 w dt: what the limit's part of order h adds to E phi, over h */
    double change;                /* of the time steps' last refinement, relative to 1 + |value| */
} optcert_prediction;

/* The limit; with `integrals` coefficient and part too. h is that of SGD's limit, 0 for its limit h -> 0.
 * False when memory is short or an equation cannot be solved. */
bool optcert_limit_predict(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                           double h, double duration, bool integrals, optcert_prediction *out);

#endif
