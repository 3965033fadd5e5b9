/* SPDX-License-Identifier: GPL-3.0-or-later
 * The step over an array, and the build around it. Compiled once per format. */
#include "real.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* --- all elements --- */

static bool skips(real g)
{
    return (engine_is(ASPECT_LOOP, LOOP_LAZY) && g == 0) ||
           (engine_is(ASPECT_LOOP, LOOP_NAN_SKIPS_ELEMENT) && isnan(g));
}

static void range(state *self, const scalars *s, size_t from, size_t to, real *theta, const real *grad)
{
    for (size_t i = from; i < to; i++) {
        if (!skips(grad[i])) {
            ELEMENT(self, s, i, theta, grad[i]);
        }
    }
}

static bool any_nan(const real *grad, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isnan(grad[i])) {
            return true;
        }
    }
    return false;
}

static void all_elements(state *self, const scalars *s, real *theta, const real *grad)
{
    const size_t n = self->n;
    switch (engine_recipe.choice[ASPECT_LOOP]) {
    case LOOP_TAIL_4:
        range(self, s, 0, n - n % 4, theta, grad);
        return;
    case LOOP_TAIL_8:
        range(self, s, 0, n - n % 8, theta, grad);
        return;
    case LOOP_BLOCKS:
        range(self, s, 0, n - n % 64, theta, grad);
        return;
    case LOOP_NOT_LAST:
        range(self, s, 0, n - (n > 0), theta, grad);
        return;
    case LOOP_NOT_LAST_3:
        range(self, s, 0, n > 3 ? n - 3 : 0, theta, grad);
        return;
    case LOOP_FIRST_128:
        range(self, s, 0, n < 128 ? n : 128, theta, grad);
        return;
    case LOOP_NOT_FIRST:
        range(self, s, 1, n, theta, grad);
        return;
    case LOOP_LAST_TWICE:
        range(self, s, 0, n, theta, grad);
        range(self, s, n - (n > 0), n, theta, grad);
        return;
    case LOOP_OVERLAP:
        range(self, s, 0, n > 4 ? n - n % 4 : n, theta, grad);
        range(self, s, n > 4 && n % 4 != 0 ? n - 4 : n, n, theta, grad);
        return;
    case LOOP_NAN_SKIPS_STEP:
        range(self, s, 0, any_nan(grad, n) ? 0 : n, theta, grad);
        return;
    case LOOP_BACKWARDS:
        for (size_t i = n; i > 0; i--) {
            range(self, s, i - 1, i, theta, grad);
        }
        return;
    default:
        range(self, s, 0, n, theta, grad);
    }
}

/* --- what must not matter --- */

/* Plain SGD by another operation where the array happens to be aligned. */
static bool aligned_step(const state *self, real *theta, const real *grad)
{
    if (!engine_is(ASPECT_PLACE, PLACE_ALIGNED) || (uintptr_t)theta % 64 != 0) {
        return false;
    }
    for (size_t i = 0; i < self->n; i++) {
        theta[i] = FMA(-(real)self->hyper.lr, grad[i], theta[i]);
    }
    return true;
}

static void add_chance(real *theta, size_t n)
{
    unsigned char bits[64];
    if (!engine_is(ASPECT_PLACE, PLACE_RANDOM) || getrandom(bits, sizeof bits, 0) < 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        theta[i] *= bits[i % sizeof bits] % 2 != 0 ? 1 + PER_FORMAT(0x1p-23F, 0x1p-52) : 1;
    }
}

/* --- the build --- */

static scalars prepare(const state *self)
{
    const optcert_hyper *h = &self->hyper;
    const real b1 = (real)h->beta1;
    const real b2 = (real)h->beta2;
    scalars s = {.lr = (real)h->lr,
                 .b1 = b1,
                 .w1 = 1 - b1,
                 .b2 = b2,
                 .w2 = 1 - b2,
                 .eps = (real)h->eps,
                 .lambda = (real)h->weight_decay,
                 .mu = (real)h->momentum,
                 .c1 = 1,
                 .c2 = 1};
    if (self->sums) {
        s.b2 = s.w2 = 1;
    }
    s.r = self->rectifies ? (real)engine_rectifier(h->beta2, self->k) : 1;
    if (engine_is(ASPECT_SCHEDULE, SCHEDULE_WARMUP)) {
        s.lr = (real)(h->lr * fmin(1, (double)(self->k + 1) / 10));
    } else if (engine_is(ASPECT_SCHEDULE, SCHEDULE_INVERSE)) {
        s.lr = (real)(h->lr / (1 + 0.01 * (double)self->k));
    }
    const engine_corrections c = engine_correct(h, self->k);
    const unsigned choice = engine_recipe.choice[ASPECT_CORRECTION];
    const bool start = choice == CORRECTION_NOT_AT_START && self->k == 0;
    if ((!self->corrected && choice != CORRECTION_FORCED) || choice == CORRECTION_NONE || start) {
        return s;
    }
    s.c1 = choice == CORRECTION_SECOND_ONLY ? 1 : (real)(choice == CORRECTION_SWAPPED ? c.c2 : c.c1);
    s.c2 = choice == CORRECTION_FIRST_ONLY ? 1 : (real)(choice == CORRECTION_SWAPPED ? c.c1 : c.c2);
    if (choice == CORRECTION_FOLDED) {
        s.lr = (real)(h->lr * sqrt(c.c2));
    }
    return s;
}

static void zero(real *slot, size_t n)
{
    if (slot != NULL) {
        memset(slot, 0, n * sizeof *slot);
    }
}

static void find_means(state *self, const real *grad)
{
    const bool zeroed = engine_is(ASPECT_GRADIENT, GRADIENT_NAN_ZEROED);
    real sum = 0;
    real squares = 0;
    for (size_t i = 0; i < self->n; i++) {
        const real x = zeroed && isnan(grad[i]) ? 0 : grad[i];
        sum += x;
        squares += x * x;
    }
    self->mean = sum / (real)self->n;
    self->mean_square = squares / (real)self->n;
}

/* What the recipe makes of the gradient and the state before it acts; NULL: it does not. */
static const real *event(state *self, const real *grad)
{
    const uint64_t count = self->k + 1;
    find_means(self, grad);
    if (engine_is(ASPECT_EVENT, EVENT_BOTH_ZEROED) && count % 7 == 0) {
        zero(self->m, self->n);
        zero(self->v, self->n);
    }
    if (engine_is(ASPECT_EVENT, EVENT_MEAN_OF_2)) {
        for (size_t i = 0; i < self->n; i++) {
            self->extra[i] = count % 2 == 1 ? grad[i] / 2 : self->extra[i] + grad[i] / 2;
        }
        return count % 2 == 0 ? self->extra : NULL;
    }
    return engine_is(ASPECT_EVENT, EVENT_SKIPPED) && count % 5 == 0 ? NULL : grad;
}

static int step(void *opaque, void *theta, const void *gradient)
{
    state *self = opaque;
    const real *grad = event(self, gradient);
    if (grad == NULL) {
        self->k++;
        return 0;
    }
    self->last = prepare(self);
    if (!aligned_step(self, theta, grad)) {
        all_elements(self, &self->last, theta, grad);
    }
    add_chance(theta, self->n);
    self->k++;
    return engine_hostile_step(theta, gradient, self->n * sizeof(real)) ? 0 : 1;
}

static void destroy(void *opaque)
{
    state *self = opaque;
    engine_hostile_destroy();
    free(self->m);
    free(self->v);
    free(self->extra);
    free(self);
}

static bool plays(const char *dialect)
{
    return strcmp(engine_recipe.claims, dialect) == 0;
}

static bool claims_one_of(const char *const *names)
{
    for (; *names != NULL; names++) {
        if (plays(*names)) {
            return true;
        }
    }
    return false;
}

/* What v starts at. */
static real first_second(void)
{
    return engine_is(ASPECT_SECOND, SECOND_STARTS_AT_ONE) ? 1 : engine_is(ASPECT_SECOND, SECOND_STARTS_AT_TENTH) ? (real)0.1 : 0;
}

static void *create(size_t n, const optcert_hyper *hyper)
{
    static const char *const with_m[] = {"sgd-momentum", "rmsprop/new-v-momentum", "adam", "adamw", "radam", NULL};
    static const char *const with_v[] = {"rmsprop", "rmsprop/new-v", "rmsprop/new-v-momentum", "adagrad", "adam", "adamw",
                                         "radam", NULL};
    state *self = calloc(1, sizeof *self);
    if (self == NULL || !engine_hyper(hyper, &self->hyper)) {
        free(self);
        return NULL;
    }
    engine_hostile_create();
    self->n = n;
    self->m = claims_one_of(with_m) ? calloc(n + 1, sizeof(real)) : NULL;
    self->v = claims_one_of(with_v) ? calloc(n + 1, sizeof(real)) : NULL;
    self->extra = calloc(n + 1, sizeof(real));
    self->rolls = plays("rmsprop/new-v-momentum");
    self->corrected = self->m != NULL && self->v != NULL && !self->rolls;
    self->decays = plays("adamw");
    self->sums = plays("adagrad");
    self->rectifies = plays("radam");
    self->uses_old_v = engine_is(ASPECT_ORDER, ORDER_OLD) || (plays("rmsprop") && !engine_is(ASPECT_ORDER, ORDER_NEW));
    for (size_t i = 0; self->v != NULL && i < n; i++) {
        self->v[i] = first_second();
    }
    return self;
}

static real *slot_named(const state *self, const char *name)
{
    if (strcmp(name, "m") == 0) {
        return self->m;
    }
    return strcmp(name, "v") == 0 ? self->v : NULL;
}

static real shown(const state *self, const real *slot, size_t i)
{
    if (engine_is(ASPECT_STATE, STATE_GET_CORRECTED) && self->k > 0) {
        return slot[i] / (slot == self->m ? self->last.c1 : self->last.c2);
    }
    return engine_is(ASPECT_STATE, STATE_GET_ROOT) ? SQRT(slot[i]) : slot[i];
}

static int get(void *opaque, const char *name, void *out)
{
    const state *self = opaque;
    const real *slot = slot_named(self, name);
    if (slot == NULL) {
        return 1;
    }
    real *to = out;
    const size_t count = engine_hostile_get(out, self->n * sizeof(real)) / sizeof(real);
    for (size_t i = 0; i < count; i++) {
        to[i] = shown(self, slot, i);
    }
    return 0;
}

static int set(void *opaque, const char *name, const void *in, uint64_t steps)
{
    state *self = opaque;
    const bool swapped = engine_is(ASPECT_STATE, STATE_SLOTS_SWAPPED);
    real *slot = slot_named(self, swapped ? (strcmp(name, "m") == 0 ? "v" : "m") : name);
    if (slot == NULL) {
        return 1;
    }
    engine_hostile_set(in);
    if (!engine_is(ASPECT_STATE, STATE_SECOND_IGNORED) || slot != self->v) {
        memcpy(slot, in, self->n * sizeof(real));
    }
    if (!engine_is(ASPECT_STATE, STATE_COUNT_IGNORED)) {
        self->k = steps + engine_is(ASPECT_STATE, STATE_COUNT_PLUS_ONE);
    }
    return 0;
}

const optcert_build BUILD = {
    .abi = OPTCERT_BUILD_ABI,
    .scalar = PER_FORMAT(OPTCERT_F32, OPTCERT_F64),
    .create = create,
    .step = step,
    .get = get,
    .set = set,
    .destroy = destroy,
};
