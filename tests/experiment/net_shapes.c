/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three kinds of network: a multilayer perceptron, a convolutional net for pictures, and a decoder-only
 * transformer for text (pre-norm, as in Radford et al. 2019); and the sizes that the experiments train. */
#include "net.h"

#include <math.h>
#include <string.h>

#include <Random123/philox.h>

static void begin(optcert_net *net, const char *name, size_t input, size_t context)
{
    memset(net, 0, sizeof *net);
    net->name = name;
    net->input = input;
    net->context = context;
}

static optcert_layer *add(optcert_net *net, optcert_layer_kind kind, size_t in, size_t out, size_t parameters)
{
    optcert_layer *layer = &net->layer[net->layers++];
    layer->kind = kind;
    layer->in = in;
    layer->out = out;
    layer->offset = net->parameters;
    layer->parameters = parameters;
    net->parameters += parameters;
    net->classes = out;
    return layer;
}

static void dense(optcert_net *net, size_t in, size_t out)
{
    add(net, OPTCERT_LAYER_DENSE, in, out, (in + 1) * out);
}

static void conv(optcert_net *net, size_t height, size_t width, size_t from, size_t to)
{
    const size_t pixels = height * width;
    optcert_layer *layer = add(net, OPTCERT_LAYER_CONV, pixels * from, pixels * to, (9 * from + 1) * to);
    layer->height = height;
    layer->width = width;
    add(net, OPTCERT_LAYER_RELU, pixels * to, pixels * to, 0);
}

static void pool(optcert_net *net, size_t height, size_t width, size_t channels)
{
    const size_t in = height * width * channels;
    optcert_layer *layer = add(net, OPTCERT_LAYER_POOL, in, in / 4, 0);
    layer->height = height;
    layer->width = width;
}

void optcert_net_mlp_sized(optcert_net *net, size_t input, size_t hidden, size_t classes)
{
    begin(net, "mlp", input, 1);
    dense(net, input, hidden);
    add(net, OPTCERT_LAYER_RELU, hidden, hidden, 0);
    dense(net, hidden, classes);
}

void optcert_net_conv_sized(optcert_net *net, size_t side, size_t first, size_t second, size_t classes)
{
    const size_t half = side / 2, quarter = side / 4;
    begin(net, "conv", side * side, 1);
    conv(net, side, side, 1, first);
    pool(net, side, side, first);
    conv(net, half, half, first, second);
    pool(net, half, half, second);
    dense(net, quarter * quarter * second, classes);
}

static void residual(optcert_net *net, size_t width, size_t source)
{
    add(net, OPTCERT_LAYER_ADD, width, width, 0)->source = source;
}

static void block(optcert_net *net, size_t width, size_t heads)
{
    size_t entry = net->layers;
    add(net, OPTCERT_LAYER_NORM, width, width, 2 * width);
    dense(net, width, 3 * width);
    add(net, OPTCERT_LAYER_ATTENTION, 3 * width, width, 0)->heads = heads;
    dense(net, width, width);
    residual(net, width, entry);
    entry = net->layers;
    add(net, OPTCERT_LAYER_NORM, width, width, 2 * width);
    dense(net, width, 4 * width);
    add(net, OPTCERT_LAYER_GELU, 4 * width, 4 * width, 0);
    dense(net, 4 * width, width);
    residual(net, width, entry);
}

void optcert_net_transformer_sized(optcert_net *net, size_t vocabulary, size_t context, size_t width, size_t heads,
                                   size_t blocks)
{
    begin(net, "transformer", 1, context);
    add(net, OPTCERT_LAYER_EMBED, 1, width, (vocabulary + context) * width)->vocabulary = vocabulary;
    for (size_t b = 0; b < blocks; b++) {
        block(net, width, heads);
    }
    add(net, OPTCERT_LAYER_NORM, width, width, 2 * width);
    dense(net, width, vocabulary);
}

void optcert_net_mlp(optcert_net *net)
{
    optcert_net_mlp_sized(net, 64, 32, 10);
}

void optcert_net_conv(optcert_net *net)
{
    optcert_net_conv_sized(net, 8, 8, 16, 10);
}

void optcert_net_transformer(optcert_net *net, size_t vocabulary)
{
    optcert_net_transformer_sized(net, vocabulary, OPTCERT_NET_CONTEXT, 32, 2, 2);
}

/* Uniform in (-1, 1), a pure function of (seed, index). */
static double uniform(uint64_t seed, size_t index)
{
    const philox2x64_ctr_t counter = {{index, 0}};
    const philox2x64_key_t key = {{seed}};
    const uint64_t bits = philox2x64(counter, key).v[0];
    return ((double)(bits >> 12) + 0.5) * 0x1p-51 - 1.0;
}

static void fill(double *theta, size_t first, size_t count, double bound, uint64_t seed)
{
    for (size_t i = first; i < first + count; i++) {
        theta[i] = bound * uniform(seed, i);
    }
}

void optcert_net_initialise(const optcert_net *net, uint64_t seed, double *theta)
{
    memset(theta, 0, net->parameters * sizeof *theta);
    for (size_t l = 0; l < net->layers; l++) {
        const optcert_layer *layer = &net->layer[l];
        const size_t pixels = layer->kind == OPTCERT_LAYER_CONV ? layer->height * layer->width : 1;
        const size_t patch = layer->kind == OPTCERT_LAYER_CONV ? 9 : 1;
        const size_t in = patch * layer->in / pixels, out = layer->out / pixels;
        switch (layer->kind) {
        case OPTCERT_LAYER_DENSE:
        case OPTCERT_LAYER_CONV:
            fill(theta, layer->offset, in * out, sqrt(6.0 / (double)(in + patch * out)), seed);
            break;
        case OPTCERT_LAYER_EMBED:
            fill(theta, layer->offset, layer->parameters, 0.1, seed);
            break;
        case OPTCERT_LAYER_NORM:
            for (size_t i = 0; i < layer->out; i++) {
                theta[layer->offset + i] = 1.0;
            }
            break;
        default:
            break;
        }
    }
}
