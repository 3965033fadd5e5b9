/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moments of single samples' gradients. g_i^2 is estimated without bias: the square of the average of K gradients
 * exceeds it by Sigma_ii / K on the mean. */
#include "gradient_noise.h"

#include "shuffle.h"

#include <math.h>
#include <stdlib.h>

enum { POWERS = 3 };

typedef struct tally {
    const optcert_net *net;
    const optcert_dataset *data;
    float *gradient;
    double *sum[POWERS]; /* of g, g^2, g^3, coordinate by coordinate */
    optcert_workspace_f32 work;
} tally;

static int open_tally(tally *t)
{
    int failed = optcert_workspace_open_f32(t->net, t->data->context, &t->work);
    t->gradient = calloc(t->net->parameters, sizeof *t->gradient);
    failed |= t->gradient == NULL;
    for (size_t p = 0; p < POWERS; p++) {
        t->sum[p] = calloc(t->net->parameters, sizeof *t->sum[p]);
        failed |= t->sum[p] == NULL;
    }
    return failed;
}

static void close_tally(tally *t)
{
    optcert_workspace_close_f32(t->net, &t->work);
    free(t->gradient);
    for (size_t p = 0; p < POWERS; p++) {
        free(t->sum[p]);
    }
}

static void add_sample(tally *t, const float *theta, size_t sample)
{
    const size_t rows = t->data->context;
    size_t correct;
    (void)optcert_net_loss_f32(t->net, &t->work, theta, rows, t->data->x + sample * rows * t->data->input,
                               t->data->label + sample * rows, t->gradient, &correct);
    for (size_t i = 0; i < t->net->parameters; i++) {
        const double g = (double)t->gradient[i];
        t->sum[0][i] += g;
        t->sum[1][i] += g * g;
        t->sum[2][i] += g * g * g;
    }
}

/* Adds one coordinate to D(kappa) of every kappa. */
static void add_descent(double square, double variance, size_t batch, double descent[OPTCERT_DOUBLINGS])
{
    for (size_t d = 0; d < OPTCERT_DOUBLINGS && variance > 0; d++) {
        descent[d] += square / sqrt(ldexp(fmax(square, 0), (int)d) + variance / (double)batch);
    }
}

static void conclude(const tally *t, double k, size_t batch, optcert_gradient_noise *noise)
{
    double mean_square = 0, trace = 0, skewed = 0, descent[OPTCERT_DOUBLINGS] = {0};
    for (size_t i = 0; i < t->net->parameters; i++) {
        const double mean = t->sum[0][i] / k, second = t->sum[1][i] / k, third = t->sum[2][i] / k;
        const double spread = second - mean * mean, variance = spread * k / (k - 1);
        const double central3 = third - 3 * mean * second + 2 * mean * mean * mean;
        const double square = mean * mean - variance / k;
        mean_square += square;
        trace += variance;
        skewed += spread > 0 ? central3 * central3 / (spread * spread) : 0;
        add_descent(square, variance, batch, descent);
    }
    noise->trace = trace;
    noise->mean_square = mean_square;
    noise->critical_batch = mean_square > 0 ? trace / mean_square : INFINITY;
    noise->skewness = sqrt(skewed / trace);
    for (size_t d = 0; d < OPTCERT_DOUBLINGS; d++) {
        noise->speed[d] = descent[d] / descent[0];
    }
}

int optcert_measure_noise(const optcert_net *net, const optcert_dataset *data, const float *theta, uint64_t seed,
                          size_t count, size_t batch, optcert_gradient_noise *noise)
{
    tally t = {.net = net, .data = data};
    const int failed = open_tally(&t);
    if (!failed) {
        for (size_t i = 0; i < count; i++) {
            add_sample(&t, theta, optcert_pick(seed, 0, i, (uint32_t)data->train));
        }
        conclude(&t, (double)count, batch, noise);
    }
    close_tally(&t);
    return failed ? -1 : 0;
}
