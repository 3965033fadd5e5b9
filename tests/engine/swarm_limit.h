/* SPDX-License-Identifier: GPL-3.0-or-later
 * The SDE that a run of bowl or skewed follows, many paths side by side, by Euler and Maruyama's scheme (weak order 1).
 * Time is counted in steps of the run at SVAG(1), so that the run's own hyper-parameters are the coefficients (MLPA
 * Sect. 4 with dt = lr^2 ds, V = sigma^2 u, n the gradient's noise):
 *   sgd      d theta = -lr (grad f ds + n dW)
 *   rmsprop  d theta = -lr (grad f ds + n dW) / (sqrt V + eps),  dV = (1-beta2) (var n - V) ds
 *   adam     dm = (1-beta1) ((grad f - m) ds + n dW),  V as above,
 *            d theta = -lr (m/g1) / (sqrt(V/g2) + eps) ds - [adamw: lr weight_decay theta ds],  g_i = 1 - exp(-(1-beta_i) s) */
#ifndef OPTCERT_SWARM_LIMIT_H
#define OPTCERT_SWARM_LIMIT_H
#include "optimizer_map.h"
#include "swarm.h"

#include "optcert/hyper.h"

typedef struct optcert_swarm_limit {
    const optcert_swarm_problem *problem;
    optcert_optimizer optimizer;
    oc_hyper hyper;
    size_t paths;
    double time;
    double *theta, *m, *v, *gradient; /* paths * dimension numbers each */
} optcert_swarm_limit;

/* m = V = 0 at time 0, theta not set. False when memory is short; close in any case. */
bool optcert_swarm_limit_open(optcert_swarm_limit *limit);
void optcert_swarm_limit_close(optcert_swarm_limit *limit);

/* A step of length ds with the noise n of standard normals already mixed; frozen: theta stays. */
void optcert_swarm_limit_step(optcert_swarm_limit *limit, double ds, const double *noise, bool frozen);

#endif
