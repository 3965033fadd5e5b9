/* SPDX-License-Identifier: GPL-3.0-or-later
 * A block of paths, as each instruction set has it. */
#ifndef OPTCERT_PATH_RUN_H
#define OPTCERT_PATH_RUN_H
#include "path.h"

typedef void optcert_path_block(const optcert_path_plan *plan, uint64_t seed, uint64_t first, uint32_t steps,
                                double *theta, double *u);

typedef struct optcert_path_runs {
    optcert_path_block *normal, *two_point; /* OPTCERT_PATH_BLOCK paths */
} optcert_path_runs;

extern const optcert_path_runs optcert_path_runs_baseline, optcert_path_runs_avx2, optcert_path_runs_avx512;

#endif
