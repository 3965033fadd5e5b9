/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far apart two laws on R^d are, from samples, with intervals that hold for every sample size.
 *
 * The distance is the maximum mean discrepancy of a bounded kernel: k(x, y) = mean_j cos <w_j, x - y> with fixed
 * frequencies w_j drawn once from a normal law; its feature map phi(x) = (cos <w_j, x>, sin <w_j, x>)_j / sqrt(J) has
 * length 1, and the distance is |E phi(X) - E phi(Y)|. Samples come in pairs (X_i, Y_i), coupled or not; the pairs are
 * independent of each other.
 *
 * The interval: D_i = phi(X_i) - phi(Y_i) has |D| <= 2, so with probability 1 - delta
 *   |mean D - E D| <= 4 L/n + sqrt(2 s L/n), L = log(2/delta), s = E |D|^2   (Pinelis 1994; Smale, Zhou 2007, Lemma 2),
 * and with probability 1 - delta, V being the sample variance of |D|^2 <= 4,
 *   s <= mean |D|^2 + sqrt(2 V L/n) + 28 L/(3 (n-1))                        (Maurer, Pontil 2009, Thm. 4).
 * Neither is an approximation: confidences like 1 - 10^-7 are honest. spec/scaling-suite.md tells how it is used. */
#ifndef OPTCERT_LAW_DISTANCE_H
#define OPTCERT_LAW_DISTANCE_H
#include "estimate.h"

#include <stddef.h>
#include <stdint.h>

enum { OPTCERT_FREQUENCIES = 8, OPTCERT_FEATURES = 2 * OPTCERT_FREQUENCIES, OPTCERT_LAW_DIMENSIONS = 4 };

typedef struct optcert_features {
    size_t dimension;
    double w[OPTCERT_FREQUENCIES][OPTCERT_LAW_DIMENSIONS];
} optcert_features;

/* Frequencies for laws whose coordinates vary by about `scale`; a fixed seed, so always the same. */
void optcert_features_set(optcert_features *features, size_t dimension, double scale);

/* phi of `paths` points, coordinate i of point p at x[i*paths + p]; feature f of point p at out[f*paths + p]. */
void optcert_features_of(const optcert_features *features, size_t paths, const double *x, double *out);

/* What a distance means: the shift of the mean, in standard deviations, that takes a normal law N(0, deviation^2 I) to that
 * distance from itself, along the coordinate axis on which it takes the longest; infinite where no shift up to 10 does. */
double optcert_features_shift(const optcert_features *features, double deviation, double distance);

/* Sums over pairs, to which blocks of pairs are added. */
typedef struct optcert_law_sums {
    double count, difference[OPTCERT_FEATURES], square, fourth; /* sums of D, |D|^2, |D|^4 */
} optcert_law_sums;

void optcert_law_add(optcert_law_sums *sums, size_t paths, const double *features_x, const double *features_y);

/* The distance; its interval holds with probability 1 - delta. */
optcert_estimate optcert_law_distance(const optcert_law_sums *sums, double delta);

/* The distance that is left for h -> 0, from pairs at h and at h/4: D(h) = D_0 + a h + O(h^2), so (4 D(h/4) - D(h))/3 is
 * D_0 + O(h^2). The interval takes in both radii and |D(h/4) - D(h)|/3, the whole correction: it covers the rest of order
 * h^2 while that is no larger than the part of order h. */
optcert_estimate optcert_law_limit(const optcert_law_sums *coarse, const optcert_law_sums *fine, double delta);

/* Energy distance of two independent samples (Szekely, Rizzo 2004), and the p-value of the hypothesis of equal laws by
 * `permutations` random relabellings: at least 1/(permutations + 1), exact whatever the laws. NaN when memory is short. */
typedef struct optcert_energy {
    double distance, p;
} optcert_energy;
optcert_energy optcert_energy_test(size_t dimension, size_t paths, const double *x, const double *y, unsigned permutations,
                                   uint64_t seed);

#endif
