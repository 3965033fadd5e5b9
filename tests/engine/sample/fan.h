/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the law of theta spreads in time: quantiles over many paths of the chain and of its limit, and some pairs of
 * paths that the same normals drive. Coordinate 0 where there are several. */
#ifndef OPTCERT_FAN_H
#define OPTCERT_FAN_H
#include "ensemble.h"

enum { OPTCERT_FAN_PATHS = 2048, OPTCERT_FAN_QUANTILES = 5, OPTCERT_FAN_PAIRS = 3 };

extern const double optcert_fan_probability[OPTCERT_FAN_QUANTILES];

/* At one time. */
typedef struct optcert_fan_point {
    double t;
    double chain[OPTCERT_FAN_QUANTILES], limit[OPTCERT_FAN_QUANTILES];
    double pair[OPTCERT_FAN_PAIRS][2]; /* chain and limit */
} optcert_fan_point;

/* Fills points[0 .. steps], of a run with this many steps. False when memory is short or the study is refused. */
bool optcert_fan_run(const optcert_study *study, uint64_t seed, size_t steps, optcert_fan_point *points);

#endif
