/* SPDX-License-Identifier: GPL-3.0-or-later
 * Layers of the transformer: token and position embedding, and layer norm (Ba, Kiros & Hinton 2016). */
#include "layers.h"

#include <math.h>
#include <string.h>

/* Parameters: one row per token of the vocabulary, then one row per position. */
void optcert_embed_forward(const net_pass *pass)
{
    const size_t width = pass->layer->out;
    const net_real *position = pass->theta + pass->layer->vocabulary * width;
    for (size_t r = 0; r < pass->rows; r++) {
        const net_real *token = pass->theta + (size_t)pass->x[r] * width;
        for (size_t j = 0; j < width; j++) {
            pass->y[r * width + j] = token[j] + position[r % pass->context * width + j];
        }
    }
}

void optcert_embed_backward(const net_pass *pass)
{
    const size_t width = pass->layer->out;
    net_real *position = pass->gradient + pass->layer->vocabulary * width;
    memset(pass->gradient, 0, pass->layer->parameters * sizeof *pass->gradient);
    for (size_t r = 0; r < pass->rows; r++) {
        net_real *token = pass->gradient + (size_t)pass->x[r] * width;
        for (size_t j = 0; j < width; j++) {
            token[j] += pass->delta_y[r * width + j];
            position[r % pass->context * width + j] += pass->delta_y[r * width + j];
        }
    }
}

/* Keeps the variance of a constant row from being zero; the usual value. */
static const net_real norm_floor = (net_real)1e-5;

/* Parameters: gain, then bias. The cache holds the mean and 1/deviation of each row. */
void optcert_norm_forward(const net_pass *pass)
{
    const size_t width = pass->layer->out;
    const net_real *gain = pass->theta, *bias = pass->theta + width;
    for (size_t r = 0; r < pass->rows; r++) {
        const net_real *x = pass->x + r * width;
        net_real mean = 0, variance = 0;
        for (size_t j = 0; j < width; j++) {
            mean += x[j];
        }
        mean /= (net_real)width;
        for (size_t j = 0; j < width; j++) {
            variance += (x[j] - mean) * (x[j] - mean);
        }
        const net_real inverse = 1 / NET_SQRT(variance / (net_real)width + norm_floor);
        for (size_t j = 0; j < width; j++) {
            pass->y[r * width + j] = (x[j] - mean) * inverse * gain[j] + bias[j];
        }
        pass->cache[2 * r] = mean;
        pass->cache[2 * r + 1] = inverse;
    }
}

static void norm_backward_row(const net_pass *pass, size_t r)
{
    const size_t width = pass->layer->out;
    const net_real *x = pass->x + r * width, *delta = pass->delta_y + r * width;
    const net_real mean = pass->cache[2 * r], inverse = pass->cache[2 * r + 1];
    net_real sum = 0, projection = 0;
    for (size_t j = 0; j < width; j++) {
        const net_real normal = (x[j] - mean) * inverse;
        const net_real scaled = delta[j] * pass->theta[j];
        pass->gradient[j] += delta[j] * normal;
        pass->gradient[width + j] += delta[j];
        sum += scaled;
        projection += scaled * normal;
    }
    sum /= (net_real)width;
    projection /= (net_real)width;
    for (size_t j = 0; j < width; j++) {
        const net_real normal = (x[j] - mean) * inverse;
        pass->delta_x[r * width + j] += inverse * (delta[j] * pass->theta[j] - sum - normal * projection);
    }
}

void optcert_norm_backward(const net_pass *pass)
{
    memset(pass->gradient, 0, pass->layer->parameters * sizeof *pass->gradient);
    for (size_t r = 0; r < pass->rows; r++) {
        norm_backward_row(pass, r);
    }
}
