/* SPDX-License-Identifier: GPL-3.0-or-later
 * The coupling of a chain's oracle to the Brownian increment of its limit. Oracles that take one normal a coordinate get
 * the increment itself, through their law's increasing map. Batches, labels and SVAG take several: the increment is then
 * their sum with weights whose squares sum to 1, in proportion to what each adds to the noise. */
#ifndef OPTCERT_COUPLING_H
#define OPTCERT_COUPLING_H
#include "oracle.h"
#include "random/random.h"

typedef struct optcert_coupling {
    optcert_oracle oracle; /* of one coordinate */
    size_t numbers;        /* normals that a coordinate takes */
    size_t single;         /* those of one call: SVAG makes two */
    double call[2];        /* weights of the calls */
    double scale;          /* of the weights within a call */
} optcert_coupling;

/* numbers * d * width normals, laid out [number][coordinate][path], each from a coordinate of `at` of its own. */
void optcert_coupling_normals(const optcert_random *at, size_t numbers, size_t d, size_t width, double *out);

void optcert_coupling_open(optcert_coupling *coupling, const optcert_oracle *oracle);

/* n increments from numbers * n normals, laid out [number][path]. */
void optcert_coupling_increment(const optcert_coupling *coupling, size_t n, const double *normals, double *out);

/* What the oracle makes of sign * normals at theta, over the square root of Sigma: mean 0, variance 1. With one number
 * `normals` are the increments. */
void optcert_coupling_noise(const optcert_coupling *coupling, size_t n, double sign, const double *normals,
                            const double *theta, double *out);

#endif
