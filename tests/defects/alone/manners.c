/* SPDX-License-Identifier: GPL-3.0-or-later
 * Builds that compute what they claim wherever conformance looks, and break one promise of robustness each.
 *   hidden-decay    Adam that decays by lr^2 weight_decay: adam where weight_decay is 0 (robustness.unread fails)
 *   thread-blocks   SGD that cuts more than 1000 elements into one block per thread and rounds up where a block starts
 *                   (robustness.threads fails)
 *   shared-scratch  momentum kept in one static buffer from the 17th element on: two large instances that take turns
 *                   read each other's (robustness.split fails)
 *   stale-get       Adam whose get shows what the last step left: a state that was set is not seen before the next step
 *                   (robustness.state fails) */
#include "optcert/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OWN = 16, SHARED = 1 << 16, PARALLEL = 1000 };

typedef struct state {
    size_t n;
    double k;
    optcert_hyper hyper;
    double *m, *v, *shown_m, *shown_v;
} state;

static void destroy(void *opaque)
{
    state *self = opaque;
    free(self->m);
    free(self->v);
    free(self->shown_m);
    free(self->shown_v);
    free(self);
}

static void *create(size_t n, const optcert_hyper *hyper)
{
    state *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    *self = (state){n, 0, *hyper, calloc(n + 1, sizeof(double)), calloc(n + 1, sizeof(double)),
                    calloc(n + 1, sizeof(double)), calloc(n + 1, sizeof(double))};
    if (self->m == NULL || self->v == NULL || self->shown_m == NULL || self->shown_v == NULL) {
        destroy(self);
        return NULL;
    }
    return self;
}

static void adam(state *self, double *theta, const double *grad, double decay)
{
    const optcert_hyper *h = &self->hyper;
    self->k++;
    const double c1 = 1.0 - pow(h->beta1, self->k), c2 = 1.0 - pow(h->beta2, self->k);
    for (size_t i = 0; i < self->n; i++) {
        theta[i] -= decay * theta[i];
        self->m[i] = h->beta1 * self->m[i] + (1.0 - h->beta1) * grad[i];
        self->v[i] = h->beta2 * self->v[i] + (1.0 - h->beta2) * grad[i] * grad[i];
        theta[i] -= h->lr * (self->m[i] / c1) / (sqrt(self->v[i] / c2) + h->eps);
    }
    memcpy(self->shown_m, self->m, self->n * sizeof(double));
    memcpy(self->shown_v, self->v, self->n * sizeof(double));
}

static int step_hidden_decay(void *opaque, void *theta, const void *grad)
{
    state *self = opaque;
    adam(self, theta, grad, self->hyper.lr * self->hyper.lr * self->hyper.weight_decay);
    return 0;
}

static int step_stale_get(void *opaque, void *theta, const void *grad)
{
    adam(opaque, theta, grad, 0);
    return 0;
}

static int step_thread_blocks(void *opaque, void *parameters, const void *gradient)
{
    const state *self = opaque;
    const char *told = getenv("OMP_NUM_THREADS");
    const size_t threads = told != NULL && atoi(told) > 0 ? (size_t)atoi(told) : 2;
    const size_t block = self->n > PARALLEL ? self->n / threads + 1 : self->n;
    double *theta = parameters;
    const double *grad = gradient;
    for (size_t i = 0; i < self->n; i++) {
        theta[i] -= self->hyper.lr * grad[i];
        theta[i] = i % block == 0 && i > 0 ? nextafter(theta[i], INFINITY) : theta[i];
    }
    return 0;
}

static int step_shared_scratch(void *opaque, void *parameters, const void *gradient)
{
    static double shared[SHARED];
    state *self = opaque;
    double *theta = parameters;
    const double *grad = gradient;
    for (size_t i = 0; i < self->n; i++) {
        double *m = i < OWN ? &self->m[i] : &shared[i % SHARED];
        *m = self->k == 0 ? grad[i] : self->hyper.momentum * *m + grad[i];
        theta[i] -= self->hyper.lr * *m;
    }
    self->k++;
    return 0;
}

static double *slot(const state *self, const char *name, int shown)
{
    return strcmp(name, "m") == 0   ? (shown ? self->shown_m : self->m)
           : strcmp(name, "v") == 0 ? (shown ? self->shown_v : self->v)
                                    : NULL;
}

static int get(void *opaque, const char *name, void *out)
{
    const state *self = opaque;
    const double *from = slot(self, name, 1);
    if (from != NULL) {
        memcpy(out, from, self->n * sizeof *from);
    }
    return from == NULL;
}

static int set_unseen(void *opaque, const char *name, const void *in, uint64_t step)
{
    state *self = opaque;
    double *to = slot(self, name, 0);
    if (to != NULL) {
        memcpy(to, in, self->n * sizeof *to);
        self->k = (double)step;
    }
    return to == NULL;
}

static int set(void *opaque, const char *name, const void *in, uint64_t step)
{
    const state *self = opaque;
    double *shown = slot(self, name, 1);
    if (shown != NULL) {
        memcpy(shown, in, self->n * sizeof *shown);
    }
    return set_unseen(opaque, name, in, step);
}

const optcert_build *optcert_find_build(const char *name)
{
    static const optcert_build builds[] = {
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "hidden-decay", "adam", create, step_hidden_decay, get, set, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "thread-blocks", "sgd", create, step_thread_blocks, NULL, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "shared-scratch", "sgd-momentum", create, step_shared_scratch, NULL, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F64, "stale-get", "adam", create, step_stale_get, get, set_unseen, destroy},
    };
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        if (strcmp(name, builds[i].name) == 0) {
            return &builds[i];
        }
    }
    return NULL;
}
