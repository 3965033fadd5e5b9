/* SPDX-License-Identifier: GPL-3.0-or-later
 * Second moments of deviations, block of gradients after block. */
#include "gradient_covariance.h"
#include "dense/dense.h"

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 256 }; /* gradients of a block */

/* x[coordinate][gradient] for `width` gradients from `first` on. */
static void deviations(const optcert_gradient_sample *s, const double *mean, size_t first, size_t width, double *x)
{
    for (size_t i = 0; i < width; i++) {
        const double *g = s->value + (first + i) * s->dimension;
        for (size_t c = 0; c < s->dimension; c++) {
            x[c * width + i] = g[c] - mean[c];
        }
    }
}

static void accumulate(const optcert_gradient_sample *s, const double *mean, double *x, double *sum)
{
    optcert_dense_one_thread();
    memset(sum, 0, s->dimension * s->dimension * sizeof *sum);
    for (size_t first = 0; first < s->count; first += WIDTH) {
        const size_t rest = s->count - first, width = rest < WIDTH ? rest : WIDTH;
        deviations(s, mean, first, width, x);
        optcert_dense_covariance(&(optcert_dense){s->dimension, width}, x, sum);
    }
}

bool optcert_gradient_covariance(const optcert_gradient_sample *sample, double *sigma)
{
    const size_t d = sample->dimension;
    double *mean = malloc(d * sizeof *mean), *x = malloc(d * WIDTH * sizeof *x);
    const bool whole = mean != NULL && x != NULL;
    for (size_t c = 0; whole && c < d; c++) {
        mean[c] = gsl_stats_mean(sample->value + c, d, sample->count);
    }
    if (whole) {
        accumulate(sample, mean, x, sigma);
    }
    const double factor = sample->batch / ((double)sample->count - 1.0);
    for (size_t i = 0; whole && i < d; i++) {
        for (size_t k = i; k < d; k++) {
            sigma[i * d + k] *= factor;
            sigma[k * d + i] = sigma[i * d + k];
        }
    }
    free(x);
    free(mean);
    return whole;
}
