/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mean, noise, skewness of gradients. */
#include "gradient_sample.h"

#include "deviations.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

static const double tail = 0.025;

static optcert_estimate around(double value, double margin)
{
    return (optcert_estimate){value, value - margin, value + margin};
}

/* One coordinate of all gradients. */
typedef struct column {
    optcert_deviations moments;
    size_t count;
    const double *deviation; /* from the mean */
} column;

static void center(double *x, size_t count, column *out)
{
    *out = (column){.count = count, .deviation = x};
    for (size_t i = 0; i < count; i++) {
        optcert_deviations_add(&out->moments, x[i]);
    }
    for (size_t i = 0; i < count; i++) {
        x[i] -= out->moments.mean;
    }
}

/* Variance of the sample variance is sigma^4 (2/(K-1) + gamma/K); chi^2 with as many degrees of freedom as have it. */
static double degrees_of_freedom(const column *c)
{
    const double k = c->moments.count, variance = optcert_deviations_variance(&c->moments);
    const double fourth = ((k + 1.0) * k * c->moments.sum4 / (variance * variance) - 3.0 * (k - 1.0) * (k - 1.0) * (k - 1.0)) /
                          ((k - 1.0) * (k - 2.0) * (k - 3.0)); /* unbiased fourth cumulant over variance^2 */
    return 2.0 / (2.0 / (k - 1.0) + fmax(fourth, 0.0) / k);
}

static optcert_estimate variance_of(const column *c, double level)
{
    const double value = optcert_deviations_variance(&c->moments);
    if (value == 0.0) {
        return (optcert_estimate){0.0, 0.0, 0.0};
    }
    const double nu = degrees_of_freedom(c);
    return (optcert_estimate){value, value * nu / gsl_cdf_chisq_Qinv(level, nu), value * nu / gsl_cdf_chisq_Pinv(level, nu)};
}

static optcert_estimate mean_of(const column *c, double level)
{
    const double k = c->moments.count;
    return around(c->moments.mean,
                  gsl_cdf_tdist_Qinv(level, k - 1.0) * sqrt(optcert_deviations_variance(&c->moments) / k));
}

/* (1/K) sum g^2, with Student's t for its logarithm: the squares are skewed */
static optcert_estimate second_of(const column *c, double level)
{
    const double k = (double)c->count;
    double sum = 0.0, sum_of_squares = 0.0;
    for (size_t i = 0; i < c->count; i++) {
        const double g = c->deviation[i] + c->moments.mean;
        sum += g * g;
    }
    const double mean = sum / k;
    for (size_t i = 0; i < c->count; i++) {
        const double g = c->deviation[i] + c->moments.mean;
        sum_of_squares += (g * g - mean) * (g * g - mean);
    }
    const double error = sqrt(sum_of_squares / (k - 1.0) / k);
    const double factor = mean > 0.0 ? exp(gsl_cdf_tdist_Qinv(level, k - 1.0) * error / mean) : 1.0;
    return (optcert_estimate){mean, mean / factor, mean * factor};
}

static optcert_estimate skewness_of(const column *c, double level)
{
    const optcert_deviations *m = &c->moments;
    const double k = m->count;
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < c->count; i++) {
        const double x = c->deviation[i];
        const double left_out = optcert_skewness(k - 1.0, -x, m->sum2 - x * x, m->sum3 - x * x * x);
        sum += left_out;
        squares += left_out * left_out;
    }
    const double error = sqrt(fmax(0.0, (k - 1.0) / k * (squares - sum * sum / k)));
    return around(optcert_skewness(k, 0.0, m->sum2, m->sum3), gsl_cdf_tdist_Qinv(level, k - 1.0) * error);
}

static double smallest_size(optcert_estimate x)
{
    return fmax(0.0, fmax(x.low, -x.high));
}

static double largest_size(optcert_estimate x)
{
    return fmax(-x.low, x.high);
}

static optcert_estimate ratio_of(const column *c, double factor)
{
    const optcert_estimate mean = mean_of(c, 0.5 * tail), variance = variance_of(c, 0.5 * tail);
    if (variance.value == 0.0) {
        const double value = mean.value == 0.0 ? 0.0 : INFINITY;
        return (optcert_estimate){value, value, value};
    }
    const double square = fmax(0.0, optcert_deviations_square(&c->moments));
    return (optcert_estimate){factor * sqrt(square / variance.value), factor * smallest_size(mean) / sqrt(variance.high),
                              factor * largest_size(mean) / sqrt(variance.low)};
}

static void measure_coordinate(const optcert_gradient_sample *sample, size_t j, double *work, optcert_coordinate *out)
{
    column c;
    for (size_t i = 0; i < sample->count; i++) {
        work[i] = sample->value[i * sample->dimension + j];
    }
    center(work, sample->count, &c);
    *out = (optcert_coordinate){.index = j,
                                .mean = mean_of(&c, tail),
                                .variance = variance_of(&c, tail),
                                .second = second_of(&c, tail),
                                .skewness = skewness_of(&c, tail),
                                .ratio = ratio_of(&c, sqrt(sample->to_batch / sample->batch))};
}

/* |E g|^2 / tr Sigma, both without bias, from |mean|^2 of k gradients and the sum of |g - mean|^2. */
static double square_ratio(double k, double square_of_mean, double deviations)
{
    const double trace = deviations / (k - 1.0);
    return trace > 0.0 ? (square_of_mean - trace / k) / trace : square_of_mean > 0.0 ? INFINITY : 0.0;
}

/* The mean, and of each deviation x_i from it |x_i|^2 and <x_i, mean>, as products[i] and products[count + i]. */
static void multiply(const optcert_gradient_sample *s, double *mean, double *products)
{
    for (size_t j = 0; j < s->dimension; j++) {
        mean[j] = gsl_stats_mean(s->value + j, s->dimension, s->count);
    }
    for (size_t i = 0; i < s->count; i++) {
        const double *g = s->value + i * s->dimension;
        double own = 0.0, with_mean = 0.0;
        for (size_t j = 0; j < s->dimension; j++) {
            const double x = g[j] - mean[j];
            own += x * x;
            with_mean += x * mean[j];
        }
        products[i] = own;
        products[s->count + i] = with_mean;
    }
}

/* The jackknife's interval for |E g|^2/tr Sigma at the gradients' batch. Without gradient i the mean is
 * mean - x_i/(k-1), and the sum of squares about it is less by |x_i|^2 k/(k-1). */
static optcert_estimate overall(const optcert_gradient_sample *s, const double *mean, const double *products)
{
    const double k = (double)s->count;
    double square_of_mean = 0.0, deviations = 0.0, total = 0.0, squares = 0.0;
    for (size_t j = 0; j < s->dimension; j++) {
        square_of_mean += mean[j] * mean[j];
    }
    for (size_t i = 0; i < s->count; i++) {
        deviations += products[i];
    }
    const double value = square_ratio(k, square_of_mean, deviations);
    if (!isfinite(value)) {
        return (optcert_estimate){value, value, value};
    }
    for (size_t i = 0; i < s->count; i++) {
        const double own = products[i], with_mean = products[s->count + i];
        const double rest = square_of_mean - 2.0 * with_mean / (k - 1.0) + own / ((k - 1.0) * (k - 1.0));
        const double left_out = square_ratio(k - 1.0, rest, deviations - own * k / (k - 1.0)) - value;
        total += left_out;
        squares += left_out * left_out;
    }
    return around(value, gsl_cdf_tdist_Qinv(tail, k - 1.0) * sqrt(fmax(0.0, (k - 1.0) / k * (squares - total * total / k))));
}

static optcert_regime regime_of(optcert_estimate ratio)
{
    const double small = sqrt(0.1);
    if (ratio.high <= small) {
        return OPTCERT_REGIME_NOISE;
    }
    if (ratio.low >= 1.0) {
        return OPTCERT_REGIME_MEAN;
    }
    return ratio.low > small && ratio.high < 1.0 ? OPTCERT_REGIME_BETWEEN : OPTCERT_REGIME_UNDECIDED;
}

static double root(double square)
{
    return sqrt(fmax(square, 0.0));
}

static void summarise(const optcert_gradient_sample *s, const optcert_coordinate *coordinate, optcert_estimate square,
                      double *sorted, optcert_gradient_summary *out)
{
    static const double at[OPTCERT_RATIO_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
    const double factor = sqrt(s->to_batch / s->batch);
    out->ratio = (optcert_estimate){factor * root(square.value), factor * root(square.low), factor * root(square.high)};
    out->critical = (optcert_estimate){s->batch / fmax(square.value, 0.0), s->batch / fmax(square.high, 0.0),
                                       s->batch / fmax(square.low, 0.0)};
    out->regime = regime_of(out->ratio);
    for (size_t j = 0; j < s->dimension; j++) {
        const optcert_coordinate *c = &coordinate[j];
        sorted[j] = c->ratio.value;
        out->noiseless += c->variance.value == 0.0;
        out->above += c->ratio.value > 1.0;
        out->surely_above += c->ratio.low > 1.0;
        if (fabs(c->skewness.value) > fabs(coordinate[out->most_skewed].skewness.value)) {
            out->most_skewed = j;
        }
    }
    gsl_sort(sorted, 1, s->dimension);
    for (size_t q = 0; q < OPTCERT_RATIO_QUANTILES; q++) { /* of an element: infinities do not interpolate */
        out->quantile[q] = sorted[(size_t)(at[q] * (double)(s->dimension - 1) + 0.5)];
    }
}

bool optcert_gradient_measure(const optcert_gradient_sample *sample, optcert_coordinate *coordinate,
                              optcert_gradient_summary *summary)
{
    double *work = malloc(sample->count * sizeof *work);
    double *mean = malloc(sample->dimension * sizeof *mean);
    double *products = malloc(2 * sample->count * sizeof *products);
    const bool ok = work != NULL && mean != NULL && products != NULL;
    *summary = (optcert_gradient_summary){0};
    if (ok) {
        for (size_t j = 0; j < sample->dimension; j++) {
            measure_coordinate(sample, j, work, &coordinate[j]);
        }
        multiply(sample, mean, products);
        const optcert_estimate square = overall(sample, mean, products);
        summarise(sample, coordinate, square, mean, summary);
    }
    free(products);
    free(mean);
    free(work);
    return ok;
}

bool optcert_gradient_first_bad(const optcert_gradient_sample *sample, size_t *row, size_t *coordinate)
{
    for (size_t i = 0; i < sample->count * sample->dimension; i++) {
        if (!(fabs(sample->value[i]) <= OPTCERT_GRADIENT_MOST)) {
            *row = i / sample->dimension;
            *coordinate = i % sample->dimension;
            return true;
        }
    }
    return false;
}
