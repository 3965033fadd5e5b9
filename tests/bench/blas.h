/* SPDX-License-Identifier: GPL-3.0-or-later
 * Linear algebra of ensembles: OpenBLAS against plain loops, which tells where it pays. */
#ifndef OPTCERT_BENCH_BLAS_H
#define OPTCERT_BENCH_BLAS_H
#include "results.h"
#include "timing.h"

/* ns a multiplication. False when memory fails. */
bool bench_blas(const bench_effort *effort, bench_results *results);

#endif
