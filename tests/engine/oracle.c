/* SPDX-License-Identifier: GPL-3.0-or-later
 * Oracles: laws without data here, those of data in oracle_data.c, SVAG over both. */
#include "oracle.h"
#include "oracle_data.h"

#include "optcert/svag.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BATCH_MAX = 1000 };

static bool of_law(const optcert_oracle *oracle)
{
    return oracle->noise->source == OPTCERT_NOISE_LAW;
}

static bool takes_batch(const optcert_oracle *oracle)
{
    return oracle->noise->source == OPTCERT_NOISE_BATCH || oracle->noise->source == OPTCERT_NOISE_EPOCH;
}

bool optcert_oracle_check(const optcert_oracle *oracle, char reason[OPTCERT_DATA_REASON])
{
    const bool labels = oracle->noise->source == OPTCERT_NOISE_LABELS;
    const char *needed = takes_batch(oracle) ? "least-squares"
                         : labels            ? "label-noise"
                                             : oracle->problem.kind->name;
    if (strcmp(oracle->problem.kind->name, needed) != 0) {
        snprintf(reason, OPTCERT_DATA_REASON, "'%s' is the noise of problem %s, not of %s",
                 oracle->noise->name, needed, oracle->problem.kind->name);
        return false;
    }
    const bool epoch = oracle->noise->source == OPTCERT_NOISE_EPOCH;
    const double allowed = epoch ? fmin((double)oracle->problem.data->samples - 1.0, BATCH_MAX) : BATCH_MAX;
    if (takes_batch(oracle) &&
        !(oracle->batch >= 1.0 && oracle->batch <= allowed && oracle->batch == floor(oracle->batch))) {
        snprintf(reason, OPTCERT_DATA_REASON, "batch B=%g is not allowed: a whole number from 1 to %g",
                 oracle->batch, allowed);
        return false;
    }
    if (!(oracle->amplification >= 1.0)) {
        snprintf(reason, OPTCERT_DATA_REASON, "amplification %g is not allowed: it must be >= 1",
                 oracle->amplification);
        return false;
    }
    return true;
}

void optcert_oracle_covariance(const optcert_oracle *oracle, const double *theta, double *sigma)
{
    const size_t d = oracle->dimension;
    if (oracle->problem.data != NULL) {
        optcert_oracle_data_covariance(oracle, theta, sigma);
        return;
    }
    memset(sigma, 0, d * d * sizeof *sigma);
    for (size_t i = 0; i < d; i++) {
        sigma[i * d + i] = optcert_sigma2(&oracle->problem, theta[i]);
    }
}

void optcert_oracle_mixture(const optcert_oracle *oracle, double weight[2])
{
    oc_svag_coef_f64 coef = {1.0, 0.0};
    if (oracle->amplification > 1.0 && oc_svag_coef_init_f64(&coef, oracle->amplification) != OC_OK) {
        coef = (oc_svag_coef_f64){NAN, NAN};
    }
    weight[0] = coef.r1 / oracle->amplification;
    weight[1] = coef.r2 / oracle->amplification;
}

static size_t single_normals(const optcert_oracle *oracle)
{
    return of_law(oracle) ? oracle->dimension : optcert_oracle_data_normals(oracle);
}

size_t optcert_oracle_normals(const optcert_oracle *oracle)
{
    return (oracle->amplification > 1.0 ? 2 : 1) * single_normals(oracle);
}

static void single_draw(const optcert_oracle *oracle, const double *theta, const double *normals, double *z)
{
    if (!of_law(oracle)) {
        optcert_oracle_data_draw(oracle, theta, normals, z);
        return;
    }
    for (size_t i = 0; i < oracle->dimension; i++) {
        z[i] = sqrt(optcert_sigma2(&oracle->problem, theta[i])) * oracle->noise->from_normal(normals[i]);
    }
}

void optcert_oracle_draw(const optcert_oracle *oracle, const double *theta, const double *normals, double *z)
{
    single_draw(oracle, theta, normals, z);
    if (!(oracle->amplification > 1.0)) {
        return;
    }
    double weight[2];
    double second[oracle->dimension];
    optcert_oracle_mixture(oracle, weight);
    single_draw(oracle, theta, normals + single_normals(oracle), second);
    for (size_t i = 0; i < oracle->dimension; i++) {
        z[i] = weight[0] * z[i] + weight[1] * second[i];
    }
}

void optcert_oracle_rule(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                         optcert_rule *rule)
{
    of_law(oracle) ? oracle->noise->rule(n, rule) : optcert_oracle_data_rule(oracle, theta, i, n, rule);
    if (oracle->amplification > 1.0) {
        double weight[2];
        const optcert_rule single = *rule;
        optcert_oracle_mixture(oracle, weight);
        optcert_rule_sum(weight[0], &single, weight[1], &single, single.n > n ? single.n : n, rule);
    }
}

enum { MOMENT_NODES = 3 }; /* exact to degree 5 */

double optcert_oracle_skewness(const optcert_oracle *oracle, const double *theta, size_t i)
{
    optcert_rule rule;
    optcert_oracle_rule(oracle, theta, i, MOMENT_NODES, &rule);
    return optcert_noise_heavy(oracle->noise) ? NAN : optcert_rule_moment(&rule, 3);
}

double optcert_oracle_fourth(const optcert_oracle *oracle, const double *theta, size_t i)
{
    optcert_rule rule;
    optcert_oracle_rule(oracle, theta, i, MOMENT_NODES, &rule);
    return optcert_noise_heavy(oracle->noise) ? NAN : optcert_rule_moment(&rule, 4);
}

double optcert_oracle_scale(const optcert_oracle *oracle)
{
    const double l = oracle->amplification, n = of_law(oracle) ? 0.0 : (double)oracle->problem.data->samples;
    switch (oracle->noise->source) {
    case OPTCERT_NOISE_EPOCH:
        return l * sqrt((n - oracle->batch) / (oracle->batch * (n - 1.0)));
    case OPTCERT_NOISE_LABELS:
        return l / sqrt(n);
    case OPTCERT_NOISE_BATCH:
        return l / sqrt(oracle->batch);
    default:
        return l;
    }
}
