/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the law of a study lives, and the grids that cover it. */
#ifndef OPTCERT_FRAME_H
#define OPTCERT_FRAME_H
#include "basis.h"
#include "study.h"

/* Centre, root mean square distance from it and largest distance seen, of theta and m over the whole run. */
typedef struct optcert_range {
    double center, spread, reach;
} optcert_range;

typedef struct optcert_frame {
    optcert_range theta, m;
    double u_low; /* below which u comes with a negligible chance only */
} optcert_frame;

/* Fineness of a grid (z: of the noise's quadrature). */
typedef struct optcert_level {
    size_t theta, m, u, z;
} optcert_level;

enum { OPTCERT_LEVELS = 6 };

/* A pilot run of a few hundred chain paths of steps h with a fixed seed. It decides only how well the grids
 * resolve. False when memory is short. */
bool optcert_frame_pilot(const optcert_study *study, double h, optcert_frame *out);

/* The index-th level, 0 the coarsest, for the chain and for its limit. */
optcert_level optcert_frame_chain_level(const optcert_study *study, unsigned index);
optcert_level optcert_frame_limit_level(const optcert_study *study, unsigned index);

void optcert_frame_theta(const optcert_study *study, const optcert_frame *frame, size_t n,
                         optcert_basis *out);
void optcert_frame_m(const optcert_study *study, const optcert_frame *frame, size_t n, optcert_basis *out);
#endif
