/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expectations of the SDE limit, and the predicted leading coefficient, from the backward Kolmogorov equation. */
#ifndef OPTCERT_KOLMOGOROV_H
#define OPTCERT_KOLMOGOROV_H
#include "frame.h"

typedef enum optcert_solve { OPTCERT_SOLVED, OPTCERT_SOLVE_MEMORY, OPTCERT_SOLVE_DIVERGED } optcert_solve;

/* value[p] = E phi_p(X_{t0+duration}) of the limit with its part of order h, if it has one, at this h. */
optcert_solve optcert_limit_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                                   double h, double duration, double *value);

/* The limit for h -> 0 and the coefficient of h in E phi(x_N) - E phi(X_T):
 * C_1 = int E [ (A_2 - (L^2 + dL/dt)/2 - L_1) w(t, .) ](X_t) dt, L_1 being the limit's part of order h. */
optcert_solve optcert_limit_coefficient(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                                        double *value, double *coefficient);

#endif
