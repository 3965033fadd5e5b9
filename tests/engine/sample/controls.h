/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums over a path's normals whose means are known: subtracted from what is measured, in multiples that a regression finds, they
 * take its noise away and leave its mean (control variates). With the increments w_k of Brownian motion (variance 1), the noise z_k
 * that the chain's oracle makes of them (mean 0 and variance 1, whatever came before) and t_k = k/steps:
 *   sum_k t_k^j (z_k^2 - 1), j = 0..4: the noise in the second moments;
 *   S_a S_b - sum_k t_k^(a+b), S_a = sum_k t_k^a w_k, a <= b <= 2: the squared noise in theta and m;
 *   S_a sum_k w_k sum_(l<k) (z_l^2 - 1), a = 0..2: the same, as u's noise changes the steps. Of its terms w_j w_k (z_l^2 - 1), l < k, those
 *     with j != k have mean 0 because the later of w_j, w_k is independent of all else, those with j = k because w_k^2 is.
 * Coordinate by coordinate, and averaged over coordinates. */
#ifndef OPTCERT_CONTROLS_H
#define OPTCERT_CONTROLS_H
#include <stddef.h>

enum {
    OPTCERT_CONTROL_POWERS = 5,
    OPTCERT_CONTROL_SUMS = 3, /* S_a */
    OPTCERT_CONTROL_PRODUCTS = OPTCERT_CONTROL_SUMS * (OPTCERT_CONTROL_SUMS + 1) / 2,
    OPTCERT_CONTROLS = OPTCERT_CONTROL_POWERS + OPTCERT_CONTROL_PRODUCTS + OPTCERT_CONTROL_SUMS,
    OPTCERT_CONTROL_ARRAYS = OPTCERT_CONTROL_SUMS + 2,
    OPTCERT_WIDTH_MAX = 128
};

typedef struct optcert_controls {
    size_t dimension, width, steps;
    double *sum[OPTCERT_CONTROL_SUMS], *before, *ordered;     /* dimension * width each, as the paths are laid out */
    double mean[2 * OPTCERT_CONTROL_SUMS - 1];                /* sum_k t_k^i */
    double power[OPTCERT_CONTROL_POWERS][OPTCERT_WIDTH_MAX];
} optcert_controls;

/* Takes OPTCERT_CONTROL_ARRAYS * dimension * width numbers at *memory, and moves it behind them. */
void optcert_controls_open(optcert_controls *controls, size_t dimension, size_t width, double **memory);

void optcert_controls_start(optcert_controls *controls, size_t steps);

/* Step k < steps. */
void optcert_controls_add(optcert_controls *controls, size_t k, const double *increment, const double *noise);

void optcert_controls_read(const optcert_controls *controls, double out[OPTCERT_CONTROLS][OPTCERT_WIDTH_MAX]);

#endif
