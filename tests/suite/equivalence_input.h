/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the equivalence suite feeds to kernels. Everything is a pure function of (seed, stream, block). */
#ifndef OPTCERT_EQUIVALENCE_INPUT_H
#define OPTCERT_EQUIVALENCE_INPUT_H
#include "kernels.h"

#include <stdbool.h>

typedef struct optcert_block {
    uint64_t seed;
    uint32_t stream, number; /* which kernel, and which block of it */
} optcert_block;

/* The sizes, places and kinds that a block is made of. */
typedef struct optcert_block_shape {
    size_t n, parts;
    size_t offset[OPTCERT_KERNEL_ARRAYS]; /* in elements, from a multiple of 64 bytes */
    unsigned kind;                        /* of numbers */
    bool shared;                          /* the last two arrays that are only read are one */
    bool backwards;                       /* parts are taken from the last to the first */
} optcert_block_shape;

enum { OPTCERT_BLOCK = 4096, OPTCERT_OFFSETS = 16 };

void optcert_block_shape_of(const optcert_block *block, optcert_block_shape *shape);

/* n elements of the kernel's array `a`, of the shape's kind. */
void optcert_block_fill(const optcert_block *block, const optcert_kernel *kernel, unsigned kind, size_t a, size_t n,
                        void *out);

/* Coefficients: a set from hyper-parameters where the kernel has them, moderate or any bits else. */
void optcert_block_coef(const optcert_block *block, const optcert_kernel *kernel, void *coef);

/* Sets of hyper-parameters and steps, for kernel->prepare. */
typedef struct optcert_context {
    oc_hyper hyper;
    uint64_t k;
    double value[3]; /* of the arrays before the gradient, in the exhaustive search */
    const char *origin;
} optcert_context;
extern const optcert_context optcert_contexts[];
extern const size_t optcert_context_count;

#endif
