/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values against enclosures. See interval.h. */
#include "interval.h"

bool unit_between(mpfi_srcptr interval, double x)
{
    mpfr_t end;
    mpfr_init2(end, 53);
    mpfi_get_left(end, interval); /* rounded down */
    const double low = mpfr_get_d(end, MPFR_RNDD);
    mpfi_get_right(end, interval); /* rounded up */
    const double high = mpfr_get_d(end, MPFR_RNDU);
    mpfr_clear(end);
    return low <= x && x <= high;
}

double unit_outside(mpfi_srcptr interval, double x)
{
    mpfr_t gap;
    mpfr_init2(gap, 64);
    mpfr_d_sub(gap, x, &interval->right, MPFR_RNDU);
    const double above = mpfr_get_d(gap, MPFR_RNDU);
    mpfr_sub_d(gap, &interval->left, x, MPFR_RNDU);
    const double below = mpfr_get_d(gap, MPFR_RNDU);
    mpfr_clear(gap);
    const double outside = above > below ? above : below;
    return outside > 0 ? outside : 0;
}
