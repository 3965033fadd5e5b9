/* SPDX-License-Identifier: GPL-3.0-or-later
 * Midpoint-radius arithmetic on MPFR. See ball.h.
 *
 * Radii, with |x - X| <= rx, |y - Y| <= ry for the true X, Y (each line is a triangle inequality):
 *   x +- y   rx + ry
 *   x y      |x| ry + |y| rx + rx ry
 *   x / y    (rx + |x/y| ry) / (|y| - ry)          where ry < |y|; else unbounded
 *   sqrt x   rx / (sqrt x + sqrt(x - rx))            since |sqrt x - sqrt X| = |x - X| / (sqrt x + sqrt X),
 *            and at most sqrt(rx)                   since |sqrt x - sqrt X|^2 <= |x - X|
 * and half an ulp of the midpoint whenever its own rounding was inexact. All radii are computed rounding
 * up (and |y| - ry down), so they bound. */
#include "ball.h"

#include <math.h>

void oc_ref_ball_init(oc_ref_ball *x, mpfr_prec_t prec)
{
    mpfr_init2(x->mid, prec);
    mpfr_init2(x->rad, OC_REF_RAD_PREC);
    mpfr_set_zero(x->mid, 1);
    mpfr_set_zero(x->rad, 1);
}

void oc_ref_ball_clear(oc_ref_ball *x)
{
    mpfr_clear(x->mid);
    mpfr_clear(x->rad);
}

void oc_ref_ball_set_d(oc_ref_ball *x, double value)
{
    mpfr_set_d(x->mid, value, MPFR_RNDN);
    mpfr_set_zero(x->rad, 1);
}

void oc_ref_ball_set(oc_ref_ball *x, const oc_ref_ball *y)
{
    mpfr_set(x->mid, y->mid, MPFR_RNDN);
    mpfr_set(x->rad, y->rad, MPFR_RNDU);
}

void oc_ref_ball_swap(oc_ref_ball *x, oc_ref_ball *y)
{
    mpfr_swap(x->mid, y->mid);
    mpfr_swap(x->rad, y->rad);
}

static void know_nothing(oc_ref_ball *x)
{
    mpfr_set_zero(x->mid, 1);
    mpfr_set_inf(x->rad, 1);
}

/* Installs the propagated radius and the rounding of the midpoint. A special midpoint is taken for the value itself: see ball.h. */
static void finish(oc_ref_ball *r, mpfr_ptr propagated, int inexact)
{
    if (!mpfr_number_p(r->mid)) {
        mpfr_set_zero(r->rad, 1);
    } else if (inexact == 0) {
        mpfr_set(r->rad, propagated, MPFR_RNDU);
    } else {
        MPFR_DECL_INIT(half_ulp, OC_REF_RAD_PREC);
        mpfr_set_ui_2exp(half_ulp, 1, mpfr_get_exp(r->mid) - (mpfr_exp_t)mpfr_get_prec(r->mid) - 1,
                         MPFR_RNDU);
        mpfr_add(r->rad, propagated, half_ulp, MPFR_RNDU);
    }
}

/* |m| * rad, rounded up; 0 when rad is 0 whatever m is. */
static void scale_radius(mpfr_ptr out, mpfr_srcptr m, mpfr_srcptr rad)
{
    if (mpfr_zero_p(rad)) {
        mpfr_set_zero(out, 1);
        return;
    }
    MPFR_DECL_INIT(size, OC_REF_RAD_PREC);
    mpfr_abs(size, m, MPFR_RNDU); /* |m| is rounded away: RNDU of a non-negative number */
    mpfr_mul(out, size, rad, MPFR_RNDU);
}

typedef int midpoint_op(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

static void sum(midpoint_op *op, oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    mpfr_add(rad, x->rad, y->rad, MPFR_RNDU);
    const int inexact = op(r->mid, x->mid, y->mid, MPFR_RNDN);
    finish(r, rad, inexact);
}

void oc_ref_ball_add(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    sum(mpfr_add, r, x, y);
}

void oc_ref_ball_sub(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    sum(mpfr_sub, r, x, y);
}

void oc_ref_ball_mul(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    MPFR_DECL_INIT(part, OC_REF_RAD_PREC);
    scale_radius(rad, x->mid, y->rad);
    scale_radius(part, y->mid, x->rad);
    mpfr_add(rad, rad, part, MPFR_RNDU);
    mpfr_mul(part, x->rad, y->rad, MPFR_RNDU);
    mpfr_add(rad, rad, part, MPFR_RNDU);
    const int inexact = mpfr_mul(r->mid, x->mid, y->mid, MPFR_RNDN);
    finish(r, rad, inexact);
}

/* (rx + |q| ry) / (|y| - ry), q being at least |x/y| in magnitude up to its own rounding, which
 * `finish` adds: q is taken away from zero here. */
static void quotient_radius(mpfr_ptr rad, const oc_ref_ball *x, const oc_ref_ball *y)
{
    MPFR_DECL_INIT(q, OC_REF_RAD_PREC);
    MPFR_DECL_INIT(gap, OC_REF_RAD_PREC);
    mpfr_abs(gap, y->mid, MPFR_RNDD);
    mpfr_sub(gap, gap, y->rad, MPFR_RNDD);
    if (mpfr_zero_p(x->rad) && mpfr_zero_p(y->rad)) {
        mpfr_set_zero(rad, 1);
    } else if (mpfr_sgn(gap) <= 0) {
        mpfr_set_inf(rad, 1);
    } else {
        mpfr_div(q, x->mid, y->mid, MPFR_RNDA);
        scale_radius(rad, q, y->rad);
        mpfr_add(rad, rad, x->rad, MPFR_RNDU);
        mpfr_div(rad, rad, gap, MPFR_RNDU);
    }
}

void oc_ref_ball_div(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    quotient_radius(rad, x, y);
    const int inexact = mpfr_div(r->mid, x->mid, y->mid, MPFR_RNDN);
    finish(r, rad, inexact);
}

/* sqrt x + sqrt X at the least, for x > 0, rounded down. */
static void root_sum(mpfr_ptr out, const oc_ref_ball *x)
{
    MPFR_DECL_INIT(root, OC_REF_RAD_PREC);
    mpfr_sub(root, x->mid, x->rad, MPFR_RNDD);
    if (mpfr_sgn(root) > 0) {
        mpfr_sqrt(root, root, MPFR_RNDD);
    } else {
        mpfr_set_zero(root, 1);
    }
    mpfr_sqrt(out, x->mid, MPFR_RNDD);
    mpfr_add(out, out, root, MPFR_RNDD);
}

void oc_ref_ball_sqrt(oc_ref_ball *r, const oc_ref_ball *x)
{
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    MPFR_DECL_INIT(root, OC_REF_RAD_PREC);
    if (mpfr_sgn(x->mid) < 0 && mpfr_cmpabs(x->mid, x->rad) <= 0) {
        know_nothing(r);
        return;
    }
    if (mpfr_zero_p(x->rad)) {
        mpfr_set_zero(rad, 1);
    } else if (mpfr_sgn(x->mid) > 0) {
        root_sum(root, x);
        mpfr_div(rad, x->rad, root, MPFR_RNDU);
        mpfr_sqrt(root, x->rad, MPFR_RNDU);
        mpfr_min(rad, rad, root, MPFR_RNDU);
    } else {
        mpfr_sqrt(rad, x->rad, MPFR_RNDU); /* the true value is at most rad, its root at most this */
    }
    const int inexact = mpfr_sqrt(r->mid, x->mid, MPFR_RNDN);
    finish(r, rad, inexact);
}

void oc_ref_ball_max(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    mpfr_max(rad, x->rad, y->rad, MPFR_RNDU); /* max is 1-Lipschitz in the larger change */
    if (mpfr_nan_p(x->mid) || mpfr_nan_p(y->mid)) {
        mpfr_set_nan(r->mid); /* mpfr_max would drop it; a NaN propagates */
    } else {
        mpfr_max(r->mid, x->mid, y->mid, MPFR_RNDN);
    }
    finish(r, rad, 0);
}

void oc_ref_ball_ends(mpfr_ptr low, mpfr_ptr high, const oc_ref_ball *x)
{
    mpfr_sub(low, x->mid, x->rad, MPFR_RNDD);
    mpfr_add(high, x->mid, x->rad, MPFR_RNDU);
}

static bool known(const oc_ref_ball *x)
{
    return mpfr_number_p(x->mid) && mpfr_number_p(x->rad);
}

void oc_ref_ball_hull(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    mpfr_t low, high, other;
    if (!known(x) || !known(y)) {
        const bool same = (mpfr_nan_p(x->mid) && mpfr_nan_p(y->mid)) || (mpfr_inf_p(x->mid) && mpfr_equal_p(x->mid, y->mid));
        if (same) {
            oc_ref_ball_set(r, x);
        } else {
            know_nothing(r);
        }
        return;
    }
    mpfr_inits2(mpfr_get_prec(r->mid), low, high, other, (mpfr_ptr)0);
    oc_ref_ball_ends(low, high, x);
    oc_ref_ball_ends(other, r->mid, y);
    mpfr_min(low, low, other, MPFR_RNDD);
    mpfr_max(high, high, r->mid, MPFR_RNDU);
    mpfr_add(r->mid, low, high, MPFR_RNDN);
    mpfr_div_2ui(r->mid, r->mid, 1, MPFR_RNDN);
    mpfr_sub(r->rad, high, r->mid, MPFR_RNDU);
    mpfr_sub(low, r->mid, low, MPFR_RNDU);
    mpfr_max(r->rad, r->rad, low, MPFR_RNDU);
    mpfr_clears(low, high, other, (mpfr_ptr)0);
}

void oc_ref_ball_one_minus(oc_ref_ball *r, const oc_ref_ball *x)
{
    const int inexact = mpfr_ui_sub(r->mid, 1, x->mid, MPFR_RNDN);
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    mpfr_set(rad, x->rad, MPFR_RNDU);
    finish(r, rad, inexact);
}

/* |got - mid| / ulp for finite values. */
static oc_ref_distance finite_distance(const oc_ref_format *format, mpfr_srcptr got, const oc_ref_ball *truth)
{
    const mpfr_exp_t ulp = oc_ref_ulp_exponent(format, truth->mid);
    mpfr_t gap;
    MPFR_DECL_INIT(rad, OC_REF_RAD_PREC);
    mpfr_init2(gap, 64);
    mpfr_sub(gap, got, truth->mid, MPFR_RNDN);
    mpfr_abs(gap, gap, MPFR_RNDN);
    mpfr_mul_2si(gap, gap, -(long)ulp, MPFR_RNDN);
    mpfr_mul_2si(rad, truth->rad, -(long)ulp, MPFR_RNDU);
    oc_ref_distance d = {mpfr_get_d(gap, MPFR_RNDN), mpfr_get_d(rad, MPFR_RNDU)};
    if (isfinite(d.ulps)) {
        d.slack += d.ulps * 0x1p-51; /* the conversions just made */
    }
    mpfr_clears(gap, (mpfr_ptr)0);
    return d;
}

oc_ref_distance oc_ref_ulps(const oc_ref_format *format, double got, const oc_ref_ball *truth)
{
    const oc_ref_distance equal = {0, 0};
    const oc_ref_distance apart = {INFINITY, 0};
    const double rounded = oc_ref_round(format, truth->mid);
    if (isnan(got) || isnan(rounded)) {
        return isnan(got) && isnan(rounded) ? equal : apart;
    }
    if (isinf(got) && got == rounded) {
        return equal;
    }
    if (mpfr_inf_p(truth->mid)) {
        return apart;
    }
    mpfr_t value;
    mpfr_init2(value, 53);
    if (isinf(got)) {
        mpfr_set_si_2exp(value, got > 0 ? 1 : -1, format->emax, MPFR_RNDN);
    } else {
        mpfr_set_d(value, got, MPFR_RNDN);
    }
    const oc_ref_distance d = finite_distance(format, value, truth);
    mpfr_clear(value);
    return d;
}
