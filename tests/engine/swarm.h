/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many paths of one optimizer side by side: element i*paths + p is coordinate i of path p, so that a coordinate-wise
 * optimizer, ours or a stranger's, takes a step of all paths in one call.
 *
 * Oracles in d dimensions whose gradient is linear in theta. What chance decides in a step is a *token*, numbers that
 * average like minibatches: the mean of kappa tokens is the token of the union, a batch kappa times as large, and
 * r1 t1 + r2 t2 is SVAG's.
 *   bowl       f = <theta, A theta>/2, d = 2, A not diagonal; token: Gaussian noise of correlated coordinates
 *   skewed     the same loss with noise from the centred exponential law, which the limit theorem does not admit as it is
 *   stackloss  least squares, d = 3, on Brownlee's (1965) 21 days of a plant's stack loss, standardised; token: the
 *              moments of a minibatch of 1 drawn with replacement (SVAG: two such) */
#ifndef OPTCERT_SWARM_H
#define OPTCERT_SWARM_H
#include "optcert/build.h"

#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_SWARM_DIMENSIONS = 3, OPTCERT_TOKEN_MAX = 9 };

typedef struct optcert_swarm_problem {
    const char *name, *text;
    size_t dimension, token; /* numbers in a token */
    double start[OPTCERT_SWARM_DIMENSIONS], before[OPTCERT_SWARM_DIMENSIONS]; /* before: where averages are filled */
    double noise; /* typical standard deviation of a coordinate of the gradient */
    double scale; /* how far the runs of the suites spread; small enough for noise to dominate the gradient's mean */
} optcert_swarm_problem;

extern const optcert_swarm_problem optcert_swarm_problems[]; /* ends with a NULL name */
const optcert_swarm_problem *optcert_swarm_problem_find(const char *name);

/* The tokens of SVAG(l) (1: plain) at `step` of the paths first, first + 1, ..., a pure function of (seed, path, step,
 * l). Layout: number q of path first + p at q*paths + p. */
void optcert_swarm_tokens(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, uint32_t step, size_t first,
                          size_t paths, double *token);

/* The tokens of batches kappa times as large, drawn at once: independent of all of optcert_swarm_tokens. */
void optcert_swarm_union(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, unsigned kappa, uint32_t step,
                         size_t first, size_t paths, double *token);

/* bowl and skewed: the tokens, and with them the standard normals that drive the limit in their place: of each path two,
 * coupled to the token as closely as an increasing map allows. */
void optcert_swarm_coupled(const optcert_swarm_problem *problem, uint64_t seed, unsigned l, uint32_t step, size_t first,
                           size_t paths, double *token, double *normal);

/* bowl and skewed: from two standard normals of each path the noise of a gradient, in place. */
void optcert_swarm_mix(size_t paths, double *normal);

/* token: NULL for the gradient's mean (bowl and skewed). */
void optcert_swarm_gradient(const optcert_swarm_problem *problem, size_t paths, const double *theta, const double *token,
                            double *gradient);

/* Cov of the gradient's noise at theta, diagonal: what the limit's u tends to. */
void optcert_swarm_variance(const optcert_swarm_problem *problem, const double *theta, double *variance);

/* How the paths take a step: any optimizer behind the build interface. */
typedef struct optcert_stepper {
    /* A state for n elements, all slots zero; NULL when the optimizer refuses. */
    void *(*create)(void *context, size_t n, const optcert_hyper *hyper);
    bool (*step)(void *state, double *theta, const double *gradient);
    void (*destroy)(void *state);
    void *context;
} optcert_stepper;

/* The library's optimizer of that name ("rmsprop-new-v"), binary64, in this process. False: no such name. */
bool optcert_stepper_builtin(const char *name, optcert_stepper *out);

#endif
