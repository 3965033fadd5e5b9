/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a weak-error study asks: dynamics, noise, start, horizon, test functions. The chain makes N steps of
 * h = T/N from continuous time t0; its limit runs from t0 to t0 + T. */
#ifndef OPTCERT_STUDY_H
#define OPTCERT_STUDY_H
#include "optimizer_map.h"
#include "phi.h"

/* Deliberate mistakes in the limit, which a study must notice. */
typedef enum optcert_mistake {
    OPTCERT_NO_MISTAKE,
    OPTCERT_MISSING_PRECONDITIONER, /* the drift of theta without P^-1 */
    OPTCERT_TIME_UNIT,              /* a step lasts eta instead of eta^2 (SGD: eta^2 instead of eta) */
    OPTCERT_NO_GAMMA,               /* Adam's gamma_1 = gamma_2 = 1 */
    OPTCERT_STRATONOVICH            /* the Ito equation read as a Stratonovich one */
} optcert_mistake;

typedef struct optcert_study {
    optcert_dynamics dynamics;
    double t0, horizon;
    optcert_state start;
    size_t phi_count;
    optcert_phi phi[OPTCERT_PHI_MAX];
    bool second_order; /* correct the limit's drift and diffusion at order h (order2.h) */
    optcert_mistake mistake;
    /* In d = dimension, which may be more than 1 where `wide` says so: f = sum of the one-dimensional f over coordinates plus
     * (couple/2) sum (theta_i - theta_{i+1})^2 on a ring; any two coordinates' noise has this correlation. Test
     * functions are averaged over coordinates. `matrices` (sample/matrices.h), where they are not NULL, take the place of
     * f, or of the noise's covariance, or of both. */
    bool sampled, wide;
    double dimension, couple, correlation;
    const struct optcert_matrices *matrices;
} optcert_study;

#endif
