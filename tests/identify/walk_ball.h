/* SPDX-License-Identifier: GPL-3.0-or-later
 * Balls of walks: reals known to within a radius, like those of the references (reference/ball.h, where the radii are
 * derived), in the processor's long double. A search evaluates millions of models, and MPFR would take twenty times as long.
 *
 * A long double has at least 64 significant bits, 11 more than binary64: roundings of the midpoint, which the radius
 * counts, are far below those of the builds that are judged. Its exponents reach beyond 10^4900, so that squares and
 * quotients of doubles neither overflow nor underflow; where a finite operation overflows all the same, nothing is known.
 * Radii are sums of a few products of non-negative numbers, each rounded to nearest; a last factor carries them up.
 * Special values follow IEEE 754 on the midpoint, and their radius is 0. */
#ifndef OPTCERT_WALK_BALL_H
#define OPTCERT_WALK_BALL_H
#include "ball.h"

#include <float.h>
#include <math.h>

_Static_assert(FLT_RADIX == 2 && LDBL_MANT_DIG >= 64 && LDBL_MAX_EXP >= 16384, "walks need a wider format than binary64");

typedef struct optcert_ball {
    long double mid;
    long double rad; /* >= 0; infinite when nothing is known */
} optcert_ball;

/* At least x, for a non-negative x that eight roundings went into. */
static inline long double optcert_up(long double x)
{
    return x * (1 + 8 * LDBL_EPSILON);
}

/* isfinite compares with LDBL_MAX, which valgrind, whose long double is a double, takes for an infinity. */
static inline bool optcert_finite(long double x)
{
    return x - x == 0;
}

static inline void optcert_ball_set_d(optcert_ball *x, double value)
{
    *x = (optcert_ball){value, 0};
}

static inline void optcert_ball_set(optcert_ball *x, const optcert_ball *y)
{
    *x = *y;
}

static inline void optcert_ball_swap(optcert_ball *x, optcert_ball *y)
{
    const optcert_ball old = *x;
    *x = *y;
    *y = old;
}

static inline void optcert_ball_unknown(optcert_ball *x)
{
    *x = (optcert_ball){0, INFINITY};
}

/* The result of one rounding to `mid`, `rad` being what the operands' radii become; `finite`: the operands are. */
static inline void optcert_ball_finish(optcert_ball *r, long double mid, long double rad, bool finite)
{
    if (optcert_finite(mid)) { /* a radius of 0 times infinity is a NaN */
        *r = (optcert_ball){mid, isnan(rad) ? INFINITY : optcert_up(rad + fabsl(mid) * (LDBL_EPSILON / 2))};
    } else if (!isnan(mid) && finite) {
        optcert_ball_unknown(r);
    } else {
        *r = (optcert_ball){mid, 0};
    }
}

static inline bool optcert_both_finite(const optcert_ball *x, const optcert_ball *y)
{
    return optcert_finite(x->mid) && optcert_finite(y->mid);
}

/* Results may be operands. */
static inline void optcert_ball_add(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    optcert_ball_finish(r, x->mid + y->mid, x->rad + y->rad, optcert_both_finite(x, y));
}

static inline void optcert_ball_sub(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    optcert_ball_finish(r, x->mid - y->mid, x->rad + y->rad, optcert_both_finite(x, y));
}

static inline void optcert_ball_mul(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    const long double rad = fabsl(x->mid) * y->rad + fabsl(y->mid) * x->rad + x->rad * y->rad;
    optcert_ball_finish(r, x->mid * y->mid, rad, optcert_both_finite(x, y));
}

void optcert_ball_div(optcert_ball *r, const optcert_ball *x, const optcert_ball *y);
void optcert_ball_sqrt(optcert_ball *r, const optcert_ball *x);
void optcert_ball_max(optcert_ball *r, const optcert_ball *x, const optcert_ball *y);
void optcert_ball_one_minus(optcert_ball *r, const optcert_ball *x);

/* The ends of a ball, rounded outwards. */
void optcert_ball_ends(long double *low, long double *high, const optcert_ball *x);
/* The smallest ball around both. Where one is no number and not the other's, nothing is known. */
void optcert_ball_hull(optcert_ball *r, const optcert_ball *x, const optcert_ball *y);

/* rad += amount; rad += |mid| * roundings * unit: for numbers only, special values are exact. */
void optcert_ball_widen(optcert_ball *x, double amount);
void optcert_ball_blur(optcert_ball *x, double roundings, double unit);

void optcert_ball_negate(optcert_ball *x);
void optcert_ball_abs(optcert_ball *x);
void optcert_ball_square(optcert_ball *r, const optcert_ball *x);
void optcert_ball_times(optcert_ball *x, double factor);
void optcert_ball_clip(optcert_ball *x, const optcert_ball *limit); /* to [-limit, limit] */
void optcert_ball_round(optcert_ball *x, const oc_ref_format *format);
void optcert_ball_flush(optcert_ball *x, const oc_ref_format *format); /* subnormal numbers become 0 */
/* sign(x) size, 0 at 0 */
void optcert_ball_sign(optcert_ball *x, const optcert_ball *size);

/* x rounded once to the format. */
double optcert_round(const oc_ref_format *format, long double x);

/* The same ball, wider by the roundings of its conversion; both ways. `to` is initialised. */
void optcert_ball_from(optcert_ball *to, const oc_ref_ball *from);
void optcert_ball_to(oc_ref_ball *to, const optcert_ball *from);

#endif
