/* SPDX-License-Identifier: GPL-3.0-or-later
 * Optimizer steps against their limits, the plain loop, and a hand-written one. */
#ifndef OPTCERT_BENCH_STEPS_H
#define OPTCERT_BENCH_STEPS_H
#include "results.h"
#include "timing.h"
#include "turns.h"

enum { BENCH_SMALL = 1000, BENCH_MIDDLE = 100000, BENCH_LARGE = 10000000 };

/* Whether an optimizer has `only` in its name. */
bool bench_has_step(const char *only);

/* Every optimizer with `only` in its name, format, size (10^3, 10^5, 10^7) and thread count (1 and 2). At 10^7 another
 * library's steps take turns with ours; turns may be NULL, and must outlive the results. False when memory fails. */
bool bench_steps(const bench_effort *effort, const char *only, bench_turns *turns, bench_results *results);

/* Adam over sizes from 10^2 to 10^7. */
bool bench_sizes(const bench_effort *effort, bench_results *results);

#endif
