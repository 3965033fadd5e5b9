/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fills of random.h as each instruction set has them, and the choice among them. */
#ifndef OPTCERT_FILLS_H
#define OPTCERT_FILLS_H
#include "random.h"

typedef void optcert_fill(const optcert_random *at, size_t n, double *out);

typedef struct optcert_fills {
    const char *set;
    optcert_fill *uniforms, *normals, *two_points, *three_points;
} optcert_fills;

extern const optcert_fills optcert_fills_baseline, optcert_fills_avx2, optcert_fills_avx512;

enum optcert_set { OPTCERT_BASELINE, OPTCERT_AVX2, OPTCERT_AVX512, OPTCERT_SETS };

/* The widest set that this processor has. */
enum optcert_set optcert_best_set(void);

#endif
