/* SPDX-License-Identifier: GPL-3.0-or-later
 * Weights of the normals, and the oracle's draws. */
#include "coupling.h"

#include <math.h>
#include <string.h>

void optcert_coupling_normals(const optcert_random *at, size_t numbers, size_t d, size_t width, double *out)
{
    optcert_random own = *at;
    for (size_t c = 0; c < d; c++) {
        for (size_t j = 0; j < numbers; j++) {
            own.coordinate = (uint32_t)(c * numbers + j);
            optcert_random_normals(&own, width, out + (j * d + c) * width);
        }
    }
}

static double sum_of_squares(const optcert_data *data)
{
    double sum = 0.0;
    for (size_t k = 0; k < data->samples; k++) {
        sum += data->x[k] * data->x[k];
    }
    return sum;
}

static double scale_of(const optcert_oracle *oracle)
{
    switch (oracle->noise->source) {
    case OPTCERT_NOISE_BATCH:
    case OPTCERT_NOISE_EPOCH:
        return 1.0 / sqrt(oracle->batch);
    case OPTCERT_NOISE_LABELS:
        return 1.0 / sqrt(sum_of_squares(oracle->problem.data));
    case OPTCERT_NOISE_LAW:
        break;
    }
    return 1.0;
}

void optcert_coupling_open(optcert_coupling *coupling, const optcert_oracle *oracle)
{
    *coupling = (optcert_coupling){.oracle = *oracle, .call = {1.0, 0.0}, .scale = scale_of(oracle)};
    coupling->oracle.dimension = 1;
    coupling->numbers = optcert_oracle_normals(&coupling->oracle);
    coupling->single = coupling->numbers;
    if (oracle->amplification > 1.0) {
        coupling->single /= 2;
        optcert_oracle_mixture(oracle, coupling->call);
    }
}

static double weight_of(const optcert_coupling *coupling, size_t j)
{
    const size_t i = j % coupling->single;
    const bool labels = coupling->oracle.noise->source == OPTCERT_NOISE_LABELS;
    return coupling->call[j / coupling->single] * coupling->scale * (labels ? coupling->oracle.problem.data->x[i] : 1.0);
}

void optcert_coupling_increment(const optcert_coupling *coupling, size_t n, const double *normals, double *out)
{
    memset(out, 0, n * sizeof *out);
    for (size_t j = 0; j < coupling->numbers; j++) {
        const double weight = weight_of(coupling, j);
        for (size_t i = 0; i < n; i++) {
            out[i] += weight * normals[j * n + i];
        }
    }
}

void optcert_coupling_noise(const optcert_coupling *coupling, size_t n, double sign, const double *normals,
                            const double *theta, double *out)
{
    const optcert_oracle *oracle = &coupling->oracle;
    double own[coupling->numbers];
    if (coupling->numbers == 1) {
        for (size_t i = 0; i < n; i++) {
            out[i] = oracle->noise->from_normal(sign * normals[i]);
        }
        return;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < coupling->numbers; j++) {
            own[j] = sign * normals[j * n + i];
        }
        optcert_oracle_draw(oracle, &theta[i], own, &out[i]);
        out[i] /= sqrt(optcert_sigma2(&oracle->problem, theta[i]));
    }
}
