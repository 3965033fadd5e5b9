/* SPDX-License-Identifier: GPL-3.0-or-later
 * One element of the step, aspect by aspect. Compiled once per format. */
#include "real.h"

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

/* What goes into a slot, m or v. */
static real stored(real x, bool first)
{
    switch (engine_recipe.choice[ASPECT_PRECISION]) {
    case PRECISION_FLOAT_STATE:
        return (float)x;
    case PRECISION_BFLOAT_STATE:
        return (real)engine_round(x, 8, -126, 128);
    case PRECISION_BFLOAT_FIRST:
        return first ? (real)engine_round(x, 8, -126, 128) : x;
    default:
        return rounded(x);
    }
}

/* The gradient of the step before, which is kept in place of this one. */
static real exchanged(real *kept, real g)
{
    const real before = *kept;
    *kept = g;
    return before;
}

static real gradient(const state *self, const scalars *s, size_t i, real theta, real g)
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
    case GRADIENT_INFINITY_NAN:
        return isinf(g) ? NAN : g;
    case GRADIENT_STALE:
        return exchanged(&self->extra[i], g);
    case GRADIENT_CENTRED:
        return g - self->mean;
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
    case FIRST_VELOCITY:
        return b * m - s->lr * g;
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

static real second_moment(const state *self, const scalars *s, real v, real g, real m)
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
    case SECOND_SUM:
        return v + g * g;
    case SECOND_SHARED_MEAN:
        return s->b2 * v + s->w2 * self->mean_square;
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
    if (engine_is(ASPECT_SECOND, SECOND_MAXIMUM_CORRECTED)) {
        *extra = v / s->c2 > *extra ? v / s->c2 : *extra;
        return *extra * s->c2;
    }
    if (engine_is(ASPECT_SECOND, SECOND_CENTRED)) {
        *extra = s->b2 * *extra + s->w2 * g;
        return v - *extra * *extra;
    }
    return v;
}

static real root_of(real x)
{
    switch (engine_recipe.choice[ASPECT_ROOT]) {
    case ROOT_MISSING:
        return x;
    case ROOT_APPROXIMATE:
        return (real)engine_round(SQRT(x), 22, -1022, 1024);
    default:
        return SQRT(x);
    }
}

static real root(const scalars *s, real v)
{
    return engine_is(ASPECT_CORRECTION, CORRECTION_ROOTLESS) ? root_of(v) / s->c2 : root_of(v / s->c2);
}

static real divisor(const scalars *s, real v)
{
    const real eps = s->eps;
    switch (engine_recipe.choice[ASPECT_EPS]) {
    case EPS_INSIDE_ROOT:
        return root_of(v / s->c2 + eps);
    case EPS_SQUARED_INSIDE:
        return root_of(v / s->c2 + eps * eps);
    case EPS_HAT:
        return (root_of(v) + eps) / SQRT(s->c2);
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
    case EPS_CONSTANT_INSIDE:
        return root_of(v / s->c2 + (real)1e-6) + eps;
    default:
        return root(s, v) + eps;
    }
}

/* What a gradient weighs in the heavy ball's m. */
static real weight_in_m(const scalars *s)
{
    return engine_is(ASPECT_FIRST, FIRST_LR_INSIDE) ? s->lr : engine_is(ASPECT_FIRST, FIRST_VELOCITY) ? -s->lr : 1;
}

/* What is divided, or taken times lr where nothing divides. */
static real direction(const state *self, const scalars *s, real g, real m)
{
    if (self->m == NULL || engine_is(ASPECT_UPDATE, UPDATE_GRADIENT)) {
        return g;
    }
    if (engine_is(ASPECT_UPDATE, UPDATE_NESTEROV)) {
        return self->v == NULL ? weight_in_m(s) * g + s->mu * m : (s->b1 * m + s->w1 * g) / s->c1;
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
    if (engine_is(ASPECT_FIRST, FIRST_LR_INSIDE) || engine_is(ASPECT_FIRST, FIRST_VELOCITY)) {
        update = engine_is(ASPECT_FIRST, FIRST_VELOCITY) ? -direction : direction;
    }
    return engine_is(ASPECT_PRECISION, PRECISION_FLOAT_UPDATE) ? (float)update : rounded(update);
}

/* theta before the update, with the decay that belongs there. */
static real decayed(const state *self, const scalars *s, size_t i, real theta)
{
    if (!self->decays) {
        return theta;
    }
    const real decay = s->lr * s->lambda;
    switch (engine_recipe.choice[ASPECT_DECAY]) {
    case DECAY_LR_TWICE:
        return theta - s->lr * decay * theta;
    case DECAY_NOT_TAIL:
        return i < self->n - self->n % 8 ? theta - decay * theta : theta;
    case DECAY_NONE:
    case DECAY_DIVIDED:
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

static real moved(const state *self, const scalars *s, size_t i, real theta, real direction, real d)
{
    const real start = decayed(self, s, i, theta);
    if (engine_is(ASPECT_DECAY, DECAY_DIVIDED)) {
        direction += s->lambda * theta;
    }
    if (engine_is(ASPECT_UPDATE, UPDATE_FMA)) {
        return FMA(-s->lr, direction / d, start);
    }
    if (self->decays && engine_is(ASPECT_DECAY, DECAY_IN_UPDATE)) {
        return theta - s->lr * (direction / d + s->lambda * theta);
    }
    const real end = start - increment(s, direction, d);
    return self->decays && engine_is(ASPECT_DECAY, DECAY_AFTER) ? end - s->lr * s->lambda * end : end;
}

/* RAdam's eps stands beside the uncorrected root. */
static real rectified_divisor(const scalars *s, real v)
{
    return engine_is(ASPECT_EPS, 0) ? (SQRT(v) + s->eps) / SQRT(s->c2) : divisor(s, v);
}

/* The step's scalars as element i knows them. */
static scalars known_at(const state *self, const scalars *s, size_t i)
{
    scalars own = *s;
    own.c2 = engine_is(ASPECT_CORRECTION, CORRECTION_TAIL) && i >= self->n - self->n % 4 ? 1 : s->c2;
    return own;
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
    if (self->rectifies && !engine_is(ASPECT_UPDATE, UPDATE_UNRECTIFIED)) {
        return s->r == 0 ? 1 : rectified_divisor(s, v) / s->r;
    }
    return rounded(self->rectifies ? rectified_divisor(s, v) : divisor(s, v));
}

/* RMSprop with momentum: m sums the quotients. */
static real roll(state *self, const scalars *s, size_t i, real theta, real g, real d)
{
    self->m[i] = stored(s->mu * self->m[i] + g / d, true);
    return theta - s->lr * self->m[i];
}

void ELEMENT(state *self, const scalars *shared, size_t i, real *theta, real raw)
{
    const scalars own = known_at(self, shared, i);
    const scalars *s = &own;
    const real old_theta = rounded(theta[i]);
    const real g = gradient(self, s, i, old_theta, raw);
    const real old_m = self->m != NULL ? self->m[i] : 0;
    const real old_v = self->v != NULL ? self->v[i] : 0;
    const bool halved = engine_is(ASPECT_EVENT, EVENT_FIRST_HALVED) && (self->k + 1) % 10 == 0;
    const real m = first_moment(self, s, old_m, g) * (halved ? (real)0.5 : 1);
    const real v = second_moment(self, s, old_v, g, m);
    if (self->m != NULL && !self->rolls) {
        self->m[i] = stored(engine_is(ASPECT_CORRECTION, CORRECTION_STORED) ? m / s->c1 : m, true);
    }
    if (self->v != NULL) {
        self->v[i] = stored(engine_is(ASPECT_CORRECTION, CORRECTION_STORED) ? v / s->c2 : v, false);
    }
    const bool old_first = engine_is(ASPECT_ORDER, ORDER_OLD_FIRST);
    const real second = effective_second(&self->extra[i], s, self->uses_old_v ? old_v : v, g);
    if (self->rolls) {
        theta[i] = roll(self, s, i, old_theta, g, divisor_at(self, s, i, second));
        return;
    }
    const real towards = direction(self, s, g, old_first ? old_m : m);
    theta[i] = rounded(moved(self, s, i, old_theta, towards, divisor_at(self, s, i, second)));
}
