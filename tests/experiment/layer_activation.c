/* SPDX-License-Identifier: GPL-3.0-or-later
 * Element-wise layers: ReLU, and GELU in its tanh form (Hendrycks & Gimpel 2016). */
#include "layers.h"

#include <math.h>

void optcert_relu_forward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        pass->y[i] = pass->x[i] > 0 ? pass->x[i] : 0;
    }
}

void optcert_relu_backward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        pass->delta_x[i] += pass->x[i] > 0 ? pass->delta_y[i] : 0;
    }
}

/* 2 sqrt(2/pi) and the cubic coefficient of the tanh form, x (1 + tanh z)/2 = x / (1 + exp(-2z)). */
static const net_real gelu_scale = 2 * (net_real)0.79788456080286535588;
static const net_real gelu_cubic = (net_real)0.044715;

static net_real gate(net_real x)
{
    return 1 / (1 + NET_EXP(-gelu_scale * (x + gelu_cubic * x * x * x)));
}

void optcert_gelu_forward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        pass->cache[i] = gate(pass->x[i]);
        pass->y[i] = pass->x[i] * pass->cache[i];
    }
}

void optcert_gelu_backward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        const net_real x = pass->x[i], g = pass->cache[i];
        const net_real slope = gelu_scale * (1 + 3 * gelu_cubic * x * x);
        pass->delta_x[i] += pass->delta_y[i] * (g + x * g * (1 - g) * slope);
    }
}
