/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many paths each level of each row gets. For a standard error e of sum_l w_l Y_l at least cost, level l takes
 * w_l sqrt(V_l/C_l) sum_k w_k sqrt(V_k C_k) / e^2 paths (Giles 2008, Sect. 2). */
#include "sampling.h"
#include "sampling_levels.h"

#include <math.h>

enum { LEAST_BLOCKS = 16 };

static optcert_sampling_status open_cells(optcert_sampling *s, char reason[OPTCERT_DATA_REASON])
{
    for (size_t r = 0; r < s->row_count; r++) {
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            optcert_cell *cell = &s->cell[r][l];
            if (!optcert_ensemble_open(&cell->ensemble, s->chain[r], s->study, s->seed, s->steps[r], l, reason)) {
                return OPTCERT_SAMPLING_REFUSED;
            }
            if (!optcert_pilot_run(&cell->ensemble, s->paths > 0 ? s->paths : OPTCERT_PILOT_MOST, &cell->pilot)) {
                return OPTCERT_SAMPLING_MEMORY;
            }
        }
    }
    return OPTCERT_SAMPLING_OK;
}

/* The pilots' error of a row, and its variance. */
static void pilot_error(const optcert_sampling *s, size_t r, size_t p, double *error, double *variance)
{
    *error = 0.0;
    *variance = 0.0;
    for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
        const optcert_pilot *pilot = &s->cell[r][l].pilot;
        const double w = optcert_level_weight(l);
        *error += w * pilot->mean[p];
        *variance += w * w * pilot->variance[p] / (double)pilot->paths;
    }
}

/* |C| of errors C h, from all rows' pilots; where they do not tell it from 0, what they cannot rule out. */
static double pilot_coefficient(const optcert_sampling *s, size_t p)
{
    double weights = 0.0;
    double sum = 0.0;
    for (size_t r = 0; r < s->row_count; r++) {
        const double h = 1.0 / (double)s->steps[r];
        double error, variance;
        pilot_error(s, r, p, &error, &variance);
        const double weight = variance > 0.0 ? h * h / variance : 0.0;
        weights += weight;
        sum += weight > 0.0 ? weight * error / h : 0.0;
    }
    return weights > 0.0 ? fmax(fabs(sum / weights), 3.0 / sqrt(weights)) : NAN;
}

static double cell_cost(const optcert_cell *cell)
{
    return optcert_ensemble_cost(&cell->ensemble) * (double)cell->ensemble.study->dynamics.oracle.dimension;
}

/* Paths of each level for test function p. */
static void paths_for(const optcert_sampling *s, size_t r, size_t p, double error, double out[OPTCERT_SAMPLE_LEVELS])
{
    double total = 0.0;
    for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
        const optcert_cell *cell = &s->cell[r][l];
        total += optcert_level_weight(l) * sqrt(cell->pilot.variance[p] * cell_cost(cell));
    }
    for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
        const optcert_cell *cell = &s->cell[r][l];
        out[l] = optcert_level_weight(l) * sqrt(cell->pilot.variance[p] / cell_cost(cell)) * total / (error * error);
    }
}

/* The largest demand of any test function, level by level. */
static void row_paths(const optcert_sampling *s, size_t r, double out[OPTCERT_SAMPLE_LEVELS])
{
    for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
        out[l] = 0.0;
    }
    for (size_t p = 0; p < s->study->phi_count; p++) {
        double own[OPTCERT_SAMPLE_LEVELS];
        const double error = pilot_coefficient(s, p) / (double)s->steps[r];
        paths_for(s, r, p, fmin(s->relative[r] * error, s->absolute[r][p]), own);
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            out[l] = own[l] > out[l] ? own[l] : out[l]; /* a NaN, of a law without that moment, asks for nothing */
        }
    }
}

static uint64_t whole_blocks(const optcert_cell *cell, double paths)
{
    const double blocks = ceil(paths / (double)cell->ensemble.width);
    return blocks > LEAST_BLOCKS ? blocks < 0x1p31 ? (uint64_t)blocks : UINT64_C(1) << 31 : LEAST_BLOCKS;
}

/* Where the number of paths is given, it is level 0's; the others take their share of it, and never more. */
static double given_paths(const optcert_sampling *s, const double row[OPTCERT_SAMPLE_LEVELS], unsigned level)
{
    const double share = row[level] / row[0];
    return (double)s->paths * (share < 1.0 ? share : 1.0); /* also where neither has any variance */
}

static void allocate(optcert_sampling *s)
{
    double paths[OPTCERT_SAMPLE_ROWS][OPTCERT_SAMPLE_LEVELS];
    double work = 0.0;
    for (size_t r = 0; r < s->row_count; r++) {
        row_paths(s, r, paths[r]);
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            work += paths[r][l] * cell_cost(&s->cell[r][l]);
        }
    }
    for (size_t r = 0; r < s->row_count; r++) {
        const double share = work > s->most_work ? s->most_work / work : 1.0;
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            const double count = s->paths > 0 ? given_paths(s, paths[r], l) : paths[r][l] * share;
            s->cell[r][l].blocks = whole_blocks(&s->cell[r][l], count);
        }
    }
}

optcert_sampling_status optcert_sampling_plan(optcert_sampling *s, char reason[OPTCERT_DATA_REASON])
{
    const optcert_sampling_status status = open_cells(s, reason);
    if (status == OPTCERT_SAMPLING_OK) {
        allocate(s);
    }
    return status;
}

double optcert_sampling_work(const optcert_sampling *s)
{
    double work = 0.0;
    for (size_t r = 0; r < s->row_count; r++) {
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            const optcert_cell *cell = &s->cell[r][l];
            work += (double)cell->blocks * (double)cell->ensemble.width * cell_cost(cell);
        }
    }
    return work;
}

/* Growth by less than this is not worth a look. */
static const double least_growth = 1.25;

bool optcert_sampling_grow(optcert_sampling *s, double factor)
{
    const double growth = fmin(factor, s->most_work / optcert_sampling_work(s));
    if (!(growth >= least_growth)) {
        return false;
    }
    for (size_t r = 0; r < s->row_count; r++) {
        for (unsigned l = 0; l < OPTCERT_SAMPLE_LEVELS; l++) {
            uint64_t *blocks = &s->cell[r][l].blocks;
            *blocks = (uint64_t)(growth * (double)*blocks);
        }
    }
    return true;
}
