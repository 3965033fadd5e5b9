/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wrong fast paths. */
#include "kernel_damage.h"

#include <math.h>
#include <string.h>

/* Every WIDTH elements make one register of the widest kind; what is left over is the tail. */
enum { WIDTH = 16, RARE = 1000 };

/* One bit, the lowest, of one element in a thousand of the first array. */
static void low_bit(const optcert_kernel *kernel, size_t n, void *const *array, void *const *before)
{
    (void)before;
    const size_t size = kernel->bits / 8;
    for (size_t i = RARE - 1; i < n; i += RARE) {
        ((unsigned char *)array[0])[i * size] ^= 1; /* little endian: x86-64 and AArch64 */
    }
}

/* The last element of a tail is left out. */
static void short_tail(const optcert_kernel *kernel, size_t n, void *const *array, void *const *before)
{
    const size_t size = kernel->bits / 8;
    if (n % WIDTH != 0) {
        memcpy((unsigned char *)array[0] + (n - 1) * size, (unsigned char *)before[0] + (n - 1) * size, size);
    }
}

/* One element more than asked for. */
static void long_tail(const optcert_kernel *kernel, size_t n, void *const *array, void *const *before)
{
    (void)before;
    memset((unsigned char *)array[0] + n * (kernel->bits / 8), 0, kernel->bits / 8);
}

/* Subnormal results become zeros, as with flush-to-zero. */
static void flush(const optcert_kernel *kernel, size_t n, void *const *array, void *const *before)
{
    (void)before;
    for (size_t i = 0; i < n; i++) {
        if (kernel->bits == 32) {
            float *x = (float *)array[0] + i;
            *x = fpclassify(*x) == FP_SUBNORMAL ? 0.0f : *x;
        } else {
            double *x = (double *)array[0] + i;
            *x = fpclassify(*x) == FP_SUBNORMAL ? 0.0 : *x;
        }
    }
}

/* -0 becomes +0, as when x - y is computed as x + (0 - y). */
static void lost_sign(const optcert_kernel *kernel, size_t n, void *const *array, void *const *before)
{
    (void)before;
    for (size_t i = 0; i < n; i++) {
        if (kernel->bits == 32) {
            ((float *)array[0])[i] += 0.0f;
        } else {
            ((double *)array[0])[i] += 0.0;
        }
    }
}

const optcert_kernel_defect optcert_kernel_defects[] = {
    {"low-bit", "the lowest bit of one element in a thousand is flipped", low_bit},
    {"short-tail", "the last element is left out where n is no multiple of 16", short_tail},
    {"long-tail", "one element more than asked for is written", long_tail},
    {"flush", "subnormal results are flushed to zero", flush},
    {"lost-sign", "negative zeros become positive", lost_sign},
    {NULL, NULL, NULL},
};

const optcert_kernel_defect *optcert_kernel_defect_find(const char *name)
{
    for (const optcert_kernel_defect *defect = optcert_kernel_defects; defect->name != NULL; defect++) {
        if (strcmp(defect->name, name) == 0) {
            return defect;
        }
    }
    return NULL;
}
