/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forward and backward maps of each kind of layer. `delta_x` is added to (several layers may read one
 * activation); `gradient` points at the layer's own parameters and is written. */
#ifndef OPTCERT_LAYERS_H
#define OPTCERT_LAYERS_H
#include "net.h"
#include "net_scalar.h"

#define optcert_dense_forward NET_NAME(optcert_dense_forward)
#define optcert_dense_backward NET_NAME(optcert_dense_backward)
#define optcert_conv_forward NET_NAME(optcert_conv_forward)
#define optcert_conv_backward NET_NAME(optcert_conv_backward)
#define optcert_pool_forward NET_NAME(optcert_pool_forward)
#define optcert_pool_backward NET_NAME(optcert_pool_backward)
#define optcert_relu_forward NET_NAME(optcert_relu_forward)
#define optcert_relu_backward NET_NAME(optcert_relu_backward)
#define optcert_gelu_forward NET_NAME(optcert_gelu_forward)
#define optcert_gelu_backward NET_NAME(optcert_gelu_backward)
#define optcert_embed_forward NET_NAME(optcert_embed_forward)
#define optcert_embed_backward NET_NAME(optcert_embed_backward)
#define optcert_norm_forward NET_NAME(optcert_norm_forward)
#define optcert_norm_backward NET_NAME(optcert_norm_backward)
#define optcert_attention_forward NET_NAME(optcert_attention_forward)
#define optcert_attention_backward NET_NAME(optcert_attention_backward)

typedef struct net_pass {
    const optcert_layer *layer;
    size_t rows, context;
    const net_real *theta; /* the layer's own parameters */
    const net_real *x;
    net_real *y;
    net_real *cache;
    const net_real *delta_y;
    net_real *delta_x;
    net_real *gradient;
} net_pass;

void optcert_dense_forward(const net_pass *pass);
void optcert_dense_backward(const net_pass *pass);
void optcert_conv_forward(const net_pass *pass);
void optcert_conv_backward(const net_pass *pass);
void optcert_pool_forward(const net_pass *pass);
void optcert_pool_backward(const net_pass *pass);
void optcert_relu_forward(const net_pass *pass);
void optcert_relu_backward(const net_pass *pass);
void optcert_gelu_forward(const net_pass *pass);
void optcert_gelu_backward(const net_pass *pass);
void optcert_embed_forward(const net_pass *pass);
void optcert_embed_backward(const net_pass *pass);
void optcert_norm_forward(const net_pass *pass);
void optcert_norm_backward(const net_pass *pass);
void optcert_attention_forward(const net_pass *pass);
void optcert_attention_backward(const net_pass *pass);

#endif
