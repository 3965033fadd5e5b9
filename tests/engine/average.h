/* SPDX-License-Identifier: GPL-3.0-or-later
 * The average a of SGD's iterates on a quadratic loss, a' = rho a + (1-rho) theta', without sampling noise: first and
 * second moments of (theta, a) obey linear recursions, whatever the noise's law. theta' = theta - lr (b theta + sigma z),
 * E z = 0, E z^2 = 1. The limit: d theta = -b theta dt + sigma0 dW, da = c (theta - a) dt, with h = lr,
 * sigma0^2 = lr sigma^2, rho = exp(-c h). */
#ifndef OPTCERT_AVERAGE_H
#define OPTCERT_AVERAGE_H
#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_AVERAGE_PHIS = 5 }; /* E of theta, a, theta^2, theta a, a^2 */
extern const char *const optcert_average_phi[OPTCERT_AVERAGE_PHIS];

/* After so many steps from theta = a = start. */
void optcert_average_chain(double b, double lr, double rho, double sigma, size_t steps, double start,
                           double out[OPTCERT_AVERAGE_PHIS]);

/* The limit's values after `horizon`, and the coefficient of h in the chain's. False when memory is short. */
bool optcert_average_limit(double b, double c, double sigma0, double horizon, double start,
                           double value[OPTCERT_AVERAGE_PHIS], double coefficient[OPTCERT_AVERAGE_PHIS]);

#endif
