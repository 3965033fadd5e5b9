/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mean and noise of per-sample gradients. |E g|^2 is estimated without bias: the squared norm of the
 * average of K gradients exceeds it by tr Sigma / K on the mean. */
#include "train.h"

#include "shuffle.h"

#include <stdlib.h>

/* Adds the gradient of one sample to `sum`; returns its squared norm. */
static double add_sample(const optcert_net *net, const optcert_dataset *data, optcert_workspace_f32 *work,
                         const float *theta, size_t sample, float *gradient, double *sum)
{
    const size_t rows = data->context;
    size_t correct;
    double square = 0;
    (void)optcert_net_loss_f32(net, work, theta, rows, data->x + sample * rows * data->input,
                               data->label + sample * rows, gradient, &correct);
    for (size_t i = 0; i < net->parameters; i++) {
        sum[i] += (double)gradient[i];
        square += (double)gradient[i] * (double)gradient[i];
    }
    return square;
}

int optcert_measure_noise(const optcert_net *net, const optcert_dataset *data, const float *theta,
                          uint64_t seed, size_t count, optcert_gradient_noise *noise)
{
    float *gradient = calloc(net->parameters, sizeof *gradient);
    double *sum = calloc(net->parameters, sizeof *sum);
    optcert_workspace_f32 work;
    const int opened = optcert_workspace_open_f32(net, data->context, &work);
    const int failed = gradient == NULL || sum == NULL || opened != 0;
    if (!failed) {
        const double k = (double)count;
        double squares = 0, square_of_mean = 0;
        for (size_t i = 0; i < count; i++) {
            const size_t sample = optcert_pick(seed, 0, i, (uint32_t)data->train);
            squares += add_sample(net, data, &work, theta, sample, gradient, sum);
        }
        for (size_t i = 0; i < net->parameters; i++) {
            square_of_mean += sum[i] * sum[i] / (k * k);
        }
        noise->trace = (squares - k * square_of_mean) / (k - 1);
        noise->mean_square = square_of_mean - noise->trace / k;
        noise->critical_batch = noise->trace / noise->mean_square;
    }
    optcert_workspace_close_f32(net, &work);
    free(gradient);
    free(sum);
    return failed ? -1 : 0;
}
