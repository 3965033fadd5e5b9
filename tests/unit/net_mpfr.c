/* SPDX-License-Identifier: GPL-3.0-or-later
 * Layers in MPFR. Constants are the binary64 numbers that the layers' code takes. */
#include "net_mpfr.h"

#include <stdlib.h>

static mpfr_ptr numbers(size_t count)
{
    mpfr_ptr x = malloc(count * sizeof *x);
    for (size_t i = 0; i < count; i++) {
        mpfr_init2(x + i, UNIT_NET_BITS);
        mpfr_set_zero(x + i, 1);
    }
    return x;
}

static void discard(mpfr_ptr x, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mpfr_clear(x + i);
    }
    free(x);
}

static size_t width_at(const optcert_net *net, size_t index)
{
    return index == 0 ? net->input : net->layer[index - 1].out;
}

void unit_net_open(unit_net *m, const optcert_net *net, size_t rows, const double *theta, const double *input)
{
    *m = (unit_net){.net = net, .rows = rows, .theta = numbers(net->parameters)};
    for (size_t i = 0; i < net->parameters; i++) {
        mpfr_set_d(m->theta + i, theta[i], MPFR_RNDN);
    }
    for (size_t l = 0; l <= net->layers; l++) {
        m->activation[l] = numbers(rows * width_at(net, l));
    }
    for (size_t i = 0; i < rows * net->input; i++) {
        mpfr_set_d(m->activation[0] + i, input[i], MPFR_RNDN);
    }
    mpfr_init2(m->kink, UNIT_NET_BITS);
    for (size_t i = 0; i < sizeof m->scratch / sizeof m->scratch[0]; i++) {
        mpfr_init2(m->scratch[i], UNIT_NET_BITS);
    }
}

void unit_net_close(unit_net *m)
{
    for (size_t l = 0; l <= m->net->layers; l++) {
        discard(m->activation[l], m->rows * width_at(m->net, l));
    }
    discard(m->theta, m->net->parameters);
    mpfr_clear(m->kink);
    for (size_t i = 0; i < sizeof m->scratch / sizeof m->scratch[0]; i++) {
        mpfr_clear(m->scratch[i]);
    }
}

/* y_j = b_j + sum_i x_i W_ij */
static void dense(const unit_net *m, const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    mpfr_srcptr weight = m->theta + layer->offset, bias = weight + layer->in * layer->out;
    for (size_t j = 0; j < layer->out; j++) {
        mpfr_set(y + j, bias + j, MPFR_RNDN);
        for (size_t i = 0; i < layer->in; i++) {
            mpfr_fma(y + j, x + i, weight + i * layer->out + j, y + j, MPFR_RNDN);
        }
    }
}

/* Adds to y the products of the pixel (row, column) of x with the weights of place (i, j) of the patch. */
static void add_pixel(mpfr_srcptr pixel, size_t from, mpfr_srcptr weight, size_t to, mpfr_ptr y)
{
    for (size_t c = 0; c < from; c++) {
        for (size_t o = 0; o < to; o++) {
            mpfr_fma(y + o, pixel + c, weight + c * to + o, y + o, MPFR_RNDN);
        }
    }
}

static void conv(const unit_net *m, const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    const size_t height = layer->height, width = layer->width, from = layer->in / (height * width);
    const size_t to = layer->out / (height * width);
    mpfr_srcptr weight = m->theta + layer->offset, bias = weight + 9 * from * to;
    for (size_t row = 0; row < height; row++) {
        for (size_t column = 0; column < width; column++) {
            mpfr_ptr out = y + (row * width + column) * to;
            for (size_t o = 0; o < to; o++) {
                mpfr_set(out + o, bias + o, MPFR_RNDN);
            }
            for (size_t place = 0; place < 9; place++) {
                const size_t r = row + place / 3 - 1, c = column + place % 3 - 1; /* wraps around below 0: outside */
                if (r < height && c < width) {
                    add_pixel(x + (r * width + c) * from, from, weight + place * from * to, to, out);
                }
            }
        }
    }
}

static void pool(const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    const size_t width = layer->width, channels = layer->in / (layer->height * width);
    for (size_t row = 0; row < layer->height; row++) {
        for (size_t column = 0; column < width; column++) {
            for (size_t c = 0; c < channels; c++) {
                mpfr_ptr out = y + (row / 2 * (width / 2) + column / 2) * channels + c;
                mpfr_srcptr in = x + (row * width + column) * channels + c;
                if (row % 2 == 0 && column % 2 == 0) {
                    mpfr_set_zero(out, 1);
                }
                mpfr_add(out, out, in, MPFR_RNDN);
            }
        }
    }
    for (size_t i = 0; i < layer->out; i++) {
        mpfr_div_ui(y + i, y + i, 4, MPFR_RNDN);
    }
}

static void relu(unit_net *m, const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    for (size_t i = 0; i < layer->out; i++) {
        if (mpfr_cmpabs(x + i, m->kink) < 0) {
            mpfr_abs(m->kink, x + i, MPFR_RNDN);
        }
        if (mpfr_sgn(x + i) > 0) {
            mpfr_set(y + i, x + i, MPFR_RNDN);
        } else {
            mpfr_set_zero(y + i, 1);
        }
    }
}

/* x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) */
static void gelu(unit_net *m, const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    mpfr_ptr z = m->scratch[0];
    for (size_t i = 0; i < layer->out; i++) {
        mpfr_sqr(z, x + i, MPFR_RNDN);
        mpfr_mul_d(z, z, 0.044715, MPFR_RNDN);
        mpfr_add_ui(z, z, 1, MPFR_RNDN);
        mpfr_mul(z, z, x + i, MPFR_RNDN);
        mpfr_mul_d(z, z, 0.79788456080286535588, MPFR_RNDN);
        mpfr_tanh(z, z, MPFR_RNDN);
        mpfr_add_ui(z, z, 1, MPFR_RNDN);
        mpfr_mul(z, z, x + i, MPFR_RNDN);
        mpfr_div_ui(y + i, z, 2, MPFR_RNDN);
    }
}

static void embed(const unit_net *m, const optcert_layer *layer, size_t row, mpfr_srcptr x, mpfr_ptr y)
{
    const size_t token = (size_t)mpfr_get_ui(x + 0, MPFR_RNDN);
    mpfr_srcptr at = m->theta + layer->offset + token * layer->out;
    mpfr_srcptr position = m->theta + layer->offset + (layer->vocabulary + row % m->net->context) * layer->out;
    for (size_t j = 0; j < layer->out; j++) {
        mpfr_add(y + j, at + j, position + j, MPFR_RNDN);
    }
}

/* (x - mean)/sqrt(variance + 1e-5) gain + bias */
static void norm(unit_net *m, const optcert_layer *layer, mpfr_srcptr x, mpfr_ptr y)
{
    const size_t width = layer->out;
    mpfr_srcptr gain = m->theta + layer->offset, bias = gain + width;
    mpfr_ptr mean = m->scratch[0], variance = m->scratch[1];
    mpfr_set_zero(mean, 1);
    mpfr_set_zero(variance, 1);
    for (size_t j = 0; j < width; j++) {
        mpfr_add(mean, mean, x + j, MPFR_RNDN);
    }
    mpfr_div_ui(mean, mean, width, MPFR_RNDN);
    for (size_t j = 0; j < width; j++) {
        mpfr_sub(y + j, x + j, mean, MPFR_RNDN);
        mpfr_fma(variance, y + j, y + j, variance, MPFR_RNDN);
    }
    mpfr_div_ui(variance, variance, width, MPFR_RNDN);
    mpfr_add_d(variance, variance, 1e-5, MPFR_RNDN);
    mpfr_sqrt(variance, variance, MPFR_RNDN);
    for (size_t j = 0; j < width; j++) {
        mpfr_div(y + j, y + j, variance, MPFR_RNDN);
        mpfr_fma(y + j, y + j, gain + j, bias + j, MPFR_RNDN);
    }
}

/* exp <q, k>/sqrt(width) for one head. */
static void weight_of(mpfr_srcptr q, mpfr_srcptr k, size_t width, mpfr_t root, mpfr_t weight)
{
    mpfr_set_zero(weight, 1);
    for (size_t i = 0; i < width; i++) {
        mpfr_fma(weight, q + i, k + i, weight, MPFR_RNDN);
    }
    mpfr_div(weight, weight, root, MPFR_RNDN);
    mpfr_exp(weight, weight, MPFR_RNDN);
}

/* Row `row` of softmax(q k^T/sqrt(width)) v over the rows of its sequence up to itself; x: the layer's whole input. */
static void attention(unit_net *m, const optcert_layer *layer, size_t row, mpfr_srcptr x, mpfr_ptr y)
{
    const size_t out = layer->out, width = out / layer->heads, first = row - row % m->net->context;
    mpfr_ptr root = m->scratch[0], weight = m->scratch[1], sum = m->scratch[2];
    mpfr_sqrt_ui(root, width, MPFR_RNDN);
    for (size_t head = 0; head < out; head += width) {
        mpfr_set_zero(sum, 1);
        for (size_t i = 0; i < width; i++) {
            mpfr_set_zero(y + head + i, 1);
        }
        for (size_t s = first; s <= row; s++) {
            mpfr_srcptr key = x + s * layer->in + out + head, value = key + out;
            weight_of(x + row * layer->in + head, key, width, root, weight);
            mpfr_add(sum, sum, weight, MPFR_RNDN);
            for (size_t i = 0; i < width; i++) {
                mpfr_fma(y + head + i, weight, value + i, y + head + i, MPFR_RNDN);
            }
        }
        for (size_t i = 0; i < width; i++) {
            mpfr_div(y + head + i, y + head + i, sum, MPFR_RNDN);
        }
    }
}

static void sum_of(const optcert_layer *layer, mpfr_srcptr x, mpfr_srcptr earlier, mpfr_ptr y)
{
    for (size_t i = 0; i < layer->out; i++) {
        mpfr_add(y + i, x + i, earlier + i, MPFR_RNDN);
    }
}

static void run_row(unit_net *m, size_t l, size_t row)
{
    const optcert_layer *layer = &m->net->layer[l];
    mpfr_srcptr all = m->activation[l], x = all + row * layer->in;
    mpfr_ptr y = m->activation[l + 1] + row * layer->out;
    switch (layer->kind) {
    case OPTCERT_LAYER_DENSE:
        dense(m, layer, x, y);
        break;
    case OPTCERT_LAYER_RELU:
        relu(m, layer, x, y);
        break;
    case OPTCERT_LAYER_GELU:
        gelu(m, layer, x, y);
        break;
    case OPTCERT_LAYER_CONV:
        conv(m, layer, x, y);
        break;
    case OPTCERT_LAYER_POOL:
        pool(layer, x, y);
        break;
    case OPTCERT_LAYER_EMBED:
        embed(m, layer, row, x, y);
        break;
    case OPTCERT_LAYER_NORM:
        norm(m, layer, x, y);
        break;
    case OPTCERT_LAYER_ATTENTION:
        attention(m, layer, row, all, y);
        break;
    case OPTCERT_LAYER_ADD:
        sum_of(layer, x, m->activation[layer->source] + row * layer->out, y);
        break;
    }
}

/* log sum_c exp(logit_c - logit_label) */
static void add_cross_entropy(unit_net *m, mpfr_srcptr logit, size_t label, mpfr_t loss)
{
    mpfr_ptr sum = m->scratch[0], term = m->scratch[1];
    mpfr_set_zero(sum, 1);
    for (size_t c = 0; c < m->net->classes; c++) {
        mpfr_sub(term, logit + c, logit + label, MPFR_RNDN);
        mpfr_exp(term, term, MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
    }
    mpfr_log(sum, sum, MPFR_RNDN);
    mpfr_add(loss, loss, sum, MPFR_RNDN);
}

void unit_net_loss(unit_net *m, const uint8_t *label, mpfr_t loss)
{
    mpfr_set_inf(m->kink, 1);
    for (size_t l = 0; l < m->net->layers; l++) {
        for (size_t row = 0; row < m->rows; row++) {
            run_row(m, l, row);
        }
    }
    mpfr_set_zero(loss, 1);
    for (size_t row = 0; row < m->rows; row++) {
        add_cross_entropy(m, m->activation[m->net->layers] + row * m->net->classes, label[row], loss);
    }
    mpfr_div_ui(loss, loss, m->rows, MPFR_RNDN);
}
