/* SPDX-License-Identifier: GPL-3.0-or-later
 * The probes of identification: one twice, then the sequential design. */
#include "identifying.h"

#include <stdio.h>
#include <string.h>

static bool try_candidate(optcert_identifying *run, optcert_candidate *candidate, size_t pairs, optcert_dialect_set *alive)
{
    optcert_identification *result = run->result;
    optcert_record *record = optcert_record_new(&run->prober, &candidate->probe);
    if (record == NULL) {
        return false;
    }
    optcert_trial trial = {candidate, pairs, *alive, *alive};
    candidate->tried = true;
    candidate->refused = record->outcome != OPTCERT_OK && optcert_refused(record);
    if (record->outcome == OPTCERT_OK) {
        const optcert_dialect_set asked = candidate->speaks & *alive;
        *alive = (*alive & ~asked) | optcert_design_surviving(record, run->walk, asked);
    } else if (!candidate->refused) {
        candidate->refused = true;
        result->broken++;
        snprintf(result->breaking, sizeof result->breaking, "%s (hyper-parameters %s)", record->symptom, record->probe.hyper.name);
    }
    trial.after = *alive;
    if (result->trials < OPTCERT_TRIALS_MAX) {
        result->trial[result->trials++] = trial;
    }
    optcert_record_free(record);
    return true;
}

bool optcert_identify_design(optcert_identifying *run, optcert_dialect_set *alive)
{
    size_t pairs;
    *alive = optcert_just(oc_ref_dialect_count()) - 1;
    optcert_candidate *next = optcert_design_next(&run->result->design, *alive, &pairs);
    while (next != NULL && run->result->broken < OPTCERT_BROKEN_MAX) {
        if (!try_candidate(run, next, pairs, alive)) {
            return false;
        }
        next = optcert_design_next(&run->result->design, *alive, &pairs);
    }
    return true;
}

bool optcert_identify_repeat(optcert_identifying *run)
{
    optcert_probe probe = run->result->design.item[0].probe;
    probe.uses = OC_REF_LR | OC_REF_BETA1 | OC_REF_BETA2 | OC_REF_EPS;
    optcert_pinned_hyper(0, run->prober.seed, probe.uses, run->pins, &probe.hyper);
    optcert_record *one = optcert_record_new(&run->prober, &probe);
    optcert_record *other = optcert_record_new(&run->prober, &probe);
    const bool whole = one != NULL && other != NULL;
    if (whole && one->outcome == OPTCERT_OK && other->outcome == OPTCERT_OK &&
        memcmp(one->theta, other->theta, (one->steps + 1) * one->n * sizeof(double)) != 0) {
        run->result->changing = true;
    }
    optcert_record_free(one);
    optcert_record_free(other);
    return whole;
}
