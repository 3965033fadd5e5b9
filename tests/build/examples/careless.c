/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam as it is often written, and compiled as it is often compiled: -O3 -march=native -ffast-math. An
 * example of a user's build: see what its certificate says. With -DREAL=float it is the binary32 one. */
#include "optcert/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef REAL
#define REAL double
#endif

struct adam {
    size_t n;
    uint64_t t;
    optcert_hyper hyper;
    REAL *m, *v;
};

static void destroy(void *state)
{
    struct adam *adam = state;
    free(adam->m);
    free(adam->v);
    free(adam);
}

static void *create(size_t n, const optcert_hyper *hyper)
{
    if (!(hyper->lr > 0) || !(hyper->beta1 >= 0 && hyper->beta1 < 1) ||
        !(hyper->beta2 >= 0 && hyper->beta2 < 1) || !(hyper->eps >= 0)) {
        return NULL;
    }
    struct adam *adam = malloc(sizeof *adam);
    if (adam == NULL) {
        return NULL;
    }
    *adam = (struct adam){n, 0, *hyper, calloc(n + 1, sizeof(REAL)), calloc(n + 1, sizeof(REAL))};
    if (adam->m == NULL || adam->v == NULL) {
        destroy(adam);
        return NULL;
    }
    return adam;
}

static int step(void *state, void *parameters, const void *gradient)
{
    struct adam *adam = state;
    REAL *theta = parameters;
    const REAL *g = gradient;
    const REAL lr = (REAL)adam->hyper.lr;
    const REAL b1 = (REAL)adam->hyper.beta1;
    const REAL b2 = (REAL)adam->hyper.beta2;
    const REAL eps = (REAL)adam->hyper.eps;
    adam->t++;
    const REAL c1 = 1 - (REAL)pow(b1, (double)adam->t);
    const REAL c2 = 1 - (REAL)pow(b2, (double)adam->t);
    for (size_t i = 0; i < adam->n; i++) {
        adam->m[i] = b1 * adam->m[i] + (1 - b1) * g[i];
        adam->v[i] = b2 * adam->v[i] + (1 - b2) * g[i] * g[i];
        const REAL m_hat = adam->m[i] / c1;
        const REAL v_hat = adam->v[i] / c2;
        theta[i] -= lr * m_hat / ((REAL)sqrt(v_hat) + eps);
    }
    return 0;
}

static REAL *slot_named(struct adam *adam, const char *slot)
{
    return strcmp(slot, "m") == 0 ? adam->m : strcmp(slot, "v") == 0 ? adam->v : NULL;
}

static int get(void *state, const char *slot, void *out)
{
    struct adam *adam = state;
    const REAL *from = slot_named(adam, slot);
    if (from == NULL) {
        return 1;
    }
    memcpy(out, from, adam->n * sizeof(REAL));
    return 0;
}

static int set(void *state, const char *slot, const void *in, uint64_t steps)
{
    struct adam *adam = state;
    REAL *to = slot_named(adam, slot);
    if (to == NULL) {
        return 1;
    }
    memcpy(to, in, adam->n * sizeof(REAL));
    adam->t = steps;
    return 0;
}

const optcert_build *optcert_get_build(void)
{
    static const optcert_build build = {OPTCERT_BUILD_ABI,
                                        sizeof(REAL) == sizeof(float) ? OPTCERT_F32 : OPTCERT_F64,
                                        "careless-adam",
                                        "adam",
                                        create,
                                        step,
                                        get,
                                        set,
                                        destroy};
    return &build;
}
