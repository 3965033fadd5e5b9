/* SPDX-License-Identifier: GPL-3.0-or-later
 * The format of this compilation, and what the step's two sources share. */
#ifndef OPTCERT_DEFECT_REAL_H
#define OPTCERT_DEFECT_REAL_H
#include "engine.h"

#include <math.h>

#if OC_PRECISION == 32
typedef float real;
#define PER_FORMAT(single, twice) (single)
#define BUILD engine_build_f32
#define ELEMENT engine_element_f32
#else
typedef double real;
#define PER_FORMAT(single, twice) (twice)
#define BUILD engine_build_f64
#define ELEMENT engine_element_f64
#endif
#define SQRT PER_FORMAT(sqrtf, sqrt)
#define FMA PER_FORMAT(fmaf, fma)
#define ABS PER_FORMAT(fabsf, fabs)
#define LEAST_NORMAL PER_FORMAT(0x1p-126F, 0x1p-1022)

/* What is the same for all elements of a step. */
typedef struct scalars {
    real lr, b1, w1, b2, w2, eps, lambda, mu;
    real c1, c2; /* divisors of the moments */
    real r;      /* RAdam's factor; 0: nothing divides yet */
} scalars;

typedef struct state {
    size_t n;
    uint64_t k;
    optcert_hyper hyper;
    bool corrected, uses_old_v, decays, sums, rectifies, rolls; /* what the dialect does */
    real *m, *v, *extra;                /* m, v: NULL where the dialect has none */
    real mean, mean_square;             /* of this step's gradient */
    scalars last;                       /* of the step taken last */
} state;

/* One element's step. */
void ELEMENT(state *self, const scalars *s, size_t i, real *theta, real raw);

#endif
