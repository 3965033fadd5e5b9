/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real number known to within a radius: midpoint in MPFR, and a bound on how far the true value is
 * from it. Each operation rounds the midpoint once (to nearest) and adds that rounding, and what the
 * operands' radii become, to the radius (rounded up). Hence the true reference says how true it is.
 * Special values follow MPFR (that is, IEEE 754) on the midpoint; their radius is 0, since they are
 * not approximations. So does division by a ball around exactly 0, which here is always a sum of products
 * of zeros: 0 in whatever order it is computed, though the radius allows for underflow. Exact operations
 * add nothing. */
#ifndef OC_REF_BALL_H
#define OC_REF_BALL_H
#include "ieee.h"

typedef struct oc_ref_ball {
    mpfr_t mid;
    mpfr_t rad; /* >= 0; +inf when nothing is known */
} oc_ref_ball;

enum { OC_REF_PREC = 320, OC_REF_RAD_PREC = 32 };

void oc_ref_ball_init(oc_ref_ball *x, mpfr_prec_t prec);
void oc_ref_ball_clear(oc_ref_ball *x);

void oc_ref_ball_set_d(oc_ref_ball *x, double value); /* exact: prec is at least 53 */
void oc_ref_ball_set(oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_swap(oc_ref_ball *x, oc_ref_ball *y);

/* Results may be operands. */
void oc_ref_ball_add(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_sub(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_mul(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_div(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_sqrt(oc_ref_ball *r, const oc_ref_ball *x);
void oc_ref_ball_max(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);
void oc_ref_ball_one_minus(oc_ref_ball *r, const oc_ref_ball *x);

/* The ends of a ball, rounded outwards. */
void oc_ref_ball_ends(mpfr_ptr low, mpfr_ptr high, const oc_ref_ball *x);

/* The smallest ball around both: r may be x. Where one is no number and not the other's, nothing is known. */
void oc_ref_ball_hull(oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y);

/* How far `got`, a value of the format, is from the true value, in units in the last place of the
 * true value's binade: the distance lies within [ulps - slack, ulps + slack]. Two NaNs, or two equal
 * infinities, are 0 apart; a NaN or an infinity of one side alone is +inf apart, except that an
 * infinite `got` is right (0) where the true value rounds to that infinity, and counts as the first
 * number beyond the range where it does not. */
typedef struct oc_ref_distance {
    double ulps, slack;
} oc_ref_distance;
oc_ref_distance oc_ref_ulps(const oc_ref_format *format, double got, const oc_ref_ball *truth);

#endif
