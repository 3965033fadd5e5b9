/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moment equations in any dimension: where the mean and the second moments of a chain follow from themselves, so do those of
 * its limit, and both are computed without sampling and without grids. They close
 *   - in theta, for SGD where grad f is linear and Sigma at most quadratic in theta (E theta_i, E theta_i theta_j),
 *   - in (m, u), for RMSprop, Adam and AdamW where grad f and Sigma are constant (per coordinate).
 * They do not in the theta of RMSprop and Adam: theta moves by 1/(sigma0 sqrt(u) + eps0), whose mean no moments of u give.
 * y is the vector of these moments, y[0] = 1 among them. A step is a linear map of it, E y' = A_h y; the limit's is
 * dy/dt = L_h y; A_h = I + h L_0 + h^2 A_2 + o(h^2); C_1 = int exp((T-t) L_0) R exp(t L_0) y dt with R = A_2 - L_0^2/2 - L_1,
 * L_1 = dL_h/dh.
 *
 * Errors. Every answer comes with a bound of what rounding, and the cut of a Taylor series, have done to it: norms of the
 * maps (optcert_moments_bound) carry the bound along with y. */
#ifndef OPTCERT_MOMENTS_H
#define OPTCERT_MOMENTS_H
#include "settings.h"

enum { OPTCERT_MOMENTS_MOST = 2048 /* dimension, with matrices of moments */ };

typedef struct optcert_moments optcert_moments;

/* Whether a study is one for these equations: without sampling, in more than one dimension or by matrices. */
bool optcert_moments_wanted(const optcert_study *study);

/* Whether this study's test functions close; else false with a one-line reason. */
bool optcert_moments_closed(const optcert_study *study, char reason[OPTCERT_REASON_SIZE]);

/* Of a closed study, which must outlive it. NULL when memory is short. */
optcert_moments *optcert_moments_open(const optcert_study *study);
void optcert_moments_close(optcert_moments *moments);

/* Values of the study's test functions, averaged over coordinates, and bounds of their error. */
typedef struct optcert_moments_answer {
    double value[OPTCERT_PHI_MAX], error[OPTCERT_PHI_MAX];
} optcert_moments_answer;

/* The chain's after `steps` steps of h = horizon/steps. */
bool optcert_moments_chain(const optcert_moments *moments, size_t steps, optcert_moments_answer *out);

/* The limit's after `duration`, at this h, with the study's mistake if it has one. */
bool optcert_moments_limit(const optcert_moments *moments, double h, double duration, optcert_moments_answer *out);

/* C_1 of the study's test functions; the study must have no mistake. */
bool optcert_moments_coefficient(const optcert_moments *moments, optcert_moments_answer *out);

#endif
