/* SPDX-License-Identifier: GPL-3.0-or-later
 * f and Sigma of a study in d dimensions: the sum of the one-dimensional problem over coordinates, plus a coupling of
 * neighbours on a ring, (couple/2) sum (theta_i - theta_{i+1})^2. */
#include "matrices.h"
#include "model.h"

#include <math.h>

static void gradient(const optcert_problem *problem, size_t n, const double *theta, double *grad)
{
    if (optcert_problem_is_linear(problem->kind)) {
        const double constant = optcert_gradient(problem, 0.0);
        const double slope = optcert_curvature(problem, 0.0);
        for (size_t i = 0; i < n; i++) {
            grad[i] = constant + slope * theta[i];
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        grad[i] = optcert_gradient(problem, theta[i]);
    }
}

static void couple_neighbours(double strength, const optcert_paths *paths, double *grad)
{
    const size_t d = paths->dimension;
    const size_t width = paths->width;
    for (size_t c = 0; c < d; c++) {
        const double *here = paths->theta + c * width;
        const double *left = paths->theta + (c + d - 1) % d * width;
        const double *right = paths->theta + (c + 1) % d * width;
        for (size_t i = 0; i < width; i++) {
            grad[c * width + i] += strength * (2.0 * here[i] - left[i] - right[i]);
        }
    }
}

static void deviations(const optcert_problem *problem, size_t n, const double *theta, double *sd)
{
    for (size_t i = 0; i < n; i++) {
        sd[i] = sqrt(problem->s0 + problem->s01 * theta[i] + problem->s1 * theta[i] * theta[i]);
    }
}

void optcert_model_oracle(const optcert_study *study, const optcert_paths *paths, double *grad, double *sd)
{
    const optcert_problem *problem = &study->dynamics.oracle.problem;
    const size_t n = paths->dimension * paths->width;
    const optcert_matrices *matrices = study->matrices;
    if (matrices != NULL && matrices->hessian != NULL) {
        optcert_matrices_gradient(matrices, paths->width, paths->theta, grad);
    } else {
        gradient(problem, n, paths->theta, grad);
    }
    if (study->couple != 0.0) {
        couple_neighbours(study->couple, paths, grad);
    }
    if (matrices != NULL && matrices->root != NULL) {
        optcert_matrices_deviations(matrices, paths->width, sd);
    } else {
        deviations(problem, n, paths->theta, sd);
    }
}
