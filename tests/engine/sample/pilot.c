/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pilot: a linear regression of the differences on the controls (GSL). */
#include "pilot.h"

#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>

/* Blocks from here on belong to pilots. */
static const uint64_t first_block = UINT64_C(1) << 32;

static size_t block_count(const optcert_ensemble *e, uint64_t wanted)
{
    const uint64_t most = OPTCERT_PILOT_MOST / e->study->dynamics.oracle.dimension;
    const uint64_t paths = wanted < most ? wanted : most;
    return (size_t)((paths > OPTCERT_PILOT_LEAST ? paths : OPTCERT_PILOT_LEAST) + e->width - 1) / e->width;
}

static bool run_blocks(const optcert_ensemble *e, size_t blocks, optcert_block *block)
{
    bool ok = true;
#pragma omp parallel reduction(&& : ok)
    {
        optcert_workshop *shop = optcert_workshop_open(e);
        ok = shop != NULL;
#pragma omp for schedule(dynamic)
        for (size_t b = 0; b < blocks; b++) {
            if (ok) {
                optcert_ensemble_run(e, shop, first_block + b, &block[b]);
            }
        }
        optcert_workshop_close(shop);
    }
    return ok;
}

/* Regression on a constant and the controls; the constant is the mean at controls 0. */
static void regress(const optcert_ensemble *e, const optcert_block *block, size_t p, optcert_pilot *out)
{
    const size_t n = out->paths;
    gsl_matrix *design = gsl_matrix_alloc(n, OPTCERT_CONTROLS + 1);
    gsl_vector *response = gsl_vector_alloc(n);
    gsl_vector *solution = gsl_vector_alloc(OPTCERT_CONTROLS + 1);
    gsl_matrix *covariance = gsl_matrix_alloc(OPTCERT_CONTROLS + 1, OPTCERT_CONTROLS + 1);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n, OPTCERT_CONTROLS + 1);
    bool finite = true;
    for (size_t i = 0; i < n; i++) {
        const optcert_block *b = &block[i / e->width];
        gsl_vector_set(response, i, b->difference[p][i % e->width]);
        finite = finite && isfinite(b->difference[p][i % e->width]) != 0;
        gsl_matrix_set(design, i, 0, 1.0);
        for (size_t j = 0; j < OPTCERT_CONTROLS; j++) {
            gsl_matrix_set(design, i, j + 1, b->control[j][i % e->width]);
        }
    }
    double square = NAN;
    size_t rank;
    if (finite && gsl_multifit_linear_tsvd(design, response, 1e-10, solution, covariance, &square, &rank, work) == 0) {
        for (size_t j = 0; j < OPTCERT_CONTROLS; j++) {
            out->beta[p][j] = gsl_vector_get(solution, j + 1);
        }
        out->mean[p] = gsl_vector_get(solution, 0);
    } else {
        out->mean[p] = NAN;
    }
    out->variance[p] = square / (double)(n - OPTCERT_CONTROLS - 1);
    gsl_multifit_linear_free(work);
    gsl_matrix_free(covariance);
    gsl_vector_free(solution);
    gsl_vector_free(response);
    gsl_matrix_free(design);
}

bool optcert_pilot_run(const optcert_ensemble *e, uint64_t paths, optcert_pilot *out)
{
    const size_t blocks = block_count(e, paths);
    optcert_block *block = malloc(blocks * sizeof *block);
    *out = (optcert_pilot){.paths = blocks * e->width};
    const bool ok = block != NULL && run_blocks(e, blocks, block);
    for (size_t p = 0; ok && p < e->study->phi_count; p++) {
        regress(e, block, p, out);
    }
    free(block);
    return ok;
}
