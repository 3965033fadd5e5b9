/* SPDX-License-Identifier: GPL-3.0-or-later
 * Identification: the sequential design, then a whole battery for what is left, then a search for an explanation. */
#include "identifying.h"

#include <stdio.h>

/* Elements of walks: some four seconds of a processor of 2021, so that an answer takes less than ten. */
enum { WORK = 6000000 };

static size_t index_of(const oc_ref_dialect *dialect)
{
    size_t i = 0;
    while (oc_ref_dialect_at(i) != dialect) {
        i++;
    }
    return i;
}

optcert_battery *optcert_identify_battery(optcert_identifying *run, unsigned uses)
{
    optcert_identification *result = run->result;
    for (size_t i = 0; i < result->batteries; i++) {
        if (result->battery[i]->uses == uses) {
            return result->battery[i];
        }
    }
    optcert_battery *battery =
        result->batteries < OPTCERT_BATTERIES_MAX ? optcert_battery_new(&run->prober, uses, run->pins, run->wide) : NULL;
    if (battery != NULL) {
        result->battery[result->batteries++] = battery;
    }
    return battery;
}

static optcert_verdict decide(const optcert_identification *result)
{
    const bool claimed_holds =
        result->claimed == NULL || optcert_in(result->dialects | result->special, index_of(result->claimed));
    if (result->trouble[0] != '\0' || result->changing || result->dialects == 0 || !claimed_holds) {
        return OPTCERT_FAILED;
    }
    for (size_t i = 0; i < result->untolds; i++) {
        if (optcert_in(result->dialects, result->untold[i].b)) {
            return OPTCERT_INCONCLUSIVE;
        }
    }
    return OPTCERT_PASSED;
}

static bool start(optcert_identifying *run, optcert_build_handle *build, uint64_t seed, optcert_identification *result)
{
    optcert_prober_start(&run->prober, build, seed);
    run->result = result;
    run->work = WORK;
    run->walk = optcert_walk_new(optcert_record_room());
    return run->walk != NULL && optcert_design_new(&result->design, run->prober.format, seed, run->pins);
}

static bool finish(optcert_identifying *run, bool whole)
{
    optcert_identification *result = run->result;
    result->probes = run->prober.probes;
    result->calls = run->prober.calls;
    result->candidates = result->design.count;
    optcert_walk_free(run->walk);
    return whole;
}

bool optcert_identify(optcert_build_handle *build, const oc_ref_dialect *claimed, uint64_t seed,
                      const optcert_pins *pins, optcert_identification *result)
{
    optcert_identifying run = {.pins = pins};
    optcert_dialect_set alive = 0, failing = 0;
    *result = (optcert_identification){.claimed = claimed};
    bool whole = start(&run, build, seed, result) && optcert_identify_repeat(&run) && optcert_identify_design(&run, &alive) &&
                 (result->broken == OPTCERT_BROKEN_MAX || optcert_identify_survivors(&run, alive, &failing));
    if (result->broken > 0 && result->dialects == 0 && result->trouble[0] == '\0') {
        snprintf(result->trouble, sizeof result->trouble, "%s", result->breaking);
    }
    result->verdict = decide(result);
    if (whole && result->verdict == OPTCERT_FAILED && result->broken < OPTCERT_BROKEN_MAX) {
        whole = optcert_identify_explain(&run, failing);
    }
    if (whole && result->dialects != 0 && !result->changing) {
        whole = optcert_identify_unread(&run);
        result->verdict = result->verdict == OPTCERT_PASSED && result->unread != 0 ? OPTCERT_INCONCLUSIVE : result->verdict;
    }
    return finish(&run, whole);
}

bool optcert_identify_defect(optcert_build_handle *build, const oc_ref_dialect *claimed, uint64_t seed,
                             optcert_identification *result)
{
    static const optcert_pins none = {0};
    optcert_identifying run = {.pins = &none};
    *result = (optcert_identification){.claimed = claimed, .verdict = OPTCERT_FAILED};
    bool whole = start(&run, build, seed, result) && optcert_identify_repeat(&run) && optcert_identify_explain(&run, 0);
    const optcert_explanation *found = &result->explanation;
    if (whole && found->dialect != NULL && found->count == 0) { /* what shows elsewhere only */
        for (size_t i = 0; i < result->batteries; i++) {
            optcert_battery_free(result->battery[i]);
        }
        result->batteries = 0;
        run.wide = true;
        whole = optcert_identify_explain(&run, 0);
    }
    return finish(&run, whole);
}

void optcert_identification_free(optcert_identification *result)
{
    optcert_design_free(&result->design);
    for (size_t i = 0; i < result->batteries; i++) {
        optcert_battery_free(result->battery[i]);
    }
    *result = (optcert_identification){0};
}
