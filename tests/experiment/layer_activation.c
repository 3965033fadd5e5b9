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

/* sqrt(2/pi) and the cubic coefficient of the tanh form. */
static const net_real gelu_scale = (net_real)0.79788456080286535588;
static const net_real gelu_cubic = (net_real)0.044715;
static const net_real half = (net_real)0.5;

void optcert_gelu_forward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        const net_real x = pass->x[i];
        pass->y[i] = half * x * (1 + NET_TANH(gelu_scale * (x + gelu_cubic * x * x * x)));
    }
}

void optcert_gelu_backward(const net_pass *pass)
{
    const size_t count = pass->rows * pass->layer->out;
    for (size_t i = 0; i < count; i++) {
        const net_real x = pass->x[i];
        const net_real t = NET_TANH(gelu_scale * (x + gelu_cubic * x * x * x));
        const net_real slope = gelu_scale * (1 + 3 * gelu_cubic * x * x);
        pass->delta_x[i] += pass->delta_y[i] * (half * (1 + t) + half * x * (1 - t * t) * slope);
    }
}
