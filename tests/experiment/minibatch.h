/* SPDX-License-Identifier: GPL-3.0-or-later
 * Minibatch oracle over a data set: which samples make up gradient number i of a run. */
#ifndef OPTCERT_MINIBATCH_H
#define OPTCERT_MINIBATCH_H
#include "dataset.h"

#include <stdbool.h>

typedef struct optcert_minibatch {
    const optcert_dataset *data;
    size_t batch;
    bool replacement;
    uint64_t seed;
    uint64_t epoch;   /* whose permutation is in `order` */
    uint32_t *order;  /* NULL with replacement */
    float *x;         /* batch * context rows */
    uint8_t *label;
} optcert_minibatch;

/* 0, or -1 when memory is short; batch <= data->train. */
int optcert_minibatch_open(optcert_minibatch *oracle, const optcert_dataset *data, size_t batch,
                           bool replacement, uint64_t seed);
void optcert_minibatch_close(optcert_minibatch *oracle);

/* Fills x and label with batch number `draw` = 0, 1, ... Without replacement, batches never cross an epoch:
 * the remainder of a permutation that does not fill a batch is left out. */
void optcert_minibatch_draw(optcert_minibatch *oracle, uint64_t draw);

#endif
