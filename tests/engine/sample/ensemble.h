/* SPDX-License-Identifier: GPL-3.0-or-later
 * An ensemble of coupled pairs of paths: on level 0 the chain and the Euler-Maruyama scheme of its limit at the same
 * h, on level l >= 1 that scheme at h/2^(l-1) and at h/2^l, each pair driven by the same normals (Giles 2008). Every
 * path is run with z and with -z, and the two are averaged. A path is a pure function of (seed, row, level, path). */
#ifndef OPTCERT_ENSEMBLE_H
#define OPTCERT_ENSEMBLE_H
#include "controls.h"
#include "coupling.h"
#include "model.h"

enum { OPTCERT_SAMPLE_LEVELS = 4 };

typedef struct optcert_ensemble {
    const optcert_study *study;
    uint64_t seed;
    size_t steps; /* of the chain */
    unsigned level;
    size_t width; /* paths in a block: a multiple of 16 that keeps a block's arrays in cache */
    optcert_chain_model chain;
    optcert_coupling coupling; /* of the chain's oracle */
    optcert_limit_model coarse, fine;
} optcert_ensemble;

/* What a block of paths gives, for each test function p and path i, averaged over coordinates and over z, -z. */
typedef struct optcert_block {
    double chain[OPTCERT_PHI_MAX][OPTCERT_WIDTH_MAX];      /* level 0: phi of the chain */
    double difference[OPTCERT_PHI_MAX][OPTCERT_WIDTH_MAX]; /* phi of the first less phi of the second of the pair */
    double control[OPTCERT_CONTROLS][OPTCERT_WIDTH_MAX];   /* their means are 0 */
} optcert_block;

/* Room for one thread. */
typedef struct optcert_workshop optcert_workshop;

/* `chain` is the study that the chain follows, `study` that of the limit: they differ in SVAG's amplification and in
 * mistakes. */
bool optcert_ensemble_open(optcert_ensemble *ensemble, const optcert_study *chain, const optcert_study *study,
                           uint64_t seed, size_t steps, unsigned level, char reason[OPTCERT_DATA_REASON]);

/* Steps of single paths that one path of the ensemble costs, all four runs together. */
double optcert_ensemble_cost(const optcert_ensemble *ensemble);

/* NULL when memory is short. */
optcert_workshop *optcert_workshop_open(const optcert_ensemble *ensemble);
void optcert_workshop_close(optcert_workshop *shop);

/* The paths from index * width on. */
void optcert_ensemble_run(const optcert_ensemble *ensemble, optcert_workshop *shop, uint64_t index, optcert_block *out);

#endif
