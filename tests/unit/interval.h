/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values against MPFI enclosures. */
#ifndef OPTCERT_UNIT_INTERVAL_H
#define OPTCERT_UNIT_INTERVAL_H
#include <mpfi.h>
#include <stdbool.h>

/* Whether x lies in the interval, its ends taken outwards to binary64: true of the true value's rounding. */
bool unit_between(mpfi_srcptr interval, double x);

/* How far x is outside the interval, rounded up; 0 inside. */
double unit_outside(mpfi_srcptr interval, double x);

#endif
