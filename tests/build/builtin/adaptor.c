/* SPDX-License-Identifier: GPL-3.0-or-later
 * Compiled once per working format. A state owns its slots and counts its steps; everything else is the
 * library's. A zero eps is what the caller asked for, so it is passed on as allowed. */
#include "adaptor.h"

#include "optcert/fast.h"

#include <stdlib.h>
#include <string.h>

#if OC_PRECISION == 32
#include "optcert/real_f32.h"
#define SCALAR OPTCERT_F32
#else
#include "optcert/real_f64.h"
#define SCALAR OPTCERT_F64
#endif

typedef struct state {
    size_t n;
    oc_isa isa;     /* OC_ISA_CORE, or the widest one for the builds of the fast path */
    uint64_t k;     /* steps taken */
    OC_REAL *m, *v; /* NULL where the optimizer has no such slot */
    oc_status (*advance)(struct state *state, OC_REAL *theta, const OC_REAL *grad);
    union {
        OC_NAME(oc_sgd_plan) sgd;
        OC_NAME(oc_sgd_momentum_plan) sgd_momentum;
        OC_NAME(oc_rmsprop_plan) rmsprop;
        OC_NAME(oc_rmsprop_newv_plan) rmsprop_newv;
        OC_NAME(oc_adam_plan) adam;
        OC_NAME(oc_adamw_plan) adamw;
    } plan;
} state;

static void destroy(void *opaque)
{
    state *self = opaque;
    free(self->m);
    free(self->v);
    free(self);
}

static int step(void *opaque, void *theta, const void *grad)
{
    state *self = opaque;
    const oc_status status = self->advance(self, theta, grad);
    self->k += status == OC_OK;
    return status == OC_OK ? 0 : 1;
}

static OC_REAL *slot_named(const state *self, const char *slot)
{
    if (strcmp(slot, "m") == 0) {
        return self->m;
    }
    return strcmp(slot, "v") == 0 ? self->v : NULL;
}

static int get(void *opaque, const char *slot, void *out)
{
    const state *self = opaque;
    const OC_REAL *from = slot_named(self, slot);
    if (from == NULL) {
        return 1;
    }
    memcpy(out, from, self->n * sizeof *from);
    return 0;
}

static int set(void *opaque, const char *slot, const void *in, uint64_t steps)
{
    state *self = opaque;
    OC_REAL *to = slot_named(self, slot);
    if (to == NULL) {
        return 1;
    }
    memcpy(to, in, self->n * sizeof *to);
    self->k = steps;
    return 0;
}

static oc_hyper translate(const optcert_hyper *hyper)
{
    return (oc_hyper){.lr = hyper->lr,
                      .beta1 = hyper->beta1,
                      .beta2 = hyper->beta2,
                      .eps = hyper->eps,
                      .weight_decay = hyper->weight_decay,
                      .momentum = hyper->momentum,
                      .flags = hyper->eps == 0 ? OC_ALLOW_ZERO_EPS : 0};
}

/* A state with the slots asked for, zeroed; NULL when memory is short. calloc(0) may answer NULL. */
static state *new_state(size_t n, oc_isa isa, int has_m, int has_v)
{
    state *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    self->n = n;
    self->isa = isa;
    self->m = has_m ? calloc(n + 1, sizeof *self->m) : NULL;
    self->v = has_v ? calloc(n + 1, sizeof *self->v) : NULL;
    if ((has_m && self->m == NULL) || (has_v && self->v == NULL)) {
        destroy(self);
        return NULL;
    }
    return self;
}

static oc_status advance_sgd(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_fast_sgd_step)(self->isa, &self->plan.sgd, self->n, theta, grad);
    return OC_OK;
}

static oc_status advance_sgd_momentum(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_fast_sgd_momentum_step)(self->isa, &self->plan.sgd_momentum, self->n, theta, self->m, grad);
    return OC_OK;
}

static oc_status advance_rmsprop(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_fast_rmsprop_step)(self->isa, &self->plan.rmsprop, self->n, theta, self->v, grad);
    return OC_OK;
}

static oc_status advance_rmsprop_newv(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_fast_rmsprop_newv_step)(self->isa, &self->plan.rmsprop_newv, self->n, theta, self->v, grad);
    return OC_OK;
}

static oc_status advance_adam(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_adam_coef) coef;
    const oc_status status = OC_NAME(oc_adam_coef_at)(&self->plan.adam, self->k, &coef);
    if (status == OC_OK) {
        OC_NAME(oc_fast_adam_step)(self->isa, &coef, self->n, theta, self->m, self->v, grad);
    }
    return status;
}

static oc_status advance_adamw(state *self, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_adamw_coef) coef;
    const oc_status status = OC_NAME(oc_adamw_coef_at)(&self->plan.adamw, self->k, &coef);
    if (status == OC_OK) {
        OC_NAME(oc_fast_adamw_step)(self->isa, &coef, self->n, theta, self->m, self->v, grad);
    }
    return status;
}

/* create_UNIT, fast_UNIT: the state with the unit's plan, or NULL when the library refuses the hyper-parameters. */
/* The functions differ in the names of types alone, which no C function can take. */
#define CREATE(create, unit, isa, has_m, has_v)                                                              \
    static void *create##_##unit(size_t n, const optcert_hyper *hyper)                                       \
    {                                                                                                        \
        const oc_hyper translated = translate(hyper);                                                        \
        state *self = new_state(n, isa, has_m, has_v);                                                       \
        if (self == NULL) {                                                                                  \
            return NULL;                                                                                     \
        }                                                                                                    \
        self->advance = advance_##unit;                                                                      \
        if (OC_NAME(oc_##unit##_plan_init)(&self->plan.unit, &translated) != OC_OK) {                        \
            destroy(self);                                                                                   \
            return NULL;                                                                                     \
        }                                                                                                    \
        return self;                                                                                         \
    }
#define BOTH(unit, has_m, has_v)                                                                             \
    CREATE(create, unit, OC_ISA_CORE, has_m, has_v) CREATE(fast, unit, oc_isa_best(), has_m, has_v)

BOTH(sgd, 0, 0)
BOTH(sgd_momentum, 1, 0)
BOTH(rmsprop, 0, 1)
BOTH(rmsprop_newv, 0, 1)
BOTH(adam, 1, 1)
BOTH(adamw, 1, 1)

#define BUILD(unit, build_name, dialect)                                                                     \
    {OPTCERT_BUILD_ABI, SCALAR, build_name, dialect, create_##unit, step, get, set, destroy},                \
    {                                                                                                        \
        OPTCERT_BUILD_ABI, SCALAR, build_name "-fast", dialect, fast_##unit, step, get, set, destroy         \
    }

const optcert_build OC_NAME(optcert_builtins)[OPTCERT_BUILTINS] = {
    BUILD(sgd, "sgd", "sgd"),
    BUILD(sgd_momentum, "sgd-momentum", "sgd-momentum"),
    BUILD(rmsprop, "rmsprop", "rmsprop"),
    BUILD(rmsprop_newv, "rmsprop-new-v", "rmsprop/new-v"),
    BUILD(adam, "adam", "adam"),
    BUILD(adamw, "adamw", "adamw"),
};
