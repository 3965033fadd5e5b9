/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quadratic loss f = theta^T H theta / 2 and noise of a full covariance Sigma, in d dimensions, for the sampled engine.
 * Every path of a block at once, by dense.h: OpenBLAS where it pays, on one thread. Its bits depend on the processor, on
 * nothing else here: blocks have the same shape whatever the number of threads and ranks. */
#ifndef OPTCERT_MATRICES_H
#define OPTCERT_MATRICES_H
#include <stdbool.h>
#include <stddef.h>

typedef struct optcert_matrices {
    size_t dimension;
    double *hessian;   /* d x d, symmetric; NULL: none */
    double *root;      /* d x d, root root^T = the correlation matrix of the noise; NULL: none */
    double *deviation; /* sqrt(diag Sigma); NULL with root */
} optcert_matrices;

enum { OPTCERT_MATRICES_REASON = 240, OPTCERT_MATRICES_MOST = 4096 /* dimension */ };

/* Reads .npy files; either path may be NULL. H must be symmetric and finite, Sigma symmetric and positive definite. False:
 * a one-line reason that names the file. */
bool optcert_matrices_read(const char *hessian, const char *covariance, optcert_matrices *out,
                           char reason[OPTCERT_MATRICES_REASON]);
void optcert_matrices_free(optcert_matrices *matrices);

/* grad = H theta; arrays [coordinate][path]. */
void optcert_matrices_gradient(const optcert_matrices *matrices, size_t width, const double *theta, double *grad);

/* Gives independent normals z Sigma's correlations. `room` has the size of z. */
void optcert_matrices_correlate(const optcert_matrices *matrices, size_t width, double *room, double *z);

/* sd = sqrt(diag Sigma), for every path. */
void optcert_matrices_deviations(const optcert_matrices *matrices, size_t width, double *sd);

/* The matrices' numbers and the processor that OpenBLAS works for: what a checkpoint belongs to. */
void optcert_matrices_describe(const optcert_matrices *matrices, char *text, size_t size);

#endif
