/* SPDX-License-Identifier: GPL-3.0-or-later
 * The step, element by element, and the build around it. Compiled once per format. */
#include "engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#if OC_PRECISION == 32
typedef float real;
#define PER_FORMAT(single, twice) (single)
#define BUILD engine_build_f32
#else
typedef double real;
#define PER_FORMAT(single, twice) (twice)
#define BUILD engine_build_f64
#endif
#define SQRT PER_FORMAT(sqrtf, sqrt)
#define FMA PER_FORMAT(fmaf, fma)
#define ABS PER_FORMAT(fabsf, fabs)
#define LEAST_NORMAL PER_FORMAT(0x1p-126F, 0x1p-1022)

/* What is the same for all elements of a step. */
typedef struct scalars {
    real lr, b1, w1, b2, w2, eps, lambda, mu;
    real c1, c2; /* divisors of the moments */
} scalars;

typedef struct state {
    size_t n;
    uint64_t k;
    optcert_hyper hyper;
    bool corrected, uses_old_v, decays; /* what the dialect does */
    real *m, *v, *extra;                /* m, v: NULL where the dialect has none */
    scalars last;                       /* of the step taken last */
} state;

/* --- formats in between --- */

static real flush(real x)
{
    return ABS(x) < LEAST_NORMAL ? (real)copysign(0, x) : x;
}

/* An intermediate result. */
static real rounded(real x)
{
    switch (engine_recipe.choice[ASPECT_PRECISION]) {
    case PRECISION_FLOAT:
        return (float)x;
    case PRECISION_FLUSH:
        return flush(x);
    default:
        return x;
    }
}

/* What goes into a slot. */
static real stored(real x)
{
    switch (engine_recipe.choice[ASPECT_PRECISION]) {
    case PRECISION_FLOAT_STATE:
        return (float)x;
    case PRECISION_BFLOAT_STATE:
        return (real)engine_round(x, 8, -126, 128);
    default:
        return rounded(x);
    }
}

/* --- one element --- */

static real gradient(const state *self, const scalars *s, real theta, real g)
{
    switch (engine_recipe.choice[ASPECT_GRADIENT]) {
    case GRADIENT_COUPLED_DECAY:
        return g + s->lambda * theta;
    case GRADIENT_NEGATED:
        return -g;
    case GRADIENT_CLIPPED:
        return g > 1 ? 1 : g < -1 ? -1 : g;
    case GRADIENT_MEAN:
        return g / (real)self->n;
    case GRADIENT_NAN_ZEROED:
        return isnan(g) ? 0 : g;
    case GRADIENT_HALF:
        return (real)engine_half(g);
    case GRADIENT_HIDDEN_DECAY:
        return g + (real)1e-4 * theta;
    default:
        return rounded(g);
    }
}

/* Only from the nearer end: from the far one its rounding would outgrow the result, and read backwards it
 * turns an infinity into a NaN. */
static real lerp(real from, real to, real weight)
{
    return weight < (real)0.5 ? from + weight * (to - from) : (1 - weight) * from + weight * to;
}

static real first_moment(const state *self, const scalars *s, real m, real g)
{
    const bool heavy_ball = self->v == NULL;
    const real b = heavy_ball ? s->mu : s->b1;
    const real w = heavy_ball ? 1 : s->w1;
    switch (engine_recipe.choice[ASPECT_FIRST]) {
    case FIRST_UNWEIGHTED:
        return b * m + g;
    case FIRST_OVERWRITTEN:
        return g;
    case FIRST_LR_INSIDE:
        return b * m + s->lr * g;
    case FIRST_AVERAGED:
        return b * m + (1 - b) * g;
    case FIRST_LERP:
        return lerp(m, g, w);
    case FIRST_FMA:
        return FMA(b, m, w * g);
    default:
        return b * m + w * g;
    }
}

static real second_moment(const scalars *s, real v, real g, real m)
{
    switch (engine_recipe.choice[ASPECT_SECOND]) {
    case SECOND_UNWEIGHTED:
        return s->b2 * v + g * g;
    case SECOND_FIRST_WEIGHT:
        return s->b2 * v + s->w1 * g * g;
    case SECOND_ABSOLUTE:
        return s->b2 * v + s->w2 * ABS(g);
    case SECOND_BELIEF:
        return s->b2 * v + s->w2 * (g - m) * (g - m);
    case SECOND_ADAMAX:
        return s->b2 * v > ABS(g) ? s->b2 * v : ABS(g);
    case SECOND_OF_FIRST:
        return s->b2 * v + s->w2 * m * m;
    case SECOND_YOGI:
        return v > g * g ? v - s->w2 * g * g : v + s->w2 * g * g;
    case SECOND_LERP:
        return lerp(v, g * g, s->w2);
    case SECOND_FMA:
        return FMA(s->b2, v, s->w2 * (g * g));
    default:
        return s->b2 * v + s->w2 * g * g;
    }
}

/* What divides in place of v where the recipe keeps one more array. */
static real effective_second(real *extra, const scalars *s, real v, real g)
{
    if (engine_is(ASPECT_SECOND, SECOND_MAXIMUM)) {
        *extra = v > *extra ? v : *extra;
        return *extra;
    }
    if (engine_is(ASPECT_SECOND, SECOND_CENTRED)) {
        *extra = s->b2 * *extra + s->w2 * g;
        return v - *extra * *extra;
    }
    return v;
}

static real root(const scalars *s, real v)
{
    if (engine_is(ASPECT_CORRECTION, CORRECTION_ROOTLESS)) {
        return SQRT(v) / s->c2;
    }
    const real corrected = v / s->c2;
    switch (engine_recipe.choice[ASPECT_ROOT]) {
    case ROOT_MISSING:
        return corrected;
    case ROOT_APPROXIMATE:
        return (real)engine_round(SQRT(corrected), 22, -1022, 1024);
    default:
        return SQRT(corrected);
    }
}

static real divisor(const scalars *s, real v)
{
    const real eps = s->eps;
    switch (engine_recipe.choice[ASPECT_EPS]) {
    case EPS_INSIDE_ROOT:
        return SQRT(v / s->c2 + eps);
    case EPS_SQUARED_INSIDE:
        return SQRT(v / s->c2 + eps * eps);
    case EPS_HAT:
        return (SQRT(v) + eps) / SQRT(s->c2);
    case EPS_TIMES_ROOT:
        return root(s, v) + eps * SQRT(s->c2);
    case EPS_MISSING:
        return root(s, v);
    case EPS_MAXIMUM:
        return root(s, v) > eps ? root(s, v) : eps;
    case EPS_HALF:
        return root(s, v) + (real)engine_half(eps);
    case EPS_SUBTRACTED:
        return root(s, v) - eps;
    default:
        return root(s, v) + eps;
    }
}

/* What is divided, or taken times lr where nothing divides. */
static real direction(const state *self, const scalars *s, real g, real m)
{
    if (self->m == NULL || engine_is(ASPECT_UPDATE, UPDATE_GRADIENT)) {
        return g;
    }
    if (engine_is(ASPECT_UPDATE, UPDATE_NESTEROV)) {
        return self->v == NULL ? g + s->mu * m : (s->b1 * m + s->w1 * g) / s->c1;
    }
    return m / s->c1;
}

/* The update in the recipe's arrangement; d is 1 where nothing divides. */
static real increment(const scalars *s, real direction, real d)
{
    real update = s->lr * direction / d;
    switch (engine_recipe.choice[ASPECT_UPDATE]) {
    case UPDATE_SIGN:
        update = direction == 0 ? 0 : (real)copysign(s->lr, direction);
        break;
    case UPDATE_CLIPPED:
        update = update > s->lr ? s->lr : update < -s->lr ? -s->lr : update;
        break;
    case UPDATE_ADDED:
        update = -update;
        break;
    case UPDATE_QUOTIENT_FIRST:
        update = s->lr * (direction / d);
        break;
    }
    if (engine_is(ASPECT_FIRST, FIRST_LR_INSIDE)) {
        update = direction;
    }
    return engine_is(ASPECT_PRECISION, PRECISION_FLOAT_UPDATE) ? (float)update : rounded(update);
}

/* theta before the update, with the decay that belongs there. */
static real decayed(const state *self, const scalars *s, real theta)
{
    if (!self->decays) {
        return theta;
    }
    const real decay = s->lr * s->lambda;
    switch (engine_recipe.choice[ASPECT_DECAY]) {
    case DECAY_NONE:
    case DECAY_AFTER:
    case DECAY_IN_UPDATE:
        return theta;
    case DECAY_UNSCALED:
        return theta - s->lambda * theta;
    case DECAY_TWICE:
        return theta - 2 * decay * theta;
    case DECAY_NEGATED:
        return theta + decay * theta;
    case DECAY_FACTOR:
        return theta * (1 - decay);
    default:
        return theta - decay * theta;
    }
}

static real moved(const state *self, const scalars *s, real theta, real direction, real d)
{
    const real start = decayed(self, s, theta);
    if (engine_is(ASPECT_UPDATE, UPDATE_FMA)) {
        return FMA(-s->lr, direction / d, start);
    }
    if (self->decays && engine_is(ASPECT_DECAY, DECAY_IN_UPDATE)) {
        return theta - s->lr * (direction / d + s->lambda * theta);
    }
    const real end = start - increment(s, direction, d);
    return self->decays && engine_is(ASPECT_DECAY, DECAY_AFTER) ? end - s->lr * s->lambda * end : end;
}

/* The divisor of element i; v is the second moment that the dialect's order asks for. */
static real divisor_at(const state *self, const scalars *s, size_t i, real v)
{
    if (self->v == NULL) {
        return 1;
    }
    if (engine_is(ASPECT_LOOP, LOOP_NEIGHBOUR) && i > 0) {
        v = self->v[i - 1];
    } else if (engine_is(ASPECT_LOOP, LOOP_SHARED_SECOND)) {
        v = self->v[0];
    }
    if (engine_is(ASPECT_CORRECTION, CORRECTION_FOLDED)) {
        return SQRT(v) + s->eps * SQRT(s->c2);
    }
    return rounded(divisor(s, v));
}

static void element(state *self, const scalars *s, size_t i, real *theta, real raw)
{
    const real old_theta = rounded(theta[i]);
    const real g = gradient(self, s, old_theta, raw);
    const real old_m = self->m != NULL ? self->m[i] : 0;
    const real old_v = self->v != NULL ? self->v[i] : 0;
    const real m = first_moment(self, s, old_m, g);
    const real v = second_moment(s, old_v, g, m);
    if (self->m != NULL) {
        self->m[i] = stored(engine_is(ASPECT_CORRECTION, CORRECTION_STORED) ? m / s->c1 : m);
    }
    if (self->v != NULL) {
        self->v[i] = stored(engine_is(ASPECT_CORRECTION, CORRECTION_STORED) ? v / s->c2 : v);
    }
    const bool old_first = engine_is(ASPECT_ORDER, ORDER_OLD_FIRST);
    const real second = effective_second(&self->extra[i], s, self->uses_old_v ? old_v : v, g);
    const real towards = direction(self, s, g, old_first ? old_m : m);
    theta[i] = rounded(moved(self, s, old_theta, towards, divisor_at(self, s, i, second)));
}

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
            element(self, s, i, theta, grad[i]);
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

static int step(void *opaque, void *theta, const void *grad)
{
    state *self = opaque;
    self->last = prepare(self);
    if (!aligned_step(self, theta, grad)) {
        all_elements(self, &self->last, theta, grad);
    }
    add_chance(theta, self->n);
    self->k++;
    return engine_hostile_step(theta, grad, self->n * sizeof(real)) ? 0 : 1;
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

static bool claims_one_of(const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(engine_recipe.claims, *names) == 0) {
            return true;
        }
    }
    return false;
}

static void *create(size_t n, const optcert_hyper *hyper)
{
    static const char *const with_m[] = {"sgd-momentum", "adam", "adamw", NULL};
    static const char *const with_v[] = {"rmsprop", "rmsprop/new-v", "adam", "adamw", NULL};
    const bool old_v = strcmp(engine_recipe.claims, "rmsprop") == 0;
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
    self->corrected = self->m != NULL && self->v != NULL;
    self->decays = strcmp(engine_recipe.claims, "adamw") == 0;
    self->uses_old_v = engine_is(ASPECT_ORDER, ORDER_OLD) || (old_v && !engine_is(ASPECT_ORDER, ORDER_NEW));
    for (size_t i = 0; i < n && engine_is(ASPECT_SECOND, SECOND_STARTS_AT_ONE); i++) {
        self->v[i] = 1;
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
