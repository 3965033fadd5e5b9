/* SPDX-License-Identifier: GPL-3.0-or-later
 * The array kernels of the library, each as the proved core and as the fast path of optcert/fast.h and fast_sde.h, in
 * one shape, so that suites and benchmarks can go through them. */
#ifndef OPTCERT_KERNELS_H
#define OPTCERT_KERNELS_H
#include "optcert/hyper.h"
#include "optcert/isa.h"
#include "optcert/status.h"

#include <stddef.h>
#include <stdint.h>

enum { OPTCERT_KERNEL_ARRAYS = 8, OPTCERT_KERNEL_COEF = 12 };

typedef struct optcert_kernel {
    const char *unit;    /* of impl/ */
    const char *name;    /* "adam_step": oc_adam_step_f32 is the core, oc_fast_adam_step_f32 the fast path */
    const char *dialect; /* that it computes; NULL where it is no optimizer */
    unsigned bits;       /* 32 or 64 */
    size_t coefs;        /* members of the coefficients, all of the working format */
    /* One letter for each array in the order of the parameters. Capitals are written: T read and written, V the same
     * and >= 0, O written only. Others are read: g any sign, v >= 0. */
    const char *roles;
    /* Fills the coefficients of step k; NULL where they do not come from hyper-parameters. */
    oc_status (*prepare)(void *coef, const oc_hyper *hyper, uint64_t k);
    void (*core)(const void *coef, size_t n, void *const *array);
    void (*fast)(oc_isa isa, const void *coef, size_t n, void *const *array);
} optcert_kernel;

/* All of them; the list ends with a NULL unit. The optimizers come first. */
extern const optcert_kernel optcert_kernels[];

/* The kernel of a dialect, in either format; NULL when there is none. */
const optcert_kernel *optcert_kernel_of(const char *dialect);

#endif
