/* SPDX-License-Identifier: GPL-3.0-or-later
 * What K stochastic gradients at one point, each of a batch of b samples, say about mean and noise there, and at another
 * batch size, where the noise's variance is b/b' times as large (math: g = grad f + sigma z, sigma ~ 1/sqrt(batch)).
 *
 * The limit theorem's regime is noise that dominates: the second moment that an adaptive method divides by is
 * sigma^2 (1 + r^2) with r = |grad f|/sigma, so r^2 is the share by which v is not the noise (the term of order h in u).
 *
 * Estimators: unbiased for mean, variance, second moment and |grad f|^2. Intervals: 95 %, each by itself. Mean, and
 * logarithm of the second moment: Student t. Variance: chi^2 with degrees of freedom adjusted for the fourth cumulant (Box 1953). The
 * ratio of a coordinate: both at 97.5 % (Bonferroni). Skewness, and the ratio of all coordinates together: jackknife. */
#ifndef OPTCERT_GRADIENT_SAMPLE_H
#define OPTCERT_GRADIENT_SAMPLE_H
#include "estimate.h"

#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_GRADIENTS_MIN = 8, OPTCERT_RATIO_QUANTILES = 5 };

typedef struct optcert_gradient_sample {
    size_t count, dimension;
    const double *value; /* count rows of dimension values, none of them bad (optcert_gradient_first_bad) */
    double batch, to_batch;
} optcert_gradient_sample;

typedef struct optcert_coordinate {
    size_t index;
    optcert_estimate mean, variance, second, skewness; /* at the gradients' batch */
    optcert_estimate ratio;                            /* |mean|/noise at the new batch; infinite without noise */
} optcert_coordinate;

typedef enum optcert_regime {
    OPTCERT_REGIME_NOISE,    /* r^2 <= 1/10: v is the noise to 10 % */
    OPTCERT_REGIME_BETWEEN,  /* neither */
    OPTCERT_REGIME_MEAN,     /* r >= 1: more mean than noise */
    OPTCERT_REGIME_UNDECIDED /* the interval does not tell */
} optcert_regime;

typedef struct optcert_gradient_summary {
    optcert_estimate ratio;    /* |grad f|/sqrt(tr Sigma), all coordinates, at the new batch */
    optcert_estimate critical; /* batch at which that ratio is 1 */
    optcert_regime regime;
    size_t noiseless;          /* coordinates without any noise */
    size_t above, surely_above; /* coordinates whose ratio is over 1; whose whole interval is */
    double quantile[OPTCERT_RATIO_QUANTILES]; /* of the coordinates' ratios: 5, 25, 50, 75, 95 % */
    size_t most_skewed;
} optcert_gradient_summary;

/* coordinate: room for `dimension` of them. False when memory is short. */
bool optcert_gradient_measure(const optcert_gradient_sample *sample, optcert_coordinate *coordinate,
                              optcert_gradient_summary *summary);

/* Fourth powers of values up to this are summed without overflow. */
#define OPTCERT_GRADIENT_MOST 1e70

/* The first value that is not a number of at most that size, as row and coordinate; false when all are. */
bool optcert_gradient_first_bad(const optcert_gradient_sample *sample, size_t *row, size_t *coordinate);

#endif
