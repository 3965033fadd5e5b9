/* SPDX-License-Identifier: GPL-3.0-or-later
 * One-dimensional problems (f, Sigma) of a gradient oracle g = f'(theta) + sigma sqrt(Sigma(theta)) z. */
#ifndef OPTCERT_PROBLEM_H
#define OPTCERT_PROBLEM_H
#include "data.h"

#include <stdbool.h>

typedef struct optcert_problem optcert_problem;

typedef struct optcert_problem_kind {
    const char *name;
    const char *text;
    const char *keys; /* parameters it reads, separated by spaces */
    bool polynomial;  /* f' linear and Sigma constant: functions of theta stay close to polynomials */
    bool flat;        /* f' and Sigma constant */
    bool state_noise; /* Sigma depends on theta */
    bool of_data;     /* f and Sigma are those of a data set: optcert_problem_set_data */
    double (*gradient)(const optcert_problem *, double theta);
    double (*curvature)(const optcert_problem *, double theta); /* f'' */
} optcert_problem_kind;

struct optcert_problem {
    const optcert_problem_kind *kind;
    double a, b;              /* of f */
    double s0, s01, s1;       /* Sigma(theta) = s0 + s01 theta + s1 theta^2 */
    const optcert_data *data; /* NULL but for problems of data */
};

extern const optcert_problem_kind optcert_problem_kinds[]; /* ends with a NULL name */
const optcert_problem_kind *optcert_problem_find(const char *name);

/* A problem of data reads its f and Sigma off the data set (dimension 1): f = a theta^2/2 - b theta + const.
 * Label noise keeps S0, the variance of a label's error, as its scale: Sigma = S0 mean(x^2). */
void optcert_problem_set_data(optcert_problem *problem, const optcert_data *data);

/* Whether f' is linear in theta. */
bool optcert_problem_is_linear(const optcert_problem_kind *kind);

double optcert_gradient(const optcert_problem *problem, double theta);
double optcert_curvature(const optcert_problem *problem, double theta);
double optcert_sigma2(const optcert_problem *problem, double theta);            /* Sigma */
double optcert_sigma2_derivative(const optcert_problem *problem, double theta); /* Sigma' */

/* Where dtheta/ds = sqrt(Sigma(theta)) leads from theta after s. */
double optcert_noise_flow(const optcert_problem *problem, double theta, double s);

#endif
