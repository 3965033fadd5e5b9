/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a study in many dimensions without sampling, by moment equations. */
#include "converge.h"
#include "moments/moments.h"

#include <math.h>

/* What corrects the limit at order h where Ito's equation can be corrected fully in these moments; 0 where it is in the
 * equation already (SGD), or is not asked for. */
typedef struct correction {
    double value[OPTCERT_PHI_MAX], error[OPTCERT_PHI_MAX];
} correction;

static bool predict(optcert_converge *c, correction *moved)
{
    optcert_study honest = c->study;
    optcert_moments_answer found;
    honest.mistake = OPTCERT_NO_MISTAKE;
    optcert_moments *m = optcert_moments_open(&honest);
    const bool ok = m != NULL && optcert_moments_coefficient(m, &found);
    const bool moves = honest.second_order && honest.dynamics.kind->optimizer != OPTCERT_SGD;
    for (size_t p = 0; ok && p < honest.phi_count; p++) {
        moved->value[p] = moves ? found.value[p] : 0.0;
        moved->error[p] = moves ? found.error[p] : 0.0;
        const double left = moves ? 0.0 : found.value[p];
        c->predicted[p] = (optcert_estimate){left, left - found.error[p], left + found.error[p]};
    }
    optcert_moments_close(m);
    return ok;
}

/* What all rows share. */
typedef struct equations {
    optcert_moments *moments;
    correction moved;
} equations;

static bool run_row(optcert_converge *c, const void *own, optcert_row *row)
{
    const equations *e = own;
    optcert_moments_answer chain, limit;
    if (!optcert_moments_chain(e->moments, row->steps, &chain) ||
        !optcert_moments_limit(e->moments, row->h, optcert_converge_duration(&c->study, row->h), &limit)) {
        return false;
    }
    for (size_t p = 0; p < c->study.phi_count; p++) {
        row->chain[p] = chain.value[p];
        row->limit[p] = limit.value[p] + row->h * e->moved.value[p];
        row->error[p] = row->chain[p] - row->limit[p];
        row->resolution[p] = chain.error[p] + limit.error[p] + row->h * e->moved.error[p];
    }
    return true;
}

static optcert_converge_status run_rows(optcert_converge *c, const equations *e, optcert_converge_progress progress,
                                        void *context)
{
    if (!optcert_converge_rows(c, run_row, e, progress, context)) {
        return OPTCERT_CONVERGE_MEMORY;
    }
    for (size_t p = 0; p < c->study.phi_count; p++) {
        if (!isfinite(c->row[0].limit[p])) {
            return OPTCERT_CONVERGE_DIVERGED;
        }
    }
    return OPTCERT_CONVERGE_OK;
}

optcert_converge_status optcert_converge_run_moments(optcert_converge *c, optcert_converge_progress progress, void *context)
{
    equations e = {.moments = optcert_moments_open(&c->study)};
    c->method = OPTCERT_DETERMINISTIC;
    const bool ok = e.moments != NULL && predict(c, &e.moved);
    const optcert_converge_status status = ok ? run_rows(c, &e, progress, context) : OPTCERT_CONVERGE_MEMORY;
    optcert_moments_close(e.moments);
    return status;
}
