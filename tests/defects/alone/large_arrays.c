/* SPDX-License-Identifier: GPL-3.0-or-later
 * Builds that are wrong only far away from where conformance looks: Adam in binary64 whose arrays of more than 4096
 * elements take another way. Conformance and robustness use small arrays and pass both.
 *   short-grid   the kernel is launched over at most 4096 elements; what lies beyond is never updated (svag fails)
 *   coarse-rate  the kernel's learning rate passes through 8 bits (E5M2: three significant ones), so that theta follows an SDE of
 *                its own, too near for its distance to be refused, and comes no nearer as l grows (svag.bowl.order fails)
 *   cached-plan  betas and eps are those of the first instance ever made, as in a cache of kernels that forgets part of
 *                its key; runs of one setting are right, runs at another batch are not (scaling fails) */
#include "optcert/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 4096 };

typedef struct state {
    size_t n;
    double k;
    optcert_hyper hyper;
    double *m, *v;
} state;

static void destroy(void *opaque)
{
    state *self = opaque;
    free(self->m);
    free(self->v);
    free(self);
}

static void *create(size_t n, const optcert_hyper *hyper)
{
    state *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    self->n = n;
    self->hyper = *hyper;
    self->m = calloc(n + 1, sizeof *self->m);
    self->v = calloc(n + 1, sizeof *self->v);
    if (self->m == NULL || self->v == NULL) {
        destroy(self);
        return NULL;
    }
    return self;
}

static void *create_short(size_t n, const optcert_hyper *hyper)
{
    return create(n < LARGE ? n : LARGE, hyper);
}

static void *create_cached(size_t n, const optcert_hyper *hyper)
{
    static optcert_hyper first;
    optcert_hyper used = *hyper;
    if (n > LARGE) {
        first = first.lr == 0 ? *hyper : first;
        used = first;
        used.lr = hyper->lr;
    }
    return create(n, &used);
}

static void *create_coarse(size_t n, const optcert_hyper *hyper)
{
    optcert_hyper used = *hyper;
    int exponent = 0;
    const double fraction = frexp(hyper->lr, &exponent);
    if (n > LARGE) {
        used.lr = ldexp(nearbyint(ldexp(fraction, 3)), exponent - 3);
    }
    return create(n, &used);
}

static int step(void *opaque, void *parameters, const void *gradient)
{
    state *self = opaque;
    const optcert_hyper *h = &self->hyper;
    double *theta = parameters;
    const double *grad = gradient;
    self->k++;
    const double c1 = 1.0 - pow(h->beta1, self->k), c2 = 1.0 - pow(h->beta2, self->k);
    for (size_t i = 0; i < self->n; i++) {
        self->m[i] = h->beta1 * self->m[i] + (1.0 - h->beta1) * grad[i];
        self->v[i] = h->beta2 * self->v[i] + (1.0 - h->beta2) * grad[i] * grad[i];
        theta[i] -= h->lr * (self->m[i] / c1) / (sqrt(self->v[i] / c2) + h->eps);
    }
    return 0;
}

const optcert_build *optcert_find_build(const char *name)
{
    static const optcert_build builds[] = {
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "short-grid", "adam", create_short, step, NULL, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "cached-plan", "adam", create_cached, step, NULL, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "coarse-rate", "adam", create_coarse, step, NULL, NULL, destroy},
    };
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        if (strcmp(name, builds[i].name) == 0) {
            return &builds[i];
        }
    }
    return NULL;
}
