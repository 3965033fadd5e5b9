/* SPDX-License-Identifier: GPL-3.0-or-later
 * 3x3 convolution with zero padding on channel-last pictures (as one matrix product over patches),
 * and 2x2 mean pooling. */
#include "layers.h"

#include <string.h>

enum { SIDE = 3, PATCH = SIDE * SIDE };

typedef struct picture {
    size_t height, width, from, to;
} picture;

static picture picture_of(const optcert_layer *layer)
{
    const size_t pixels = layer->height * layer->width;
    return (picture){layer->height, layer->width, layer->in / pixels, layer->out / pixels};
}

/* Offset of the pixel that patch position (i, j) of pixel (y, x) reads, or -1 in the padding. */
static ptrdiff_t neighbour(const picture *p, size_t y, size_t x, size_t i, size_t j)
{
    const size_t row = y + i, column = x + j; /* one more than the neighbour's coordinates */
    if (row < 1 || row > p->height || column < 1 || column > p->width) {
        return -1;
    }
    return (ptrdiff_t)(((row - 1) * p->width + column - 1) * p->from);
}

static void gather(const picture *p, const net_real *image, net_real *columns)
{
    for (size_t y = 0; y < p->height; y++) {
        for (size_t x = 0; x < p->width; x++) {
            for (size_t k = 0; k < PATCH; k++) {
                const ptrdiff_t at = neighbour(p, y, x, k / SIDE, k % SIDE);
                if (at < 0) {
                    memset(columns, 0, p->from * sizeof *columns);
                } else {
                    memcpy(columns, image + at, p->from * sizeof *columns);
                }
                columns += p->from;
            }
        }
    }
}

static void scatter(const picture *p, const net_real *columns, net_real *image)
{
    for (size_t y = 0; y < p->height; y++) {
        for (size_t x = 0; x < p->width; x++) {
            for (size_t k = 0; k < PATCH; k++) {
                const ptrdiff_t at = neighbour(p, y, x, k / SIDE, k % SIDE);
                for (size_t c = 0; at >= 0 && c < p->from; c++) {
                    image[(size_t)at + c] += columns[c];
                }
                columns += p->from;
            }
        }
    }
}

void optcert_conv_forward(const net_pass *pass)
{
    const picture p = picture_of(pass->layer);
    const size_t pixels = p.height * p.width, patch = PATCH * p.from;
    const net_real *bias = pass->theta + patch * p.to;
    for (size_t r = 0; r < pass->rows; r++) {
        gather(&p, pass->x + r * pass->layer->in, pass->cache + r * pixels * patch);
    }
    for (size_t i = 0; i < pass->rows * pixels; i++) {
        memcpy(pass->y + i * p.to, bias, p.to * sizeof *bias);
    }
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)(pass->rows * pixels), (int)p.to, (int)patch, 1,
             pass->cache, (int)patch, pass->theta, (int)p.to, 1, pass->y, (int)p.to);
}

void optcert_conv_backward(const net_pass *pass)
{
    const picture p = picture_of(pass->layer);
    const size_t pixels = p.height * p.width, patch = PATCH * p.from, all = pass->rows * pixels;
    net_real *bias = pass->gradient + patch * p.to;
    NET_GEMM(CblasRowMajor, CblasTrans, CblasNoTrans, (int)patch, (int)p.to, (int)all, 1, pass->cache,
             (int)patch, pass->delta_y, (int)p.to, 0, pass->gradient, (int)p.to);
    memset(bias, 0, p.to * sizeof *bias);
    for (size_t i = 0; i < all; i++) {
        for (size_t c = 0; c < p.to; c++) {
            bias[c] += pass->delta_y[i * p.to + c];
        }
    }
    NET_GEMM(CblasRowMajor, CblasNoTrans, CblasTrans, (int)all, (int)patch, (int)p.to, 1, pass->delta_y,
             (int)p.to, pass->theta, (int)p.to, 0, pass->cache, (int)patch);
    for (size_t r = 0; r < pass->rows; r++) {
        scatter(&p, pass->cache + r * pixels * patch, pass->delta_x + r * pass->layer->in);
    }
}

/* Where output pixel (y, x) finds its four inputs, as offsets of the top-left one. */
static size_t corner(const picture *p, size_t y, size_t x)
{
    return (2 * y * p->width + 2 * x) * p->from;
}

void optcert_pool_forward(const net_pass *pass)
{
    const picture p = picture_of(pass->layer);
    const size_t down = p.width * p.from;
    net_real *y = pass->y;
    for (size_t r = 0; r < pass->rows; r++) {
        const net_real *image = pass->x + r * pass->layer->in;
        for (size_t i = 0; i < p.height / 2 * (p.width / 2); i++) {
            const net_real *at = image + corner(&p, i / (p.width / 2), i % (p.width / 2));
            for (size_t c = 0; c < p.from; c++) {
                *y++ = (at[c] + at[c + p.from] + at[c + down] + at[c + down + p.from]) / 4;
            }
        }
    }
}

void optcert_pool_backward(const net_pass *pass)
{
    const picture p = picture_of(pass->layer);
    const size_t down = p.width * p.from;
    const net_real *delta = pass->delta_y;
    for (size_t r = 0; r < pass->rows; r++) {
        net_real *image = pass->delta_x + r * pass->layer->in;
        for (size_t i = 0; i < p.height / 2 * (p.width / 2); i++) {
            net_real *at = image + corner(&p, i / (p.width / 2), i % (p.width / 2));
            for (size_t c = 0; c < p.from; c++) {
                const net_real share = *delta++ / 4;
                at[c] += share;
                at[c + p.from] += share;
                at[c + down] += share;
                at[c + down + p.from] += share;
            }
        }
    }
}
