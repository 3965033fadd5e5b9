/* SPDX-License-Identifier: GPL-3.0-or-later
 * One step of each optimizer in real arithmetic and in the variables of its limit (MLPA sec. 4):
 * sigma = sigma0/eta, eps = eps0/eta, 1-beta_i = c_i eta^2, lambda = lambda0 eta, u = v/sigma^2, h = eta^2.
 * SGD's time unit is eta instead, and its sigma does not scale: h = eta, sigma = sigma0. Where the linear scaling rule
 * is asked about, eta sigma^2 stays: "sgd/scaled" has h = eta, sigma = sigma0/sqrt(eta). */
#ifndef OPTCERT_OPTIMIZER_MAP_H
#define OPTCERT_OPTIMIZER_MAP_H
#include "oracle.h"

#include <stdbool.h>

typedef enum optcert_optimizer {
    OPTCERT_SGD,
    OPTCERT_SGD_SCALED,
    OPTCERT_RMSPROP,      /* the old v divides (MLPA Def. 2.2) */
    OPTCERT_RMSPROP_NEWV, /* the new v divides (PyTorch) */
    OPTCERT_ADAM,
    OPTCERT_ADAMW
} optcert_optimizer;

typedef struct optcert_optimizer_kind {
    const char *name;
    optcert_optimizer optimizer;
    const char *keys; /* parameters it reads */
    bool has_m, has_u;
} optcert_optimizer_kind;

extern const optcert_optimizer_kind optcert_optimizer_kinds[]; /* ends with a NULL name */
const optcert_optimizer_kind *optcert_optimizer_find(const char *name);

typedef struct optcert_dynamics {
    const optcert_optimizer_kind *kind;
    optcert_oracle oracle;
    double sigma0, eps0, c1, c2, lambda0;
} optcert_dynamics;

typedef struct optcert_state {
    double theta, m, u;
} optcert_state;

/* g/sigma of a step of length h at theta (SGD: g itself). */
double optcert_map_gradient(const optcert_dynamics *dynamics, double h, double theta, double z);
double optcert_map_u(const optcert_dynamics *dynamics, double h, double u, double gradient);
double optcert_map_m(const optcert_dynamics *dynamics, double h, double m, double gradient);

/* Adam and AdamW: theta' = keep * theta - h * rate(u') * m' at step k (0-based; real, so that a run may start at any t0). */
double optcert_map_adam_rate(const optcert_dynamics *dynamics, double h, double k, double u);
double optcert_map_adam_keep(const optcert_dynamics *dynamics, double h);

/* The whole step k with noise z. */
optcert_state optcert_map_step(const optcert_dynamics *dynamics, double h, double k, optcert_state x, double z);

#endif
