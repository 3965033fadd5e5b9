/* SPDX-License-Identifier: GPL-3.0-or-later
 * Feed-forward networks as a list of layers over rows, with exact gradients by back-propagation.
 *
 * A batch is `rows` rows. For images a row is one picture; for text a row is one token and `context`
 * consecutive rows are one sequence. Activations are row-major, rows x width. All parameters of a
 * network are one flat array, so that an optimizer sees one vector. */
#ifndef OPTCERT_NET_H
#define OPTCERT_NET_H
#include "real128.h"

#include <stddef.h>
#include <stdint.h>

typedef enum optcert_layer_kind {
    OPTCERT_LAYER_DENSE,     /* y = x W + b */
    OPTCERT_LAYER_RELU,      /* y = max(x, 0) */
    OPTCERT_LAYER_GELU,      /* tanh form (Hendrycks & Gimpel 2016) */
    OPTCERT_LAYER_CONV,      /* 3x3, zero padding, channel-last pictures */
    OPTCERT_LAYER_POOL,      /* 2x2 mean */
    OPTCERT_LAYER_EMBED,     /* token and position embedding; input is the token itself */
    OPTCERT_LAYER_NORM,      /* layer norm with gain and bias (Ba, Kiros & Hinton 2016) */
    OPTCERT_LAYER_ATTENTION, /* causal multi-head self-attention on rows of q | k | v */
    OPTCERT_LAYER_ADD        /* y = x + output of an earlier layer (residual) */
} optcert_layer_kind;

typedef struct optcert_layer {
    optcert_layer_kind kind;
    size_t in, out;             /* width of a row before and after */
    size_t offset, parameters;  /* where its parameters lie in the flat array */
    size_t height, width;       /* CONV, POOL: picture size before the layer */
    size_t heads;               /* ATTENTION */
    size_t vocabulary;          /* EMBED */
    size_t source;              /* ADD: activation index to add; 0 is the network's input */
} optcert_layer;

enum { OPTCERT_NET_LAYERS = 48, OPTCERT_NET_CONTEXT = 32 /* the longest sequence */ };

typedef struct optcert_net {
    const char *name;
    size_t layers;
    size_t context; /* rows of one sequence; 1 for pictures */
    size_t input, classes;
    size_t parameters;
    optcert_layer layer[OPTCERT_NET_LAYERS];
} optcert_net;

/* dense, ReLU, dense. */
void optcert_net_mlp_sized(optcert_net *net, size_t input, size_t hidden, size_t classes);
/* Pictures of side x side, side a multiple of 4: twice convolution, ReLU and pooling, with that many channels; dense. */
void optcert_net_conv_sized(optcert_net *net, size_t side, size_t first, size_t second, size_t classes);
/* context <= OPTCERT_NET_CONTEXT; heads divides width. */
void optcert_net_transformer_sized(optcert_net *net, size_t vocabulary, size_t context, size_t width, size_t heads,
                                   size_t blocks);

/* The networks of the experiments. */
void optcert_net_mlp(optcert_net *net);
void optcert_net_conv(optcert_net *net);
void optcert_net_transformer(optcert_net *net, size_t vocabulary);

/* Glorot-uniform weights, zero biases, unit gains, from a seed; in binary64 for every precision. */
void optcert_net_initialise(const optcert_net *net, uint64_t seed, double *theta);

#define OPTCERT_NET_DECLARE(real, suffix)                                                                    \
    typedef struct optcert_workspace_##suffix {                                                              \
        size_t rows;                                                                                         \
        real *activation[OPTCERT_NET_LAYERS + 1];                                                            \
        real *delta[OPTCERT_NET_LAYERS + 1];                                                                 \
        real *cache[OPTCERT_NET_LAYERS]; /* ATTENTION: probabilities; NORM: 1/deviation; CONV: columns;      \
                                            GELU: gates */                                                   \
    } optcert_workspace_##suffix;                                                                            \
    /* 0, or -1 when memory is short; the workspace is then empty. */                                        \
    int optcert_workspace_open_##suffix(const optcert_net *net, size_t rows,                                 \
                                        optcert_workspace_##suffix *work);                                   \
    void optcert_workspace_close_##suffix(const optcert_net *net, optcert_workspace_##suffix *work);         \
    /* Mean cross-entropy over the rows; counts the rows whose largest logit is the label. `input` is        \
     * rows x net->input. `gradient` (flat, or NULL) receives the gradient of the mean. */                   \
    real optcert_net_loss_##suffix(const optcert_net *net, optcert_workspace_##suffix *work,               \
                                     const real *theta, size_t rows, const real *input,                      \
                                     const uint8_t *label, real *gradient, size_t *correct);

OPTCERT_NET_DECLARE(float, f32)
OPTCERT_NET_DECLARE(double, f64)
typedef optcert_real128 optcert_quad;
OPTCERT_NET_DECLARE(optcert_quad, f128)

#endif
