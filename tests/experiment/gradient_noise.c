/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moments of single samples' gradients. */
#include "gradient_noise.h"

#include "deviations.h"
#include "shuffle.h"

#include <math.h>
#include <stdlib.h>

typedef struct tally {
    const optcert_net *net;
    const optcert_dataset *data;
    float *gradient;
    optcert_deviations *element; /* of each coordinate */
    optcert_workspace_f32 work;
} tally;

static int open_tally(tally *t)
{
    int failed = optcert_workspace_open_f32(t->net, t->data->context, &t->work);
    t->gradient = calloc(t->net->parameters, sizeof *t->gradient);
    t->element = calloc(t->net->parameters, sizeof *t->element);
    return failed | (t->gradient == NULL) | (t->element == NULL);
}

static void close_tally(tally *t)
{
    optcert_workspace_close_f32(t->net, &t->work);
    free(t->gradient);
    free(t->element);
}

static void add_sample(tally *t, const float *theta, size_t sample)
{
    const size_t rows = t->data->context;
    size_t correct;
    (void)optcert_net_loss_f32(t->net, &t->work, theta, rows, t->data->x + sample * rows * t->data->input,
                               t->data->label + sample * rows, t->gradient, &correct);
    for (size_t i = 0; i < t->net->parameters; i++) {
        optcert_deviations_add(&t->element[i], (double)t->gradient[i]);
    }
}

/* Adds one coordinate to D(kappa) of every kappa. */
static void add_descent(double square, double variance, size_t batch, double descent[OPTCERT_DOUBLINGS])
{
    for (size_t d = 0; d < OPTCERT_DOUBLINGS && variance > 0; d++) {
        descent[d] += square / sqrt(ldexp(fmax(square, 0), (int)d) + variance / (double)batch);
    }
}

static void conclude(const tally *t, size_t batch, optcert_gradient_noise *noise)
{
    double mean_square = 0, trace = 0, skewed = 0, descent[OPTCERT_DOUBLINGS] = {0};
    for (size_t i = 0; i < t->net->parameters; i++) {
        const optcert_deviations *m = &t->element[i];
        const double variance = optcert_deviations_variance(m), square = optcert_deviations_square(m);
        const double skewness = optcert_skewness(m->count, 0, m->sum2, m->sum3);
        mean_square += square;
        trace += variance;
        skewed += skewness * skewness * variance;
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
        conclude(&t, batch, noise);
    }
    close_tally(&t);
    return failed ? -1 : 0;
}
