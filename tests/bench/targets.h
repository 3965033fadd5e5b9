/* SPDX-License-Identifier: GPL-3.0-or-later
 * The targets: what a run must reach, each a line with what was measured. */
#ifndef OPTCERT_BENCH_TARGETS_H
#define OPTCERT_BENCH_TARGETS_H
#include "results.h"

typedef enum bench_verdict { BENCH_MET, BENCH_MISSED, BENCH_NOT_MEASURED } bench_verdict;

/* Prints a line for each and appends it to the array. */
void bench_targets(const bench_results *results, json_t *array);

#endif
