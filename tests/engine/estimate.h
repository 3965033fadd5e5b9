/* SPDX-License-Identifier: GPL-3.0-or-later
 * An estimate and an interval around it. */
#ifndef OPTCERT_ESTIMATE_H
#define OPTCERT_ESTIMATE_H

/* 99 % of a normal law lie within this many standard deviations. */
#define OPTCERT_NORMAL_99 2.5758293035489008

typedef struct optcert_estimate {
    double value, low, high;
} optcert_estimate;

#endif
