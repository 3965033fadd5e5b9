/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running the blocks, in rounds: after each the ranks add up, and rank 0 keeps the sums on disk. */
#include "sampling.h"
#include "sampling_levels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Coordinate-steps of a round: some tenths of a second, so that little is lost and ranks seldom wait. */
static const double round_work = 5e7;
static const double seconds_between_saves = 1.0;

static double cell_work(const optcert_cell *cell)
{
    return optcert_ensemble_cost(&cell->ensemble) * (double)cell->ensemble.width *
           (double)cell->ensemble.study->dynamics.oracle.dimension;
}

static uint64_t round_blocks(const optcert_sampling *s, const optcert_cell *cell)
{
    const double blocks = round_work * s->ranks.size / cell_work(cell);
    return blocks > 16.0 ? (uint64_t)blocks : 16;
}

/* Blocks first .. end - 1, of which this rank takes every size-th. */
static bool run_round(const optcert_sampling *s, const optcert_cell *cell, uint64_t first, uint64_t end,
                      optcert_sums *sums)
{
    const uint64_t size = (uint64_t)s->ranks.size;
    const size_t phis = s->study->phi_count;
    bool ok = true;
    memset(sums, 0, sizeof *sums);
#pragma omp parallel reduction(&& : ok)
    {
        optcert_workshop *shop = optcert_workshop_open(&cell->ensemble);
        optcert_block *block = malloc(sizeof *block);
        optcert_sums *own = calloc(1, sizeof *own);
        ok = shop != NULL && block != NULL && own != NULL;
#pragma omp for schedule(dynamic)
        for (uint64_t b = first + (uint64_t)s->ranks.rank; b < end; b += size) {
            if (ok) {
                optcert_ensemble_run(&cell->ensemble, shop, b, block);
                optcert_sums_add(own, &cell->ensemble, (const optcert_betas *)&cell->pilot.beta, block);
            }
        }
#pragma omp critical
        if (ok) {
            optcert_sums_merge(sums, own, phis);
        }
        free(own);
        free(block);
        optcert_workshop_close(shop);
    }
    return ok;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* All ranks learn what rank 0 has read: the others contribute zeros to a sum. */
static void load(const optcert_sampling *s, const char *name, optcert_sums *sums)
{
    memset(sums, 0, sizeof *sums);
    if (s->checkpoint != NULL && !optcert_checkpoint_get(s->checkpoint, name, sums)) {
        memset(sums, 0, sizeof *sums);
    }
    if (s->resumes) {
        optcert_ranks_sum(&s->ranks, (int64_t *)(void *)sums, sizeof *sums / sizeof(int64_t));
    }
}

static bool save(const optcert_sampling *s, const char *name, const optcert_sums *sums)
{
    return s->checkpoint == NULL || optcert_checkpoint_put(s->checkpoint, name, sums);
}

/* The sums of each look are kept apart on disk, so that a run that goes on after its last look was cut off decides from the same
 * sums whether to look again. */
static optcert_sampling_status run_cell(optcert_sampling *s, optcert_cell *cell, double *done, double total)
{
    char name[60];
    optcert_sums part, look;
    optcert_sampling_status status = OPTCERT_SAMPLING_OK;
    snprintf(name, sizeof name, "steps %zu level %u look %u", cell->ensemble.steps, cell->ensemble.level, s->look);
    load(s, name, &look);
    double saved = now();
    *done += (double)look.blocks * cell_work(cell);
    while (status == OPTCERT_SAMPLING_OK && (uint64_t)(cell->sums.blocks + look.blocks) < cell->blocks) {
        const uint64_t first = (uint64_t)(cell->sums.blocks + look.blocks);
        const uint64_t wanted = first + round_blocks(s, cell);
        const uint64_t end = wanted < cell->blocks ? wanted : cell->blocks;
        if (!run_round(s, cell, first, end, &part)) {
            status = OPTCERT_SAMPLING_MEMORY;
            break;
        }
        optcert_ranks_sum(&s->ranks, (int64_t *)(void *)&part, sizeof part / sizeof(int64_t));
        optcert_sums_merge(&look, &part, s->study->phi_count);
        if (now() - saved > seconds_between_saves || end == cell->blocks) {
            status = save(s, name, &look) ? status : OPTCERT_SAMPLING_DISK;
            saved = now();
        }
        *done += (double)(end - first) * cell_work(cell);
        s->progress(s->context, *done, total);
    }
    optcert_sums_merge(&cell->sums, &look, s->study->phi_count);
    return status;
}

static double work_done(const optcert_sampling *s)
{
    double done = 0.0;
    for (size_t r = 0; r < s->row_count; r++) {
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            done += (double)s->cell[r][l].sums.blocks * cell_work(&s->cell[r][l]);
        }
    }
    return done;
}

optcert_sampling_status optcert_sampling_run(optcert_sampling *s)
{
    const double total = optcert_sampling_work(s);
    double done = work_done(s);
    optcert_sampling_status status = OPTCERT_SAMPLING_OK;
    for (size_t r = 0; r < s->row_count; r++) {
        for (unsigned l = 0; status == OPTCERT_SAMPLING_OK && l < OPTCERT_SAMPLE_LEVELS; l++) {
            status = run_cell(s, &s->cell[r][l], &done, total);
        }
    }
    s->look++;
    return status;
}

optcert_sampled optcert_sampling_read(const optcert_sampling *s, size_t row, size_t p)
{
    optcert_sampled out = {0.0, 0.0, 0.0, 0.0, 0.0};
    double level[OPTCERT_SAMPLE_LEVELS];
    double square = 0.0;
    for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
        const optcert_sums *sums = &s->cell[row][l].sums;
        const optcert_moments *m = &sums->phi[p];
        const double w = optcert_level_weight(l);
        double variance;
        optcert_sums_mean(&m->difference, &m->difference_square, sums->paths, &level[l], &variance);
        out.error += w * level[l];
        square += w * w * variance / (double)sums->paths;
        if (l == 0) {
            optcert_sums_mean(&m->chain, &m->chain_square, sums->paths, &out.chain, &variance);
            out.chain_se = sqrt(variance / (double)sums->paths);
        }
    }
    out.error_se = sqrt(square);
    out.bias = 2.0 / 3.0 * fabs(level[OPTCERT_SAMPLE_LEVELS - 1] - 0.5 * level[OPTCERT_SAMPLE_LEVELS - 2]);
    return out;
}
