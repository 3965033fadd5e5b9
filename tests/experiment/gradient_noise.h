/* SPDX-License-Identifier: GPL-3.0-or-later
 * What SDE theory needs to know of the gradients at one point, estimated from single samples' gradients. */
#ifndef OPTCERT_GRADIENT_NOISE_H
#define OPTCERT_GRADIENT_NOISE_H
#include "dataset.h"
#include "net.h"

enum { OPTCERT_DOUBLINGS = 5 };

typedef struct optcert_gradient_noise {
    double mean_square;    /* |E g|^2, unbiased estimate */
    double trace;          /* tr Sigma of one sample's gradient, unbiased estimate */
    double critical_batch; /* trace / mean_square: where mean and noise of a batch gradient are equal; inf: no mean seen */
    double skewness;       /* of one sample's noise: root mean square over coordinates, weighted by variance */
    double speed[OPTCERT_DOUBLINGS]; /* predicted for the square-root rule at kappa 1, 2, 4, ...: see below */
} optcert_gradient_noise;

/* From `count` >= 3 training samples drawn with replacement. 0, or -1 when memory is short.
 *
 * speed: how fast the square-root rule's run at batch kappa * batch moves through the epochs, relative to batch. The
 * rule takes the second moment for noise alone, Sigma_ii / batch; it is g_i^2 + Sigma_ii / batch, g = E grad, and the
 * step is divided by its root. Loss falls per unit of time by D(kappa) = sum_i g_i^2 / sqrt(kappa g_i^2 + Sigma_ii / batch)
 * to first order; speed = D(kappa) / D(1), which is 1 while noise dominates. */
int optcert_measure_noise(const optcert_net *net, const optcert_dataset *data, const float *theta, uint64_t seed,
                          size_t count, size_t batch, optcert_gradient_noise *noise);

#endif
