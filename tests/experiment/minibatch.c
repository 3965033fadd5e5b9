/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sampling with replacement (independent draws) and without (one permutation an epoch). */
#include "minibatch.h"

#include "shuffle.h"

#include <stdlib.h>
#include <string.h>

/* Streams of one seed: independent draws use stream 0, the permutation of epoch e stream e + 1. */
static void permute(optcert_minibatch *oracle, uint64_t epoch)
{
    optcert_shuffle(oracle->seed, epoch + 1, oracle->data->train, oracle->order);
    oracle->epoch = epoch;
}

int optcert_minibatch_open(optcert_minibatch *oracle, const optcert_dataset *data, size_t batch,
                           bool replacement, uint64_t seed)
{
    const size_t rows = batch * data->context;
    *oracle = (optcert_minibatch){.data = data, .batch = batch, .replacement = replacement, .seed = seed};
    oracle->order = calloc(data->train, sizeof *oracle->order);
    oracle->x = calloc(rows * data->input, sizeof *oracle->x);
    oracle->label = calloc(rows, sizeof *oracle->label);
    if (oracle->order == NULL || oracle->x == NULL || oracle->label == NULL) {
        optcert_minibatch_close(oracle);
        return -1;
    }
    permute(oracle, 0);
    return 0;
}

void optcert_minibatch_close(optcert_minibatch *oracle)
{
    free(oracle->order);
    free(oracle->x);
    free(oracle->label);
    memset(oracle, 0, sizeof *oracle);
}

static uint32_t sample_of(optcert_minibatch *oracle, uint64_t draw, size_t i)
{
    if (oracle->replacement) {
        return optcert_pick(oracle->seed, 0, draw * oracle->batch + i, (uint32_t)oracle->data->train);
    }
    return oracle->order[draw % (oracle->data->train / oracle->batch) * oracle->batch + i];
}

void optcert_minibatch_draw(optcert_minibatch *oracle, uint64_t draw)
{
    const size_t rows = oracle->data->context, width = rows * oracle->data->input;
    const uint64_t epoch = draw / (oracle->data->train / oracle->batch);
    if (!oracle->replacement && epoch != oracle->epoch) {
        permute(oracle, epoch);
    }
    for (size_t i = 0; i < oracle->batch; i++) {
        const size_t sample = sample_of(oracle, draw, i);
        memcpy(oracle->x + i * width, oracle->data->x + sample * width, width * sizeof *oracle->x);
        memcpy(oracle->label + i * rows, oracle->data->label + sample * rows, rows);
    }
}
