/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random numbers and paths of SDEs: ns a number, and ns a step of one path. */
#ifndef OPTCERT_BENCH_PATHS_H
#define OPTCERT_BENCH_PATHS_H
#include "results.h"
#include "timing.h"

/* False when memory fails. */
bool bench_paths(const bench_effort *effort, bench_results *results);

/* ns a step of one path over 1024 to 65536 paths and 16 to 1024 steps, on one thread and on two. */
bool bench_growth(const bench_effort *effort, bench_results *results);

#endif
