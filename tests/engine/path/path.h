/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many Euler-Maruyama paths of the one-dimensional RMSprop limit (MLPA Def. 4.1) with f = a theta^2/2, Sigma = S,
 * random numbers made where they are used:
 *   p = sigma0 sqrt(u) + eps0,  theta' = theta - (a h theta + sigma0 sqrt(S h) z)/p,  u' = u + c2 h (S - u).
 * One root and one division a step, where the library's general coefficients take two divisions: the same real
 * function, rounded otherwise. Both stay within gamma(7u) |increment| + u |theta'| of it.
 * The same bits on every instruction set and for any split into ranges and threads. */
#ifndef OPTCERT_PATH_H
#define OPTCERT_PATH_H
#include <stddef.h>
#include <stdint.h>

enum { OPTCERT_PATH_BLOCK = 1024 }; /* ranges of paths begin and end at multiples of this */

typedef struct optcert_path_plan {
    double sigma0, eps0;
    double pull;  /* a h */
    double kick;  /* sigma0 sqrt(S h) */
    double relax; /* c2 h */
    double level; /* S */
} optcert_path_plan;

typedef enum optcert_increments { OPTCERT_NORMAL_INCREMENTS, OPTCERT_TWO_POINT_INCREMENTS } optcert_increments;

/* Weak order 1 needs increments with a normal's first three moments: two-point ones are enough. */
optcert_path_plan optcert_path_plan_of(double a, double s, double sigma0, double eps0, double c2, double h);

/* Steps 0 .. steps-1 of paths first .. first + n - 1, whose states are theta[i], u[i] >= 0. The noise of path p at
 * step k is random.h's number of stream p, step k, coordinate 0, purpose 0. */
void optcert_path_run(const optcert_path_plan *plan, optcert_increments increments, uint64_t seed, uint64_t first,
                      size_t n, uint32_t steps, double *theta, double *u);

/* Means over paths 0 .. n-1 (a multiple of OPTCERT_PATH_BLOCK) that start at (theta, u): theta, theta^2 and u after
 * the steps, from exact sums, on this many threads. Memory is that of one block a thread. */
void optcert_path_means(const optcert_path_plan *plan, optcert_increments increments, uint64_t seed, uint64_t n,
                        uint32_t steps, unsigned threads, double theta, double u, double mean[3]);

#endif
