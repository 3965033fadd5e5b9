/* SPDX-License-Identifier: GPL-3.0-or-later
 * What models do to balls. A function that moves two points no farther apart than they are may be applied to the midpoint
 * and leave the radius. */
#include "walk_state.h"

#include <math.h>

const oc_ref_format optcert_half = {"binary16", 2, 11, -23, 16};
const oc_ref_format optcert_bfloat = {"bfloat16", 2, 8, -132, 128};

/* At most x, for a non-negative x that eight roundings went into. */
static long double down(long double x)
{
    return x * (1 - 8 * LDBL_EPSILON);
}

/* (rx + |x/y| ry) / (|y| - ry) */
static long double quotient_radius(const optcert_ball *x, const optcert_ball *y, long double quotient)
{
    if (x->rad == 0 && y->rad == 0) {
        return 0;
    }
    const long double gap = fabsl(y->mid) - y->rad;
    return gap > 0 ? (x->rad + fabsl(quotient) * y->rad) / down(gap) : INFINITY;
}

void optcert_ball_div(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    const long double quotient = x->mid / y->mid;
    optcert_ball_finish(r, quotient, quotient_radius(x, y, quotient), optcert_both_finite(x, y) && y->mid != 0);
}

/* rx / (sqrt x + sqrt(x - rx)), and at most sqrt(rx) */
static long double root_radius(const optcert_ball *x, long double root)
{
    if (x->rad == 0 || !(x->mid > 0)) { /* where x is 0 or less, the true value is at most the radius */
        return sqrtl(x->rad);
    }
    const long double least = x->mid - x->rad;
    const long double rad = x->rad / down(root + (least > 0 ? sqrtl(least) : 0));
    return fminl(rad, sqrtl(x->rad));
}

void optcert_ball_sqrt(optcert_ball *r, const optcert_ball *x)
{
    if (x->mid < 0 && fabsl(x->mid) <= x->rad) { /* it may be negative, or may not */
        optcert_ball_unknown(r);
        return;
    }
    const long double root = sqrtl(x->mid);
    optcert_ball_finish(r, root, root_radius(x, root), false);
}

void optcert_ball_max(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    const bool none = isnan(x->mid) || isnan(y->mid); /* fmaxl would drop it; a NaN propagates */
    const long double mid = none ? NAN : fmaxl(x->mid, y->mid);
    *r = (optcert_ball){mid, optcert_finite(mid) ? fmaxl(x->rad, y->rad) : 0};
}

void optcert_ball_one_minus(optcert_ball *r, const optcert_ball *x)
{
    optcert_ball_finish(r, 1 - x->mid, x->rad, optcert_finite(x->mid));
}

void optcert_ball_ends(long double *low, long double *high, const optcert_ball *x)
{
    const long double rad = x->rad == 0 ? 0 : optcert_up(x->rad + fabsl(x->mid) * LDBL_EPSILON);
    *low = x->mid - rad;
    *high = x->mid + rad;
}

static bool known(const optcert_ball *x)
{
    return optcert_finite(x->mid) && optcert_finite(x->rad);
}

/* The smallest ball around low and high: exact where they are one. */
static void around(optcert_ball *x, long double low, long double high)
{
    const long double mid = low / 2 + high / 2;
    *x = (optcert_ball){mid, low == high ? 0 : optcert_up((high - low) / 2 + fabsl(mid) * LDBL_EPSILON)};
}

void optcert_ball_hull(optcert_ball *r, const optcert_ball *x, const optcert_ball *y)
{
    long double low, high, other_low, other_high;
    if (!known(x) || !known(y)) {
        const bool same = (isnan(x->mid) && isnan(y->mid)) || (!optcert_finite(x->mid) && x->mid == y->mid);
        if (same) {
            optcert_ball_set(r, x);
        } else {
            optcert_ball_unknown(r);
        }
        return;
    }
    optcert_ball_ends(&low, &high, x);
    optcert_ball_ends(&other_low, &other_high, y);
    around(r, fminl(low, other_low), fmaxl(high, other_high));
}

void optcert_ball_widen(optcert_ball *x, double amount)
{
    if (optcert_finite(x->mid)) {
        x->rad = optcert_up(x->rad + amount);
    }
}

void optcert_ball_blur(optcert_ball *x, double roundings, double unit)
{
    if (optcert_finite(x->mid)) {
        x->rad = optcert_up(x->rad + fabsl(x->mid) * ((long double)roundings * unit));
    }
}

void optcert_ball_negate(optcert_ball *x)
{
    x->mid = -x->mid;
}

void optcert_ball_abs(optcert_ball *x)
{
    x->mid = fabsl(x->mid);
}

void optcert_ball_square(optcert_ball *r, const optcert_ball *x)
{
    optcert_ball_mul(r, x, x);
}

void optcert_ball_times(optcert_ball *x, double factor)
{
    optcert_ball_mul(x, x, &(optcert_ball){factor, 0});
}

void optcert_ball_clip(optcert_ball *x, const optcert_ball *limit)
{
    if (isnan(x->mid) || fabsl(x->mid) <= fabsl(limit->mid)) {
        return;
    }
    x->mid = copysignl(limit->mid, x->mid);
    x->rad = fmaxl(x->rad, limit->rad);
}

double optcert_round(const oc_ref_format *format, long double x)
{
    if (format == &oc_ref_f64) {
        return (double)x;
    }
    if (!optcert_finite(x) || x == 0) {
        return (double)x;
    }
    int exponent;
    frexpl(x, &exponent);
    const int normal = exponent - (int)format->prec, least = (int)format->emin - 1;
    const int ulp = normal > least ? normal : least;
    const double rounded = (double)ldexpl(rintl(ldexpl(x, -ulp)), ulp);
    return fabs(rounded) < ldexp(1, (int)format->emax) ? rounded : copysign(INFINITY, rounded);
}

void optcert_ball_round(optcert_ball *x, const oc_ref_format *format)
{
    long double low, high;
    if (!known(x)) {
        return;
    }
    optcert_ball_ends(&low, &high, x);
    const double from = optcert_round(format, low), to = optcert_round(format, high);
    if (from == to) { /* infinities too */
        optcert_ball_set_d(x, from);
    } else if (isinf(from) || isinf(to)) {
        optcert_ball_unknown(x);
    } else {
        around(x, from, to);
    }
}

void optcert_ball_flush(optcert_ball *x, const oc_ref_format *format)
{
    long double low, high;
    const double least = ldexp(1, (int)(format->emin + format->prec) - 2);
    if (!known(x)) {
        return;
    }
    optcert_ball_ends(&low, &high, x);
    if (low > -least && high < least) {
        optcert_ball_set_d(x, 0);
    } else if (low < least && high > -least) { /* something, or 0 */
        around(x, fminl(low, 0), fmaxl(high, 0));
    }
}

void optcert_ball_sign(optcert_ball *x, const optcert_ball *size)
{
    if (x->mid == 0) {
        return;
    }
    if (isnan(x->mid) || !(fabsl(x->mid) > x->rad)) { /* a NaN has a sign bit, and no sign */
        optcert_ball_unknown(x);
        return;
    }
    const bool negative = x->mid < 0;
    optcert_ball_set(x, size);
    if (negative) {
        optcert_ball_negate(x);
    }
}

void optcert_walk_forget_overflow(const optcert_walk *walk, optcert_ball *x)
{
    if (optcert_finite(x->mid) && fabsl(x->mid) >= walk->overflow) {
        optcert_ball_unknown(x);
    }
}

void optcert_ball_from(optcert_ball *to, const oc_ref_ball *from)
{
    const long double mid = mpfr_get_ld(from->mid, MPFR_RNDN);
    optcert_ball_finish(to, mid, mpfr_get_ld(from->rad, MPFR_RNDU), false);
}

void optcert_ball_to(oc_ref_ball *to, const optcert_ball *from)
{
    const int inexact = mpfr_set_ld(to->mid, from->mid, MPFR_RNDN);
    mpfr_set_ld(to->rad, from->rad, MPFR_RNDU);
    if (inexact != 0) {
        mpfr_nextabove(to->rad);
    }
}

bool optcert_inside(const oc_ref_format *format, double got, const optcert_ball *ball)
{
    if (!optcert_finite(ball->rad)) {
        return true;
    }
    if (isnan(got) || isnan(ball->mid)) {
        return isnan(got) && isnan(ball->mid);
    }
    if (isinf(got) || !optcert_finite(ball->mid)) {
        long double low, high;
        optcert_ball_ends(&low, &high, ball);
        return optcert_round(format, got > 0 ? high : low) == got;
    }
    return fabsl(ball->mid - got) <= optcert_up(ball->rad);
}
