/* SPDX-License-Identifier: GPL-3.0-or-later
 * A peer: see ofast.h. The arrays are not declared restrict, as in such programs. */
#include "ofast.h"

#include <math.h>

void bench_ofast_f32(const bench_ofast *hyper, size_t n, float *theta, float *m, float *v, const float *grad)
{
    const float lr = (float)hyper->lr, beta1 = (float)hyper->beta1, beta2 = (float)hyper->beta2;
    const float eps = (float)hyper->eps, decay = (float)hyper->weight_decay;
    const float c1 = (float)hyper->correction1, c2 = (float)hyper->correction2;
    for (size_t i = 0; i < n; i++) {
        const float g = grad[i];
        const float m1 = g + beta1 * (m[i] - g);
        const float v1 = g * g + beta2 * (v[i] - g * g);
        m[i] = m1;
        v[i] = v1;
        theta[i] -= lr * (m1 / c1 / (sqrtf(v1 / c2) + eps) + decay * theta[i]);
    }
}

void bench_ofast_f64(const bench_ofast *hyper, size_t n, double *theta, double *m, double *v, const double *grad)
{
    const double lr = hyper->lr, beta1 = hyper->beta1, beta2 = hyper->beta2;
    const double eps = hyper->eps, decay = hyper->weight_decay, c1 = hyper->correction1, c2 = hyper->correction2;
    for (size_t i = 0; i < n; i++) {
        const double g = grad[i];
        const double m1 = g + beta1 * (m[i] - g);
        const double v1 = g * g + beta2 * (v[i] - g * g);
        m[i] = m1;
        v[i] = v1;
        theta[i] -= lr * (m1 / c1 / (sqrt(v1 / c2) + eps) + decay * theta[i]);
    }
}
