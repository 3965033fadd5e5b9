/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inputs of the equivalence suite. */
#include "equivalence_input.h"

#include <Random123/philox.h>

/* For the arrays in order: theta, then m or v, then v. */
const optcert_context optcert_contexts[] = {
    {{1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.9, 0}, 0, {0.5, 0, 0}, "first step of a training run"},
    {{1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.9, 0}, 1000, {-0.03, 1e-3, 1e-6}, "in the middle of a run"},
    {{1e-2, 0.9, 0.99, 1e-8, 0, 0.5, 0}, 1, {1, -1e-3, 4e-4}, "PyTorch's RMSprop"},
    {{3e-4, 0.9, 0.95, 1e-8, 0.1, 0, 0}, 1000000, {1e-20, 1e-20, 1e-38}, "language models; v at underflow"},
    {{1, 0, 0, 1e-30, 1, 0, 0}, 0, {0, 0, 0}, "betas 0: sign descent"},
    {{1e-30, 0.5, 0.5, 1e-30, 1e-3, 0.99, 0}, 3, {1e-40, -1e-40, 1e-45}, "subnormal state"},
    {{1e3, 0.99999, 0.999999, 0, 1e-3, 0.99999, OC_ALLOW_ZERO_EPS}, 10, {-1e30, 1e30, 1e38}, "huge state, no eps"},
    {{0.1, 0.9, 0.999, 1, 0.5, 0.9, 0}, UINT64_C(1) << 40, {-0.0, -0.0, 0}, "late; negative zeros"},
};
const size_t optcert_context_count = sizeof optcert_contexts / sizeof optcert_contexts[0];

enum { USUAL, WIDE, ANY_BITS, SPECIAL, KINDS };

/* Four words at a place of a block. */
static philox4x32_ctr_t words(const optcert_block *block, uint32_t role, uint32_t place)
{
    const philox4x32_ctr_t counter = {{block->stream, block->number, role, place}};
    const philox4x32_key_t key = {{(uint32_t)block->seed, (uint32_t)(block->seed >> 32)}};
    return philox4x32(counter, key);
}

enum { ROLE_SHAPE = 100, ROLE_COEF = 200 }; /* below: the arrays */

static size_t size_of(uint32_t a, uint32_t b)
{
    switch (a % 4) {
    case 0:
        return b % 100;
    case 1:
        return b % OPTCERT_BLOCK;
    default:
        return OPTCERT_BLOCK - b % 64;
    }
}

void optcert_block_shape_of(const optcert_block *block, optcert_block_shape *shape)
{
    static const size_t parts[] = {1, 2, 3, 8};
    const philox4x32_ctr_t w = words(block, ROLE_SHAPE, 0);
    shape->n = size_of(w.v[0], w.v[1]);
    shape->parts = parts[w.v[2] % 4];
    shape->shared = (w.v[2] >> 8) % 4 == 0;
    shape->backwards = (w.v[2] >> 16) % 2 == 0;
    shape->kind = w.v[3] % KINDS;
    for (uint32_t a = 0; a < OPTCERT_KERNEL_ARRAYS; a++) {
        shape->offset[a] = words(block, ROLE_SHAPE, 1 + a).v[0] % OPTCERT_OFFSETS;
    }
}

/* Exponent fields in [low, low + count): usual is 2^-24 to 2^8, wide reaches from the subnormals to the largest. */
typedef struct exponents {
    uint32_t low, count;
} exponents;

static uint32_t number_f32(const exponents *range, uint32_t w, uint32_t scale, bool nonnegative)
{
    const uint32_t sign = nonnegative ? 0 : w & UINT32_C(0x80000000);
    return sign | (range->low + scale % range->count) << 23 | (w & 0x7fffff);
}
static uint64_t number_f64(const exponents *range, uint64_t w, uint32_t scale, bool nonnegative)
{
    const uint64_t sign = nonnegative ? 0 : w & UINT64_C(0x8000000000000000);
    return sign | (uint64_t)(range->low + scale % range->count) << 52 | (w & UINT64_C(0xfffffffffffff));
}

/* Zero, the least and largest subnormal, the least normal, 1 and its neighbours, the largest, infinity, a quiet and a
 * signalling NaN; the sign is drawn. */
static uint32_t special_f32(uint32_t w)
{
    static const uint32_t bits[] = {0,          1,          0x7fffff,   0x800000,   0x3f7fffff, 0x3f800000,
                                    0x3f800001, 0x7f7fffff, 0x7f800000, 0x7fc12345, 0x7f812345};
    return bits[(w >> 8) % (sizeof bits / sizeof bits[0])] | (w & UINT32_C(0x80000000));
}
static uint64_t special_f64(uint32_t w)
{
    static const uint64_t bits[] = {0,
                                    1,
                                    UINT64_C(0x000fffffffffffff),
                                    UINT64_C(0x0010000000000000),
                                    UINT64_C(0x3fefffffffffffff),
                                    UINT64_C(0x3ff0000000000000),
                                    UINT64_C(0x3ff0000000000001),
                                    UINT64_C(0x7fefffffffffffff),
                                    UINT64_C(0x7ff0000000000000),
                                    UINT64_C(0x7ff8123456789abc),
                                    UINT64_C(0x7ff0123456789abc)};
    return bits[(w >> 8) % (sizeof bits / sizeof bits[0])] | (uint64_t)(w & UINT32_C(0x80000000)) << 32;
}

static void fill_f32(const optcert_block *block, unsigned kind, uint32_t role, bool nonnegative, size_t n, uint32_t *out)
{
    static const exponents range[] = {{103, 32}, {0, 255}};
    for (size_t i = 0; i < n; i += 4) {
        const philox4x32_ctr_t w = words(block, role, (uint32_t)(i / 4));
        for (size_t j = 0; j < 4 && i + j < n; j++) {
            const uint32_t bits = w.v[j], scale = w.v[(j + 1) % 4] >> 16;
            out[i + j] = kind <= WIDE ? number_f32(&range[kind], bits, scale, nonnegative)
                                      : (kind == ANY_BITS ? bits : special_f32(bits));
        }
    }
}
static void fill_f64(const optcert_block *block, unsigned kind, uint32_t role, bool nonnegative, size_t n, uint64_t *out)
{
    static const exponents range[] = {{999, 32}, {0, 2047}};
    for (size_t i = 0; i < n; i += 2) {
        const philox4x32_ctr_t w = words(block, role, (uint32_t)(i / 2));
        for (size_t j = 0; j < 2 && i + j < n; j++) {
            const uint64_t bits = (uint64_t)w.v[2 * j] << 32 | w.v[2 * j + 1];
            const uint32_t scale = w.v[(2 * j + 3) % 4];
            out[i + j] = kind <= WIDE ? number_f64(&range[kind], bits, scale, nonnegative)
                                      : (kind == ANY_BITS ? bits : special_f64(w.v[2 * j]));
        }
    }
}

static void fill(const optcert_block *block, unsigned bits, unsigned kind, uint32_t role, bool nonnegative, size_t n,
                 void *out)
{
    if (bits == 32) {
        fill_f32(block, kind, role, nonnegative, n, out);
    } else {
        fill_f64(block, kind, role, nonnegative, n, out);
    }
}

void optcert_block_fill(const optcert_block *block, const optcert_kernel *kernel, unsigned kind, size_t a, size_t n,
                        void *out)
{
    const bool nonnegative = kernel->roles[a] == 'V' || kernel->roles[a] == 'v';
    fill(block, kernel->bits, kind, (uint32_t)a, nonnegative, n, out);
}

void optcert_block_coef(const optcert_block *block, const optcert_kernel *kernel, void *coef)
{
    const philox4x32_ctr_t w = words(block, ROLE_COEF, 0);
    const optcert_context *context = &optcert_contexts[w.v[1] % optcert_context_count];
    const bool drawn = kernel->prepare == NULL || w.v[0] % 4 == 0;
    if (drawn || kernel->prepare(coef, &context->hyper, context->k) != OC_OK) {
        fill(block, kernel->bits, w.v[2] % KINDS == ANY_BITS ? ANY_BITS : USUAL, ROLE_COEF, true, kernel->coefs, coef);
    }
}
