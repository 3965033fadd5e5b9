/* SPDX-License-Identifier: GPL-3.0-or-later
 * Causal multi-head self-attention (Vaswani et al. 2017) on rows q | k | v. The cache holds the
 * attention probabilities: rows x heads x context. */
#include "layers.h"

#include <math.h>
#include <string.h>

typedef struct head {
    size_t width;     /* of one head */
    size_t stride;    /* of a row of q | k | v */
    size_t out;       /* width of all heads */
    net_real scale;   /* 1/sqrt(width) */
} head;

static head head_of(const optcert_layer *layer)
{
    const size_t width = layer->out / layer->heads;
    return (head){width, layer->in, layer->out, 1 / NET_SQRT((net_real)width)};
}

static net_real dot(const net_real *a, const net_real *b, size_t n)
{
    net_real sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void axpy(net_real scale, const net_real *x, net_real *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        y[i] += scale * x[i];
    }
}

/* Softmax of p[0..last], shifted by the largest entry. */
static void softmax(net_real *p, size_t last)
{
    net_real top = p[0], sum = 0;
    for (size_t s = 1; s <= last; s++) {
        top = p[s] > top ? p[s] : top;
    }
    for (size_t s = 0; s <= last; s++) {
        p[s] = NET_EXP(p[s] - top);
        sum += p[s];
    }
    for (size_t s = 0; s <= last; s++) {
        p[s] /= sum;
    }
}

/* `qkv` and `y` point at the first row of a sequence, at this head's columns; t is the position. */
static void attend(const head *h, const net_real *qkv, size_t t, net_real *p, net_real *y)
{
    for (size_t s = 0; s <= t; s++) {
        p[s] = h->scale * dot(qkv + t * h->stride, qkv + s * h->stride + h->out, h->width);
    }
    softmax(p, t);
    memset(y + t * h->out, 0, h->width * sizeof *y);
    for (size_t s = 0; s <= t; s++) {
        axpy(p[s], qkv + s * h->stride + 2 * h->out, y + t * h->out, h->width);
    }
}

static void attend_back(const head *h, const net_real *qkv, size_t t, const net_real *p,
                        const net_real *delta_y, net_real *delta)
{
    const net_real *dy = delta_y + t * h->out;
    net_real mean = 0;
    for (size_t s = 0; s <= t; s++) {
        mean += p[s] * dot(dy, qkv + s * h->stride + 2 * h->out, h->width);
    }
    for (size_t s = 0; s <= t; s++) {
        const net_real dp = dot(dy, qkv + s * h->stride + 2 * h->out, h->width);
        const net_real score = h->scale * p[s] * (dp - mean);
        axpy(score, qkv + s * h->stride + h->out, delta + t * h->stride, h->width);
        axpy(score, qkv + t * h->stride, delta + s * h->stride + h->out, h->width);
        axpy(p[s], dy, delta + s * h->stride + 2 * h->out, h->width);
    }
}

void optcert_attention_forward(const net_pass *pass)
{
    const head h = head_of(pass->layer);
    for (size_t first = 0; first < pass->rows; first += pass->context) {
        for (size_t i = 0; i < pass->layer->heads; i++) {
            for (size_t t = 0; t < pass->context; t++) {
                net_real *p = pass->cache + ((first + t) * pass->layer->heads + i) * pass->context;
                attend(&h, pass->x + first * h.stride + i * h.width, t, p, pass->y + first * h.out + i * h.width);
            }
        }
    }
}

void optcert_attention_backward(const net_pass *pass)
{
    const head h = head_of(pass->layer);
    for (size_t first = 0; first < pass->rows; first += pass->context) {
        for (size_t i = 0; i < pass->layer->heads; i++) {
            for (size_t t = 0; t < pass->context; t++) {
                const net_real *p = pass->cache + ((first + t) * pass->layer->heads + i) * pass->context;
                attend_back(&h, pass->x + first * h.stride + i * h.width, t, p,
                            pass->delta_y + first * h.out + i * h.width,
                            pass->delta_x + first * h.stride + i * h.width);
            }
        }
    }
}
