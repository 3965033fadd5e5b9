/* SPDX-License-Identifier: Apache-2.0
 * The build interface: what a shared object exports to be certified. This file stands alone; copy it. */
#ifndef OPTCERT_BUILD_H
#define OPTCERT_BUILD_H
#include <stddef.h>
#include <stdint.h>

#define OPTCERT_BUILD_ABI 1u
enum { OPTCERT_F32 = 1, OPTCERT_F64 = 2 };

typedef struct optcert_hyper {
    double lr, beta1, beta2, eps, weight_decay, momentum, dampening;
} optcert_hyper; /* RMSprop's beta is beta2 */

typedef struct optcert_build {
    uint32_t abi, scalar;      /* OPTCERT_BUILD_ABI; OPTCERT_F32 or OPTCERT_F64 */
    const char *name, *claims; /* claims: a dialect from `optcert list`, or NULL */
    void *(*create)(size_t n, const optcert_hyper *hyper);                    /* NULL on failure */
    int (*step)(void *state, void *theta, const void *grad);                  /* 0 on success */
    int (*get)(void *state, const char *slot, void *out);                     /* optional: "m", "v"; nonzero when not exposed */
    int (*set)(void *state, const char *slot, const void *in, uint64_t step); /* optional: resume from a state */
    void (*destroy)(void *state);
} optcert_build;

const optcert_build *optcert_get_build(void); /* the one exported symbol */

#endif
