/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam and AdamW from nothing, m = u = 0 at t = 0, as every library starts them; f' linear, Sigma constant.
 *
 * The limit. sqrt(gamma_2)/P = 1/(sigma0 sqrt(u/gamma_2) + eps0), and u/gamma_2 = Sigma at every t > 0: nothing is singular but
 * 1/gamma_1, which meets m = O(sqrt t). (theta, m) is a Gaussian process; its moments are an ordinary differential equation.
 *
 * The chain. After k steps u/(1 - beta2^k) is a mean of k squared gradients, Sigma up to O(1/sqrt k) however small h is, and so
 * E m^/(sigma0 sqrt(v^) + eps0) misses f'/P by f' (2 F' Sigma + (kappa_4 - 1) F'' Sigma^2/2)/k + O(1/k^2), F(v) = 1/(sigma0 sqrt(v) +
 * eps0) and its derivatives at Sigma, kappa_4 = E z^4, for laws without skewness. Each step moves theta by h times that, and the sum of
 * h/k over steps is h log(1/h): the weak error is
 *     B h log(1/h) + O(h),  B = -f'(theta_0) (2 F' Sigma + (kappa_4 - 1) F'' Sigma^2/2) dw/dtheta - sigma0^2 Sigma F^2/2 d^2w/dtheta^2,
 * w = E phi(X_T) from theta_0, and not O(h). The second part: the chain's theta gets h sum_{k,l} 1/max(k,l) = h (2N - sum 1/k) of variance
 * (times sigma0^2 Sigma F^2) where the limit has 2 h N. If kappa_4 > 1 the same double sum of the squared gradients' own noise adds a
 * multiple of (kappa_4 - 1) h log(1/h)^2 d^2w/dtheta^2, and no B is given. */
#ifndef OPTCERT_ZERO_START_H
#define OPTCERT_ZERO_START_H
#include "study.h"

bool optcert_zero_start(const optcert_study *study);

/* Units that m and u are measured in before step k, in which their laws keep their size: sqrt(1 - beta1^k) and 1 - beta2^k (k = 0, where
 * m = u = 0: 1). */
typedef struct optcert_units {
    double m, u;
} optcert_units;

optcert_units optcert_zero_units(const optcert_study *study, double h, size_t k);

/* The law of z at theta for steps of h, at most 2 n nodes: split where g = 0, beyond which m/sqrt(v) is another smooth function. */
void optcert_zero_rule(const optcert_study *study, double h, double theta, size_t n, optcert_rule *out);

/* E phi(X_duration) of the limit, with the study's mistake if it has one, to some 1e-11; false when the equation was not solved. */
bool optcert_zero_limit(const optcert_study *study, double duration, double value[OPTCERT_PHI_MAX]);

/* B for each test function; NAN where the error has h log(1/h)^2, 0 where theta does not enter. */
bool optcert_zero_lead(const optcert_study *study, double lead[OPTCERT_PHI_MAX]);

#endif
