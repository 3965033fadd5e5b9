/* SPDX-License-Identifier: GPL-3.0-or-later
 * The networks' forward pass in MPFR, written from the definitions of the layers and not from their code. */
#ifndef UNIT_NET_MPFR_H
#define UNIT_NET_MPFR_H
#include "net.h"

#include <mpfr.h>

enum { UNIT_NET_BITS = 192 };

typedef struct unit_net {
    const optcert_net *net;
    size_t rows;
    mpfr_ptr theta;
    mpfr_ptr activation[OPTCERT_NET_LAYERS + 1];
    mpfr_t kink;       /* the least |input| of a ReLU in the last pass: a difference across 0 would mean nothing */
    mpfr_t scratch[4];
} unit_net;

void unit_net_open(unit_net *m, const optcert_net *net, size_t rows, const double *theta, const double *input);
void unit_net_close(unit_net *m);

/* Mean cross-entropy over the rows. */
void unit_net_loss(unit_net *m, const uint8_t *label, mpfr_t loss);

#endif
