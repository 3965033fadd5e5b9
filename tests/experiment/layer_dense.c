/* SPDX-License-Identifier: GPL-3.0-or-later
 * Affine map of each row: y = x W + b, W stored in x out, then b. */
#include "layers.h"

void optcert_dense_forward(const net_pass *pass)
{
    const size_t in = pass->layer->in, out = pass->layer->out;
    const net_real *bias = pass->theta + in * out;
    for (size_t r = 0; r < pass->rows; r++) {
        for (size_t j = 0; j < out; j++) {
            pass->y[r * out + j] = bias[j];
        }
    }
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)pass->rows, (int)out, (int)in, 1, pass->x,
             (int)in, pass->theta, (int)out, 1, pass->y, (int)out);
}

void optcert_dense_backward(const net_pass *pass)
{
    const size_t in = pass->layer->in, out = pass->layer->out;
    net_real *bias = pass->gradient + in * out;
    NET_GEMM(CblasRowMajor, CblasTrans, CblasNoTrans, (int)in, (int)out, (int)pass->rows, 1, pass->x, (int)in,
             pass->delta_y, (int)out, 0, pass->gradient, (int)out);
    for (size_t j = 0; j < out; j++) {
        bias[j] = 0;
    }
    for (size_t r = 0; r < pass->rows; r++) {
        for (size_t j = 0; j < out; j++) {
            bias[j] += pass->delta_y[r * out + j];
        }
    }
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasTrans, (int)pass->rows, (int)in, (int)out, 1, pass->delta_y,
             (int)out, pass->theta, (int)out, 1, pass->delta_x, (int)in);
}
