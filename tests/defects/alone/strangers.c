/* SPDX-License-Identifier: GPL-3.0-or-later
 * Steps as projects write them, in binary32, that are no dialect of one name but a dialect with a change or two.
 *   keras-sgd     Keras's SGD with nesterov: the velocity is shown as m, and an infinite gradient times no momentum is a NaN
 *   fused-sgd     apex's FusedSGD with all its switches: coupled decay, dampening after the first step, Nesterov
 *   keras-nadam   Keras's Nadam, whose schedule of momenta is 0.96^t
 *   mxnet-adam    MXNet's adam: coupled decay, eps beside the uncorrected root
 *   constants     an Adam whose beta1, beta2 and eps are written into the code */
#include "optcert/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct state {
    size_t n;
    int k;
    float lr, beta1, beta2, eps, weight_decay, momentum, dampening, product;
    float *m, *v;
} state;

static void destroy(void *opaque)
{
    state *self = opaque;
    free(self->m);
    free(self->v);
    free(self);
}

static void *create(size_t n, const optcert_hyper *h)
{
    state *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    *self = (state){n,         0, (float)h->lr, (float)h->beta1, (float)h->beta2, (float)h->eps, (float)h->weight_decay, (float)h->momentum,
                    (float)h->dampening, 1, calloc(n + 1, sizeof(float)), calloc(n + 1, sizeof(float))};
    if (self->m == NULL || self->v == NULL) {
        destroy(self);
        return NULL;
    }
    return self;
}

static int keras_sgd(void *opaque, void *parameters, const void *gradient)
{
    state *self = opaque;
    float *theta = parameters;
    const float *grad = gradient;
    for (size_t i = 0; i < self->n; i++) {
        self->m[i] = self->momentum * self->m[i] - self->lr * grad[i];
        theta[i] = theta[i] + self->momentum * self->m[i] - self->lr * grad[i];
    }
    return 0;
}

static int fused_sgd(void *opaque, void *parameters, const void *gradient)
{
    state *self = opaque;
    float *theta = parameters;
    const float *grad = gradient;
    for (size_t i = 0; i < self->n; i++) {
        const float g = grad[i] + self->weight_decay * theta[i];
        self->m[i] = self->k == 0 ? g : self->momentum * self->m[i] + (1 - self->dampening) * g;
        theta[i] -= self->lr * (g + self->momentum * self->m[i]);
    }
    self->k++;
    return 0;
}

static void average(state *self, size_t i, float g, float beta1, float beta2)
{
    self->m[i] += (g - self->m[i]) * (1 - beta1);
    self->v[i] += (g * g - self->v[i]) * (1 - beta2);
}

static int keras_nadam(void *opaque, void *parameters, const void *gradient)
{
    state *self = opaque;
    float *theta = parameters;
    const float *grad = gradient, t = (float)++self->k;
    const float now = self->beta1 * (1 - 0.5f * powf(0.96f, t)), next = self->beta1 * (1 - 0.5f * powf(0.96f, t + 1));
    self->product *= now;
    for (size_t i = 0; i < self->n; i++) {
        average(self, i, grad[i], self->beta1, self->beta2);
        const float ahead = next * self->m[i] / (1 - self->product * next) + (1 - now) * grad[i] / (1 - self->product);
        theta[i] -= self->lr * ahead / (sqrtf(self->v[i] / (1 - powf(self->beta2, t))) + self->eps);
    }
    return 0;
}

/* eps-hat, with these betas and this eps */
static void adam(state *self, float *theta, const float *grad, float decay, float beta1, float beta2, float eps)
{
    const float t = (float)++self->k, rate = self->lr * sqrtf(1 - powf(beta2, t)) / (1 - powf(beta1, t));
    for (size_t i = 0; i < self->n; i++) {
        const float g = grad[i] + decay * theta[i];
        self->m[i] = beta1 * self->m[i] + (1 - beta1) * g;
        self->v[i] = beta2 * self->v[i] + (1 - beta2) * g * g;
        theta[i] -= rate * self->m[i] / (sqrtf(self->v[i]) + eps);
    }
}

static int mxnet_adam(void *opaque, void *theta, const void *grad)
{
    state *self = opaque;
    adam(self, theta, grad, self->weight_decay, self->beta1, self->beta2, self->eps);
    return 0;
}

static int constants(void *opaque, void *theta, const void *grad)
{
    adam(opaque, theta, grad, 0, 0.85f, 0.98f, 1e-4f);
    return 0;
}

static int get_m(void *opaque, const char *slot, void *out)
{
    const state *self = opaque;
    if (strcmp(slot, "m") != 0) {
        return 1;
    }
    memcpy(out, self->m, self->n * sizeof(float));
    return 0;
}

static int get_both(void *opaque, const char *slot, void *out)
{
    const state *self = opaque;
    if (strcmp(slot, "v") != 0) {
        return get_m(opaque, slot, out);
    }
    memcpy(out, self->v, self->n * sizeof(float));
    return 0;
}

const optcert_build *optcert_find_build(const char *name)
{
    static const optcert_build builds[] = {
        {OPTCERT_BUILD_ABI, OPTCERT_F32, "keras-sgd", NULL, create, keras_sgd, get_m, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F32, "fused-sgd", NULL, create, fused_sgd, get_m, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F32, "keras-nadam", NULL, create, keras_nadam, get_both, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F32, "mxnet-adam", NULL, create, mxnet_adam, get_both, NULL, destroy},
        {OPTCERT_BUILD_ABI, OPTCERT_F32, "constants", NULL, create, constants, get_both, NULL, destroy},
    };
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        if (strcmp(name, builds[i].name) == 0) {
            return &builds[i];
        }
    }
    return NULL;
}
