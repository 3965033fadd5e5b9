/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a network forward and backward: mean cross-entropy and its gradient. */
#include "net.h"

#include "layers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define workspace NET_NAME(optcert_workspace)

static const struct {
    void (*forward)(const net_pass *);
    void (*backward)(const net_pass *);
} kinds[] = {
    [OPTCERT_LAYER_DENSE] = {optcert_dense_forward, optcert_dense_backward},
    [OPTCERT_LAYER_RELU] = {optcert_relu_forward, optcert_relu_backward},
    [OPTCERT_LAYER_GELU] = {optcert_gelu_forward, optcert_gelu_backward},
    [OPTCERT_LAYER_CONV] = {optcert_conv_forward, optcert_conv_backward},
    [OPTCERT_LAYER_POOL] = {optcert_pool_forward, optcert_pool_backward},
    [OPTCERT_LAYER_EMBED] = {optcert_embed_forward, optcert_embed_backward},
    [OPTCERT_LAYER_NORM] = {optcert_norm_forward, optcert_norm_backward},
    [OPTCERT_LAYER_ATTENTION] = {optcert_attention_forward, optcert_attention_backward},
};

static size_t cache_size(const optcert_net *net, const optcert_layer *layer, size_t rows)
{
    switch (layer->kind) {
    case OPTCERT_LAYER_CONV:
        return rows * 9 * layer->in;
    case OPTCERT_LAYER_GELU:
        return rows * layer->out;
    case OPTCERT_LAYER_NORM:
        return rows * 2;
    case OPTCERT_LAYER_ATTENTION:
        return rows * layer->heads * net->context;
    default:
        return 0;
    }
}

static size_t width_at(const optcert_net *net, size_t index)
{
    return index == 0 ? net->input : net->layer[index - 1].out;
}

int NET_NAME(optcert_workspace_open)(const optcert_net *net, size_t rows, workspace *work)
{
    memset(work, 0, sizeof *work);
    work->rows = rows;
    for (size_t l = 0; l <= net->layers; l++) {
        const size_t cache = l < net->layers ? cache_size(net, &net->layer[l], rows) : 0;
        work->activation[l] = calloc(rows * width_at(net, l), sizeof(net_real));
        work->delta[l] = calloc(rows * width_at(net, l), sizeof(net_real));
        if (cache > 0) {
            work->cache[l] = calloc(cache, sizeof(net_real));
        }
        if (work->activation[l] == NULL || work->delta[l] == NULL || (cache > 0 && work->cache[l] == NULL)) {
            NET_NAME(optcert_workspace_close)(net, work);
            return -1;
        }
    }
    return 0;
}

void NET_NAME(optcert_workspace_close)(const optcert_net *net, workspace *work)
{
    for (size_t l = 0; l <= net->layers; l++) {
        free(work->activation[l]);
        free(work->delta[l]);
        if (l < net->layers) {
            free(work->cache[l]);
        }
    }
    memset(work, 0, sizeof *work);
}

static net_pass pass_of(const optcert_net *net, workspace *work, const net_real *theta, size_t rows, size_t l)
{
    const optcert_layer *layer = &net->layer[l];
    return (net_pass){.layer = layer,
                      .rows = rows,
                      .context = net->context,
                      .theta = theta + layer->offset,
                      .x = work->activation[l],
                      .y = work->activation[l + 1],
                      .cache = work->cache[l],
                      .delta_y = work->delta[l + 1],
                      .delta_x = work->delta[l]};
}

static void forward(const optcert_net *net, workspace *work, const net_real *theta, size_t rows)
{
    for (size_t l = 0; l < net->layers; l++) {
        const optcert_layer *layer = &net->layer[l];
        if (layer->kind == OPTCERT_LAYER_ADD) {
            for (size_t i = 0; i < rows * layer->out; i++) {
                work->activation[l + 1][i] = work->activation[l][i] + work->activation[layer->source][i];
            }
        } else {
            const net_pass pass = pass_of(net, work, theta, rows, l);
            kinds[layer->kind].forward(&pass);
        }
    }
}

static void backward(const optcert_net *net, workspace *work, const net_real *theta, size_t rows,
                     net_real *gradient)
{
    for (size_t l = 0; l < net->layers; l++) {
        memset(work->delta[l], 0, rows * width_at(net, l) * sizeof(net_real));
    }
    for (size_t l = net->layers; l-- > 0;) {
        const optcert_layer *layer = &net->layer[l];
        if (layer->kind == OPTCERT_LAYER_ADD) {
            for (size_t i = 0; i < rows * layer->out; i++) {
                work->delta[l][i] += work->delta[l + 1][i];
                work->delta[layer->source][i] += work->delta[l + 1][i];
            }
        } else {
            net_pass pass = pass_of(net, work, theta, rows, l);
            pass.gradient = gradient + layer->offset;
            kinds[layer->kind].backward(&pass);
        }
    }
}

/* Cross-entropy of one row of logits; leaves softmax - one-hot, divided by rows, in `delta`. */
static net_real cross_entropy(const net_real *logit, size_t classes, size_t label, size_t rows, net_real *delta,
                            size_t *correct)
{
    size_t best = 0;
    net_real sum = 0;
    for (size_t c = 1; c < classes; c++) {
        best = logit[c] > logit[best] ? c : best;
    }
    for (size_t c = 0; c < classes; c++) {
        delta[c] = NET_EXP(logit[c] - logit[best]);
        sum += delta[c];
    }
    for (size_t c = 0; c < classes; c++) {
        delta[c] = (delta[c] / sum - (c == label ? 1 : 0)) / (net_real)rows;
    }
    *correct += best == label;
    return NET_LOG(sum) - (logit[label] - logit[best]);
}

net_real NET_NAME(optcert_net_loss)(const optcert_net *net, workspace *work, const net_real *theta, size_t rows,
                                  const net_real *input, const uint8_t *label, net_real *gradient,
                                  size_t *correct)
{
    const net_real *logits = work->activation[net->layers];
    net_real loss = 0;
    *correct = 0;
    memcpy(work->activation[0], input, rows * net->input * sizeof *input);
    forward(net, work, theta, rows);
    for (size_t r = 0; r < rows; r++) {
        loss += cross_entropy(logits + r * net->classes, net->classes, label[r], rows,
                              work->delta[net->layers] + r * net->classes, correct);
    }
    if (gradient != NULL) {
        backward(net, work, theta, rows, gradient);
    }
    return loss / (net_real)rows;
}
