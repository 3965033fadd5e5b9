/* SPDX-License-Identifier: GPL-3.0-or-later
 * Causal multi-head self-attention (Vaswani et al. 2017) on rows q | k | v. The cache holds the
 * attention probabilities P: rows x heads x context, 0 above the diagonal. */
#include "layers.h"

#include <math.h>

/* One head of one sequence; q, k, v and their deltas lie at `stride` in rows of q | k | v. */
typedef struct head {
    int context, width, stride, out, pitch; /* out: row of the layer's output; pitch: row of P */
    net_real scale;                         /* 1/sqrt(width) */
    const net_real *qkv;
    net_real *p;
} head;

static head head_of(const net_pass *pass, size_t first, size_t i)
{
    const optcert_layer *layer = pass->layer;
    const size_t width = layer->out / layer->heads;
    return (head){.context = (int)pass->context,
                  .width = (int)width,
                  .stride = (int)layer->in,
                  .out = (int)layer->out,
                  .pitch = (int)(layer->heads * pass->context),
                  .scale = 1 / NET_SQRT((net_real)width),
                  .qkv = pass->x + first * layer->in + i * width,
                  .p = pass->cache + (first * layer->heads + i) * pass->context};
}

/* Softmax of p[0..last], shifted by the largest entry; what comes after is not seen (causal). */
static void softmax(net_real *p, size_t last, size_t size)
{
    net_real top = p[0], sum = 0;
    for (size_t s = 1; s <= last; s++) {
        top = p[s] > top ? p[s] : top;
    }
    for (size_t s = 0; s <= last; s++) {
        p[s] = NET_EXP(p[s] - top);
        sum += p[s];
    }
    for (size_t s = 0; s < size; s++) {
        p[s] = s <= last ? p[s] / sum : 0;
    }
}

/* P = softmax(scale q k^T), y = P v. */
static void attend(const head *h, net_real *y)
{
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasTrans, h->context, h->context, h->width, h->scale, h->qkv, h->stride,
             h->qkv + h->out, h->stride, 0, h->p, h->pitch);
    for (int t = 0; t < h->context; t++) {
        softmax(h->p + t * h->pitch, (size_t)t, (size_t)h->context);
    }
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasNoTrans, h->context, h->width, h->context, 1, h->p, h->pitch,
             h->qkv + 2 * h->out, h->stride, 0, y, h->out);
}

/* Turns dP into the delta of the scores: P (dP - sum P dP), row by row. */
static void softmax_back(const head *h, net_real *dp)
{
    for (int t = 0; t < h->context; t++) {
        const net_real *p = h->p + t * h->pitch;
        net_real *d = dp + t * h->context, mean = 0;
        for (int s = 0; s <= t; s++) {
            mean += p[s] * d[s];
        }
        for (int s = 0; s < h->context; s++) {
            d[s] = p[s] * (d[s] - mean);
        }
    }
}

/* `dp` is room for context x context. dP = dy v^T, dv = P^T dy, dq = scale dS k, dk = scale dS^T q. */
static void attend_back(const head *h, const net_real *dy, net_real *delta, net_real *dp)
{
    const int n = h->context;
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasTrans, n, n, h->width, 1, dy, h->out, h->qkv + 2 * h->out, h->stride, 0, dp,
             n);
    softmax_back(h, dp);
    NET_GEMM(CblasRowMajor, CblasTrans, CblasNoTrans, n, h->width, n, 1, h->p, h->pitch, dy, h->out, 1,
             delta + 2 * h->out, h->stride);
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, h->width, n, h->scale, dp, n, h->qkv + h->out, h->stride, 1,
             delta, h->stride);
    NET_GEMM(CblasRowMajor, CblasTrans, CblasNoTrans, n, h->width, n, h->scale, dp, n, h->qkv, h->stride, 1,
             delta + h->out, h->stride);
}

void optcert_attention_forward(const net_pass *pass)
{
    const size_t width = pass->layer->out / pass->layer->heads;
    for (size_t first = 0; first < pass->rows; first += pass->context) {
        for (size_t i = 0; i < pass->layer->heads; i++) {
            const head h = head_of(pass, first, i);
            attend(&h, pass->y + first * pass->layer->out + i * width);
        }
    }
}

void optcert_attention_backward(const net_pass *pass)
{
    const size_t width = pass->layer->out / pass->layer->heads;
    net_real dp[OPTCERT_NET_CONTEXT * OPTCERT_NET_CONTEXT];
    for (size_t first = 0; first < pass->rows; first += pass->context) {
        for (size_t i = 0; i < pass->layer->heads; i++) {
            const head h = head_of(pass, first, i);
            attend_back(&h, pass->delta_y + first * pass->layer->out + i * width,
                        pass->delta_x + first * pass->layer->in + i * width, dp);
        }
    }
}
