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

static bool run_row(optcert_converge *c, const optcert_moments *m, const correction *moved, optcert_row *row)
{
    optcert_moments_answer chain, limit;
    if (!optcert_moments_chain(m, row->steps, &chain) ||
        !optcert_moments_limit(m, row->h, optcert_converge_duration(&c->study, row->h), &limit)) {
        return false;
    }
    for (size_t p = 0; p < c->study.phi_count; p++) {
        row->chain[p] = chain.value[p];
        row->limit[p] = limit.value[p] + row->h * moved->value[p];
        row->error[p] = row->chain[p] - row->limit[p];
        row->resolution[p] = chain.error[p] + limit.error[p] + row->h * moved->error[p];
    }
    return true;
}

static optcert_converge_status run_rows(optcert_converge *c, const optcert_moments *m, const correction *moved,
                                        optcert_converge_progress progress, void *context)
{
    size_t i = 0;
    do {
        for (; i < c->row_count; i++) {
            progress(context, i, c->row_count);
            if (!run_row(c, m, moved, &c->row[i])) {
                return OPTCERT_CONVERGE_MEMORY;
            }
        }
        progress(context, c->row_count, c->row_count);
        optcert_converge_fit(c);
        optcert_converge_claims(c);
    } while (optcert_converge_add_finer(c));
    for (size_t p = 0; p < c->study.phi_count; p++) {
        if (!isfinite(c->row[0].limit[p])) {
            return OPTCERT_CONVERGE_DIVERGED;
        }
    }
    return OPTCERT_CONVERGE_OK;
}

optcert_converge_status optcert_converge_run_moments(optcert_converge *c, optcert_converge_progress progress, void *context)
{
    correction moved;
    c->method = OPTCERT_DETERMINISTIC;
    optcert_moments *m = optcert_moments_open(&c->study);
    const optcert_converge_status status =
        m != NULL && predict(c, &moved) ? run_rows(c, m, &moved, progress, context) : OPTCERT_CONVERGE_MEMORY;
    optcert_moments_close(m);
    return status;
}
