/* SPDX-License-Identifier: GPL-3.0-or-later
 * A first look at an ensemble: which multiples of the controls to subtract, and what variance is left. It uses paths
 * of its own, so what follows stays unbiased. */
#ifndef OPTCERT_PILOT_H
#define OPTCERT_PILOT_H
#include "sums.h"

typedef struct optcert_pilot {
    optcert_betas beta;
    double mean[OPTCERT_PHI_MAX];     /* of the difference */
    double variance[OPTCERT_PHI_MAX]; /* of one path's difference less beta times the controls */
    size_t paths;
} optcert_pilot;

enum { OPTCERT_PILOT_MOST = 4096, OPTCERT_PILOT_LEAST = 256 };

/* `paths` of them are wanted: at most OPTCERT_PILOT_MOST, fewer in high dimensions, at least OPTCERT_PILOT_LEAST.
 * False when memory is short. The same bits for any number of threads. */
bool optcert_pilot_run(const optcert_ensemble *ensemble, uint64_t paths, optcert_pilot *out);

#endif
