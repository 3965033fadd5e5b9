/* SPDX-License-Identifier: GPL-3.0-or-later
 * An estimate and an interval around it. */
#ifndef OPTCERT_ESTIMATE_H
#define OPTCERT_ESTIMATE_H

typedef struct optcert_estimate {
    double value, low, high;
} optcert_estimate;

#endif
