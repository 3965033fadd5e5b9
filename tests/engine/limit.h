/* SPDX-License-Identifier: GPL-3.0-or-later
 * The SDE limit: its generator L(t) = b.d + (1/2) D d^2 on a grid (MLPA sec. 4; SGD: Li, Tai, E 2017). */
#ifndef OPTCERT_LIMIT_H
#define OPTCERT_LIMIT_H
#include "grid.h"
#include "study.h"

/* L(t), with the study's mistake in it if it has one. */
void optcert_limit_generator(const optcert_study *study, const optcert_grid *grid, double t,
                             optcert_operator *out);

/* What moves theta at fixed u in RMSprop's limit, or in SGD's at this h: dtheta = drift dt + diffusion o dW,
 * in Stratonovich's form, whose two flows along drift and diffusion can be composed. */
typedef struct optcert_theta_flow {
    double drift;
    double factor; /* diffusion = factor sqrt(Sigma(theta)); the same at every theta */
} optcert_theta_flow;

optcert_theta_flow optcert_limit_theta(const optcert_study *study, double h, double theta, double u);

/* Adam's shift of theta from t to t + step at fixed m and u: theta' = keep theta - pull m. */
typedef struct optcert_shift {
    double keep, pull;
} optcert_shift;

optcert_shift optcert_limit_shift(const optcert_study *study, double t, double step, double u);

/* dL/dt; only Adam's depends on time. */
void optcert_limit_drift_rate(const optcert_study *study, const optcert_grid *grid, double t,
                              optcert_operator *out);

/* SGD's part of order h = eta: diffusion (1/2) sigma^2 Sigma d^2, and with second_order the drift -(1/2) f'
 * f'' d. */
void optcert_limit_sgd_part(const optcert_study *study, const optcert_grid *grid, optcert_operator *out);

/* Whether the limit has a part of order h. */
bool optcert_limit_has_part(const optcert_study *study);

#endif
