/* SPDX-License-Identifier: GPL-3.0-or-later
 * What models do to balls beside arithmetic. A function that moves two points no farther apart than they are
 * may be applied to the midpoint and leave the radius. */
#include "walk_state.h"

#include <math.h>

const oc_ref_format optcert_half = {"binary16", 2, 11, -23, 16};
const oc_ref_format optcert_bfloat = {"bfloat16", 2, 8, -132, 128};

void optcert_ball_negate(oc_ref_ball *x)
{
    mpfr_neg(x->mid, x->mid, MPFR_RNDN);
}

void optcert_ball_abs(oc_ref_ball *x)
{
    mpfr_abs(x->mid, x->mid, MPFR_RNDN);
}

void optcert_ball_square(oc_ref_ball *r, const oc_ref_ball *x)
{
    oc_ref_ball_mul(r, x, x);
}

void optcert_ball_times(oc_ref_ball *x, double factor, oc_ref_ball *scratch)
{
    oc_ref_ball_set_d(scratch, factor);
    oc_ref_ball_mul(x, x, scratch);
}

void optcert_ball_clip(oc_ref_ball *x, const oc_ref_ball *limit)
{
    if (mpfr_nan_p(x->mid) || mpfr_cmpabs(x->mid, limit->mid) <= 0) {
        return;
    }
    const int sign = mpfr_sgn(x->mid);
    mpfr_set(x->mid, limit->mid, MPFR_RNDN);
    mpfr_setsign(x->mid, x->mid, sign < 0, MPFR_RNDN);
    mpfr_max(x->rad, x->rad, limit->rad, MPFR_RNDU);
}

void optcert_walk_forget_overflow(const optcert_walk *walk, oc_ref_ball *x)
{
    const bool narrow = optcert_has(walk, TRAIT_PRECISION, MODEL_PRECISION_FLOAT);
    const mpfr_exp_t emax = narrow ? oc_ref_f32.emax : walk->format->emax;
    if (mpfr_regular_p(x->mid) && mpfr_get_exp(x->mid) >= emax) {
        oc_ref_ball_unknown(x);
    }
}

/* The ends of a ball, to be cleared by the caller. */
static void ends(const oc_ref_ball *x, mpfr_t low, mpfr_t high)
{
    mpfr_inits2(mpfr_get_prec(x->mid), low, high, (mpfr_ptr)0);
    oc_ref_ball_ends(low, high, x);
}

/* The smallest ball around low and high: exact where they are one. */
static void hull(oc_ref_ball *x, double low, double high)
{
    mpfr_set_d(x->mid, low, MPFR_RNDN);
    mpfr_add_d(x->mid, x->mid, high, MPFR_RNDN);
    mpfr_div_2ui(x->mid, x->mid, 1, MPFR_RNDN);
    mpfr_set_d(x->rad, high, MPFR_RNDU);
    mpfr_sub_d(x->rad, x->rad, low, MPFR_RNDU);
    mpfr_div_2ui(x->rad, x->rad, 1, MPFR_RNDU);
}

void optcert_ball_round(oc_ref_ball *x, const oc_ref_format *format)
{
    mpfr_t low, high;
    if (!mpfr_number_p(x->mid) || mpfr_inf_p(x->rad)) {
        return;
    }
    ends(x, low, high);
    const double from = oc_ref_round(format, low), to = oc_ref_round(format, high);
    if (from == to) { /* infinities too */
        oc_ref_ball_set_d(x, from);
    } else if (isinf(from) || isinf(to)) {
        oc_ref_ball_unknown(x);
    } else {
        hull(x, from, to);
    }
    mpfr_clears(low, high, (mpfr_ptr)0);
}

void optcert_ball_flush(oc_ref_ball *x, const oc_ref_format *format)
{
    mpfr_t low, high;
    const double least = ldexp(1, (int)(format->emin + format->prec) - 2);
    if (!mpfr_number_p(x->mid) || mpfr_inf_p(x->rad)) {
        return;
    }
    ends(x, low, high);
    const double from = mpfr_get_d(low, MPFR_RNDD), to = mpfr_get_d(high, MPFR_RNDU);
    if (from > -least && to < least) {
        oc_ref_ball_set_d(x, 0);
    } else if (from < least && to > -least) { /* something, or 0 */
        hull(x, fmin(from, 0), fmax(to, 0));
    }
    mpfr_clears(low, high, (mpfr_ptr)0);
}

void optcert_ball_sign(oc_ref_ball *x, const oc_ref_ball *size)
{
    if (mpfr_zero_p(x->mid)) {
        return;
    }
    if (mpfr_nan_p(x->mid) || mpfr_cmpabs(x->mid, x->rad) <= 0) { /* a NaN has a sign bit, and no sign */
        oc_ref_ball_unknown(x);
        return;
    }
    const int sign = mpfr_sgn(x->mid);
    oc_ref_ball_set(x, size);
    if (sign < 0) {
        optcert_ball_negate(x);
    }
}

bool optcert_inside(const oc_ref_format *format, double got, const oc_ref_ball *ball)
{
    if (mpfr_inf_p(ball->rad)) {
        return true;
    }
    if (isnan(got) || mpfr_nan_p(ball->mid)) {
        return isnan(got) && mpfr_nan_p(ball->mid);
    }
    if (isinf(got) || mpfr_inf_p(ball->mid)) {
        mpfr_t low, high;
        ends(ball, low, high);
        const double reached = oc_ref_round(format, got > 0 ? high : low);
        mpfr_clears(low, high, (mpfr_ptr)0);
        return reached == got;
    }
    mpfr_t gap;
    mpfr_init2(gap, WALK_PREC);
    mpfr_sub_d(gap, ball->mid, got, MPFR_RNDN);
    const bool in = mpfr_cmpabs(gap, ball->rad) <= 0;
    mpfr_clear(gap);
    return in;
}
