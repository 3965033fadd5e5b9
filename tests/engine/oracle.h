/* SPDX-License-Identifier: GPL-3.0-or-later
 * Noisy gradient oracles with scale (MLPA Def. 2.1): g = grad f(theta) + sigma z, E z = 0, Cov z =
 * Sigma(theta).
 *
 * In dimension d, problems without data are sums over coordinates: f = sum_i f_1(theta_i), Sigma diagonal,
 * and with them the families Sigma = S0 and Sigma(theta) = S0 + S1 diag(theta^2). Problems of data are least
 * squares in d dimensions. Amplification l > 1 makes it SVAG(l) over the same oracle: z = (r1 z1 + r2 z2)/l
 * from two independent calls, whose scale is then l sigma; Sigma stays. */
#ifndef OPTCERT_ORACLE_H
#define OPTCERT_ORACLE_H
#include "noise.h"
#include "problem.h"

typedef struct optcert_oracle {
    optcert_problem problem;
    const optcert_noise *noise;
    size_t dimension;
    double batch;         /* samples in a batch: a whole number; of data laws only */
    double amplification; /* l of SVAG(l), at least 1 (1: none) */
} optcert_oracle;

/* Whether law, problem and batch fit together; else false with a reason. */
bool optcert_oracle_check(const optcert_oracle *oracle, char reason[OPTCERT_DATA_REASON]);

/* Sigma(theta) as a d x d matrix. */
void optcert_oracle_covariance(const optcert_oracle *oracle, const double *theta, double *sigma);

/* How many standard normals one draw takes, and the draw of z (d numbers): a pure function of them. LAW
 * noises without amplification take one a coordinate, and coordinate i depends on normals[i] alone, by an
 * increasing function. */
size_t optcert_oracle_normals(const optcert_oracle *oracle);
void optcert_oracle_draw(const optcert_oracle *oracle, const double *theta, const double *normals, double *z);

/* SVAG's weights of its two calls over l: r1/l and r2/l, whose squares sum to 1; l = 1: 1 and 0. */
void optcert_oracle_mixture(const optcert_oracle *oracle, double weight[2]);

/* The law of z_i/sqrt(Sigma_ii) at theta (mean 0, variance 1), as a rule of at most n <= 26 nodes (exact up
 * to degree 2n-1; student3 as noise.h says), and its third and fourth moments (NaN: they do not exist). */
void optcert_oracle_rule(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                         optcert_rule *rule);
double optcert_oracle_skewness(const optcert_oracle *oracle, const double *theta, size_t i);
double optcert_oracle_fourth(const optcert_oracle *oracle, const double *theta, size_t i);

/* sigma of the batches that were asked for: sqrt(1/B), without replacement sqrt((n-B)/(B (n-1))); labels:
 * 1/sqrt(n). 1 for the other laws. Times l for SVAG(l). */
double optcert_oracle_scale(const optcert_oracle *oracle);

#endif
