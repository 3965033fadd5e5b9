/* SPDX-License-Identifier: GPL-3.0-or-later
 * Least squares over a data set. Noise of a batch: the mean over its samples of x (<x, theta> - y), less the
 * mean over all, over sigma. Noise of labels: the mean over all samples of x e, e the label's error, over
 * sigma = 1/sqrt(n). */
#include "oracle_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double residual(const optcert_data *data, const double *theta, size_t k)
{
    double sum = -data->y[k];
    for (size_t i = 0; i < data->dimension; i++) {
        sum += data->x[k * data->dimension + i] * theta[i];
    }
    return sum;
}

void optcert_oracle_data_gradient(const optcert_data *data, const double *theta, double *gradient)
{
    const size_t d = data->dimension;
    memset(gradient, 0, d * sizeof *gradient);
    for (size_t k = 0; k < data->samples; k++) {
        const double share = residual(data, theta, k) / (double)data->samples;
        for (size_t i = 0; i < d; i++) {
            gradient[i] += share * data->x[k * d + i];
        }
    }
}

/* Adds factor * v v^T. */
static void add_outer(size_t d, double factor, const double *v, double *sigma)
{
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j < d; j++) {
            sigma[i * d + j] += factor * v[i] * v[j];
        }
    }
}

void optcert_oracle_data_covariance(const optcert_oracle *oracle, const double *theta, double *sigma)
{
    const optcert_data *data = oracle->problem.data;
    const size_t d = data->dimension;
    const bool labels = oracle->noise->source == OPTCERT_NOISE_LABELS;
    double mean[d];
    memset(sigma, 0, d * d * sizeof *sigma);
    for (size_t k = 0; k < data->samples; k++) {
        const double e = residual(data, theta, k);
        add_outer(d, (labels ? oracle->problem.s0 : e * e) / (double)data->samples, data->x + k * d, sigma);
    }
    if (!labels) {
        optcert_oracle_data_gradient(data, theta, mean);
        add_outer(d, -1.0, mean, sigma);
    }
}

/* The law of the sum of the first items, by how many of them were chosen. */
typedef struct partial {
    optcert_rule law;
    double probability; /* of that many; 0: impossible so far */
} partial;

static double item(const optcert_oracle *oracle, const double *theta, size_t i, size_t k)
{
    const optcert_data *data = oracle->problem.data;
    const double x = data->x[k * data->dimension + i];
    return oracle->noise->source == OPTCERT_NOISE_LABELS ? x * sqrt(oracle->problem.s0)
                                                         : x * residual(data, theta, k);
}

/* The mixture of `stay` and `take` shifted by z. */
static void mix(const partial *stay, const partial *take, double z, size_t n, partial *out)
{
    double at[2 * OPTCERT_RULE_MAX];
    double w[2 * OPTCERT_RULE_MAX];
    size_t count = 0;
    for (size_t q = 0; stay->probability > 0.0 && q < stay->law.n; q++) {
        at[count] = stay->law.z[q];
        w[count++] = stay->probability * stay->law.w[q];
    }
    for (size_t q = 0; take->probability > 0.0 && q < take->law.n; q++) {
        at[count] = take->law.z[q] + z;
        w[count++] = take->probability * take->law.w[q];
    }
    out->probability = stay->probability + take->probability;
    if (count > 0) {
        optcert_rule_gauss(count, at, w, n, &out->law);
        for (size_t q = 0; q < out->law.n; q++) {
            out->law.w[q] /= out->probability;
        }
    }
}

/* The sum of a batch without replacement, sample by sample: sample k of n joins with probability
 * (B - chosen)/(n - k). Each reduction keeps all moments up to degree 2n-1, on which alone those of the sum
 * depend. */
static void epoch_sum(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                      optcert_rule *rule)
{
    const size_t samples = oracle->problem.data->samples;
    const size_t batch = (size_t)oracle->batch;
    partial state[batch + 1];
    memset(state, 0, sizeof state);
    state[0] = (partial){{1, {0.0}, {1.0}}, 1.0};
    for (size_t k = 0; k < samples; k++) {
        for (size_t b = batch + 1; b-- > 0;) {
            partial stay = state[b];
            partial take = b > 0 ? state[b - 1] : (partial){.probability = 0.0};
            stay.probability *= 1.0 - (double)(batch - b) / (double)(samples - k);
            take.probability *= b > 0 ? (double)(batch - b + 1) / (double)(samples - k) : 0.0;
            mix(&stay, &take, item(oracle, theta, i, k), n, &state[b]);
        }
    }
    *rule = state[batch].law;
}

/* The sum of `batch` independent draws of one sample. */
static void batch_sum(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                      optcert_rule *rule)
{
    const size_t samples = oracle->problem.data->samples;
    double z[samples];
    double w[samples];
    optcert_rule one;
    for (size_t k = 0; k < samples; k++) {
        z[k] = item(oracle, theta, i, k);
        w[k] = 1.0 / (double)samples;
    }
    optcert_rule_gauss(samples, z, w, n, &one);
    *rule = one;
    for (size_t b = 1; b < (size_t)oracle->batch; b++) {
        const optcert_rule sum = *rule;
        optcert_rule_sum(1.0, &sum, 1.0, &one, n, rule);
    }
}

static void labels_sum(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                       optcert_rule *rule)
{
    *rule = (optcert_rule){1, {0.0}, {1.0}};
    for (size_t k = 0; k < oracle->problem.data->samples; k++) {
        const double error = item(oracle, theta, i, k);
        const optcert_rule flip = {2, {-error, error}, {0.5, 0.5}};
        const optcert_rule sum = *rule;
        optcert_rule_sum(1.0, &sum, 1.0, &flip, n, rule);
    }
}

/* To mean 0 and variance 1: whatever constants the sum carries go. */
static void standardise(optcert_rule *rule)
{
    const double mean = optcert_rule_moment(rule, 1);
    double square = 0.0;
    for (size_t q = 0; q < rule->n; q++) {
        rule->z[q] -= mean;
        square += rule->w[q] * rule->z[q] * rule->z[q];
    }
    for (size_t q = 0; q < rule->n; q++) {
        rule->z[q] /= sqrt(square);
    }
}

void optcert_oracle_data_rule(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                              optcert_rule *rule)
{
    switch (oracle->noise->source) {
    case OPTCERT_NOISE_BATCH:
        batch_sum(oracle, theta, i, n, rule);
        break;
    case OPTCERT_NOISE_EPOCH:
        epoch_sum(oracle, theta, i, n, rule);
        break;
    default:
        labels_sum(oracle, theta, i, n, rule);
        break;
    }
    standardise(rule);
}

size_t optcert_oracle_data_normals(const optcert_oracle *oracle)
{
    return oracle->noise->source == OPTCERT_NOISE_LABELS ? oracle->problem.data->samples
                                                         : (size_t)oracle->batch;
}

static size_t below(double normal, size_t count)
{
    const size_t index = (size_t)(optcert_normal_cdf(normal) * (double)count);
    return index < count ? index : count - 1;
}

/* The sample with this rank among those not chosen yet (chosen: in growing order). */
static size_t choose(size_t rank, size_t *chosen, size_t count)
{
    size_t at = 0;
    while (at < count && chosen[at] <= rank) {
        rank++;
        at++;
    }
    memmove(chosen + at + 1, chosen + at, (count - at) * sizeof *chosen);
    chosen[at] = rank;
    return rank;
}

static void add_sample(const optcert_data *data, size_t k, double factor, double *sum)
{
    for (size_t i = 0; i < data->dimension; i++) {
        sum[i] += factor * data->x[k * data->dimension + i];
    }
}

static void draw_labels(const optcert_oracle *oracle, const double *normals, double *z)
{
    const optcert_data *data = oracle->problem.data;
    const double size = sqrt(oracle->problem.s0 / (double)data->samples);
    for (size_t k = 0; k < data->samples; k++) {
        add_sample(data, k, normals[k] < 0.0 ? -size : size, z);
    }
}

void optcert_oracle_data_draw(const optcert_oracle *oracle, const double *theta, const double *normals,
                              double *z)
{
    const optcert_data *data = oracle->problem.data;
    const size_t batch = (size_t)oracle->batch;
    memset(z, 0, data->dimension * sizeof *z);
    if (oracle->noise->source == OPTCERT_NOISE_LABELS) {
        draw_labels(oracle, normals, z);
        return;
    }
    double mean[data->dimension];
    size_t chosen[batch];
    optcert_oracle_data_gradient(data, theta, mean);
    for (size_t b = 0; b < batch; b++) {
        const bool epoch = oracle->noise->source == OPTCERT_NOISE_EPOCH;
        const size_t rank = below(normals[b], data->samples - (epoch ? b : 0));
        const size_t k = epoch ? choose(rank, chosen, b) : rank;
        add_sample(data, k, residual(data, theta, k) / (double)batch, z);
    }
    const double sigma = optcert_oracle_scale(oracle) / oracle->amplification;
    for (size_t i = 0; i < data->dimension; i++) {
        z[i] = (z[i] - mean[i]) / sigma;
    }
}
