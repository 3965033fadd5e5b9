/* SPDX-License-Identifier: GPL-3.0-or-later
 * One training run of a network on real data with liboptcert's binary32 kernels: minibatch noise, the
 * run's whole course a pure function of its specification. */
#ifndef OPTCERT_TRAIN_H
#define OPTCERT_TRAIN_H
#include "dataset.h"
#include "net.h"

#include "optcert/hyper.h"

#include <stdbool.h>

typedef enum optcert_trainer { OPTCERT_TRAIN_RMSPROP, OPTCERT_TRAIN_ADAM, OPTCERT_TRAIN_ADAMW } optcert_trainer;

typedef struct optcert_training {
    optcert_trainer optimizer;
    oc_hyper hyper;
    size_t batch;        /* samples of one gradient */
    size_t steps;        /* optimizer steps */
    size_t evaluations;  /* points of the curve after the first, evenly spaced; divides steps */
    size_t evaluated;    /* rows that a point's losses are the mean of, at most */
    uint32_t svag;       /* amplification l: 1 is plain minibatch noise; l > 1 mixes two gradients a step */
    bool replacement;    /* draw samples with replacement; otherwise each epoch is a permutation */
    double average;      /* decay of the iterate average that is evaluated; 0: the iterate itself */
    uint64_t seed;
    void (*probe)(void *context, size_t point, const float *theta); /* sees the iterate at each point, when not NULL */
    void *probe_context;
} optcert_training;

typedef struct optcert_point {
    double train_loss, test_loss, test_accuracy;
} optcert_point;

/* Runs and fills curve[0 .. evaluations]. 0, or -1 when memory is short, evaluations does not divide steps, or the library
 * refuses the hyper-parameters (one line in `error`). A diverged run is no error: its losses are NaN or inf. */
int optcert_train(const optcert_net *net, const optcert_dataset *data, const optcert_training *run,
                  optcert_point *curve, char *error, size_t error_size);

#endif
