/* SPDX-License-Identifier: GPL-3.0-or-later
 * Identification: the sequential design, then a whole battery for what is left, then a search for an explanation. */
#include "identify.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct identifying {
    optcert_prober prober;
    const optcert_pins *pins;
    optcert_walk *walk;
    optcert_identification *result;
    uint64_t work; /* that the search for an explanation may still cost */
    bool wide;
} identifying;

/* Elements of walks: some six seconds of a processor of 2021, so that an answer takes less than ten. */
enum { WORK = 1200000 };

static bool in(optcert_dialect_set set, size_t i)
{
    return (set >> i & 1) != 0;
}

static size_t index_of(const oc_ref_dialect *dialect)
{
    size_t i = 0;
    while (oc_ref_dialect_at(i) != dialect) {
        i++;
    }
    return i;
}

static void note_trouble(optcert_identification *result, const optcert_record *record)
{
    if (result->trouble[0] == '\0') {
        snprintf(result->trouble, sizeof result->trouble, "%s (case %s, hyper-parameters %s)", record->symptom,
                 record->probe.what->name, record->probe.hyper.name);
    }
}

/* A refusal says what the build does not take, anything else that it is broken. */
static bool refused(const optcert_record *record)
{
    return record->outcome == OPTCERT_REFUSED || record->outcome == OPTCERT_NOT_EXPOSED;
}

/* --- the sequential design --- */

/* A build that failed this many probes has shown what it is; each hang costs the limit of a call. */
enum { BROKEN_MAX = 4 };

static bool try_candidate(identifying *run, optcert_candidate *candidate, size_t pairs, optcert_dialect_set *alive)
{
    optcert_identification *result = run->result;
    optcert_record *record = optcert_record_new(&run->prober, &candidate->probe);
    if (record == NULL) {
        return false;
    }
    optcert_trial trial = {candidate, pairs, *alive, *alive};
    candidate->tried = true;
    candidate->refused = record->outcome != OPTCERT_OK && refused(record);
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

static bool run_design(identifying *run, optcert_dialect_set *alive)
{
    size_t pairs;
    *alive = (optcert_dialect_set)((UINT64_C(1) << oc_ref_dialect_count()) - 1);
    optcert_candidate *next = optcert_design_next(&run->result->design, *alive, &pairs);
    while (next != NULL && run->result->broken < BROKEN_MAX) {
        if (!try_candidate(run, next, pairs, alive)) {
            return false;
        }
        next = optcert_design_next(&run->result->design, *alive, &pairs);
    }
    return true;
}

/* Whether the same probe gives the same bits. It comes first: what is remembered of a process's first instance then
 * differs from every later one's. */
static bool repeat(identifying *run)
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

/* --- batteries --- */

static optcert_battery *battery_of(identifying *run, unsigned uses)
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

typedef enum proof { HOLDS, FAILS, UNTESTED, BROKEN } proof;

/* A dialect against the whole battery of its hyper-parameters. */
static proof verify(identifying *run, size_t i)
{
    const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
    const optcert_model model = optcert_model_of(dialect);
    const optcert_battery *battery = battery_of(run, dialect->uses);
    if (battery == NULL) {
        return BROKEN;
    }
    if (battery->failed && refused(battery->failure)) {
        return UNTESTED;
    }
    if (battery->failed) {
        note_trouble(run->result, battery->failure);
        return FAILS;
    }
    return optcert_battery_matches(battery, run->walk, &model, NULL) ? HOLDS : FAILS;
}

/* --- what is left --- */

static bool special_of_another(const identifying *run, size_t i, optcert_dialect_set among)
{
    const optcert_design *design = &run->result->design;
    for (size_t j = 0; j < oc_ref_dialect_count(); j++) {
        const bool mutual = optcert_design_includes(design, i, j);
        if (j != i && in(among, j) && optcert_design_includes(design, j, i) && !mutual) {
            return true;
        }
    }
    return false;
}

/* Splits what holds into dialects and their special cases. */
static void sort_out(identifying *run, optcert_dialect_set holding)
{
    run->result->dialects = 0;
    run->result->special = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (in(holding, i)) {
            *(special_of_another(run, i, holding) ? &run->result->special : &run->result->dialects) |= 1u << i;
        }
    }
}

static void add_untold(identifying *run, size_t a, size_t b, bool took)
{
    optcert_identification *result = run->result;
    if (result->untolds == OPTCERT_UNTOLD_MAX) {
        return;
    }
    optcert_untold *untold = &result->untold[result->untolds++];
    *untold = (optcert_untold){.a = a, .b = b};
    char fields[96];
    optcert_field_names(oc_ref_dialect_at(b)->uses & ~oc_ref_dialect_at(a)->uses, fields, sizeof fields);
    if (!took) {
        snprintf(untold->why, sizeof untold->why, "the build refuses every probe that would tell them apart%s%s",
                 *fields != '\0' ? ": it takes no " : "", fields);
    } else {
        snprintf(untold->why, sizeof untold->why, "at these hyper-parameters they are the same function");
    }
}

/* Pairs that nothing decided: what could not be tested, and what is the same where hyper-parameters are pinned. */
static void find_untold(identifying *run, optcert_dialect_set untested)
{
    const optcert_identification *result = run->result;
    for (size_t a = 0; a < oc_ref_dialect_count(); a++) {
        for (size_t b = 0; in(result->dialects, a) && b < oc_ref_dialect_count(); b++) {
            const bool same = b > a && in(result->dialects, b) && optcert_design_includes(&result->design, a, b) &&
                              optcert_design_includes(&result->design, b, a);
            if (in(untested, b) || same) {
                add_untold(run, a, b, same);
            }
        }
    }
}

/* Holds every survivor against its battery; `failing` are those that the design did not rule out, but this does. */
static bool check_survivors(identifying *run, optcert_dialect_set alive, optcert_dialect_set *failing)
{
    optcert_dialect_set holding = 0, untested = 0;
    *failing = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (!in(alive, i)) {
            continue;
        }
        switch (verify(run, i)) {
        case HOLDS:
            holding |= 1u << i;
            break;
        case FAILS:
            *failing |= 1u << i;
            break;
        case UNTESTED:
            untested |= 1u << i;
            break;
        case BROKEN:
            return false;
        }
    }
    sort_out(run, holding);
    find_untold(run, untested);
    return true;
}

/* --- explanation --- */

enum { BASES_MAX = OPTCERT_DIALECTS_MAX };

typedef struct bases {
    const oc_ref_dialect *dialect[BASES_MAX];
    const optcert_battery *battery[BASES_MAX];
    size_t count;
} bases;

/* `more`: fields that the dialect does not read, but the build does: they are not 0 either. */
static bool add_base(identifying *run, bases *list, const oc_ref_dialect *dialect, unsigned more)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->dialect[i] == dialect) {
            return true;
        }
    }
    const optcert_battery *battery = battery_of(run, dialect->uses | more);
    if (battery == NULL) {
        return false;
    }
    if (battery->count > 0 && !(battery->failed && battery->failure->steps == 0)) {
        list->dialect[list->count] = dialect;
        list->battery[list->count++] = battery;
    }
    return true;
}

/* Dialects whose hyper-parameters are those that the build reads, give or take `off` of them. */
static bool add_similar(identifying *run, bases *list, unsigned fields, int off)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
        if (__builtin_popcount(dialect->uses ^ fields) == off && !add_base(run, list, dialect, fields)) {
            return false;
        }
    }
    return true;
}

static bool explain_by(identifying *run, const bases *list)
{
    /* Answers that change by chance have no explanation: little is tried. */
    const size_t changes = run->result->changing ? 1 : OPTCERT_CHANGES_MAX;
    return list->count == 0 ||
           optcert_explain(list->dialect, list->battery, list->count, changes, &run->work, &run->result->explanation);
}

/* Where a build that nothing explains departs from what it claims, or else from the likeliest dialect. */
static bool locate(identifying *run, const bases *list)
{
    optcert_identification *result = run->result;
    if (result->explanation.dialect != NULL || result->changing || (list->count == 0 && result->claimed == NULL)) {
        return true;
    }
    const oc_ref_dialect *nearest = result->claimed != NULL ? result->claimed : list->dialect[0];
    const optcert_battery *battery = result->claimed != NULL ? battery_of(run, nearest->uses) : list->battery[0];
    return battery != NULL && optcert_departure_text(nearest, battery, result->departure, sizeof result->departure);
}

/* What the build claims is tried first and alone; then what almost held; then what reads the same. */
static bool explain(identifying *run, optcert_dialect_set failing)
{
    bases list = {.count = 0};
    unsigned fields;
    const optcert_explanation *found = &run->result->explanation;
    if (run->result->claimed != NULL &&
        (!add_base(run, &list, run->result->claimed, 0) || !explain_by(run, &list))) {
        return false;
    }
    if (found->dialect != NULL || run->result->dialects != 0) {
        return locate(run, &list);
    }
    list.count = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (in(failing, i) && !special_of_another(run, i, failing) && !add_base(run, &list, oc_ref_dialect_at(i), 0)) {
            return false;
        }
    }
    if (!explain_by(run, &list) || found->dialect != NULL) {
        return found->dialect != NULL;
    }
    list.count = 0;
    if (!optcert_fields_read(&run->prober, run->pins, &fields)) {
        return false;
    }
    for (int off = 0; off <= 2 && list.count < 4; off++) {
        if (!add_similar(run, &list, fields, off)) {
            return false;
        }
    }
    return explain_by(run, &list) && locate(run, &list);
}

/* --- hyper-parameters that no dialect reads --- */

/* What the dialects that hold do not read and the build does; with them, it may be a known defect of one that does. */
static bool find_unread(identifying *run)
{
    optcert_identification *result = run->result;
    unsigned fields, known = run->pins->fields;
    bases list = {.count = 0};
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        known |= in(result->dialects | result->special, i) ? oc_ref_dialect_at(i)->uses : 0;
    }
    if (!optcert_fields_read(&run->prober, run->pins, &fields)) {
        return false;
    }
    result->unread = fields & ~known;
    return result->unread == 0 || result->explanation.dialect != NULL ||
           (add_similar(run, &list, fields, 0) && explain_by(run, &list));
}

/* --- the whole --- */

static optcert_verdict decide(const optcert_identification *result)
{
    const bool claimed_holds =
        result->claimed == NULL || in(result->dialects | result->special, index_of(result->claimed));
    if (result->trouble[0] != '\0' || result->changing || result->dialects == 0 || !claimed_holds) {
        return OPTCERT_FAILED;
    }
    for (size_t i = 0; i < result->untolds; i++) {
        if (in(result->dialects, result->untold[i].b)) {
            return OPTCERT_INCONCLUSIVE;
        }
    }
    return OPTCERT_PASSED;
}

static bool start(identifying *run, optcert_build_handle *build, uint64_t seed, optcert_identification *result)
{
    optcert_prober_start(&run->prober, build, seed);
    run->result = result;
    run->work = WORK;
    run->walk = optcert_walk_new(optcert_record_room());
    return run->walk != NULL && optcert_design_new(&result->design, run->prober.format, seed, run->pins);
}

static bool finish(identifying *run, bool whole)
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
    identifying run = {.pins = pins};
    optcert_dialect_set alive = 0, failing = 0;
    *result = (optcert_identification){.claimed = claimed};
    bool whole = start(&run, build, seed, result) && repeat(&run) && run_design(&run, &alive) &&
                 (result->broken == BROKEN_MAX || check_survivors(&run, alive, &failing));
    if (result->broken > 0 && result->dialects == 0 && result->trouble[0] == '\0') {
        snprintf(result->trouble, sizeof result->trouble, "%s", result->breaking);
    }
    result->verdict = decide(result);
    if (whole && result->verdict == OPTCERT_FAILED && result->broken < BROKEN_MAX) {
        whole = explain(&run, failing);
    }
    if (whole && result->dialects != 0 && !result->changing) {
        whole = find_unread(&run);
        result->verdict = result->verdict == OPTCERT_PASSED && result->unread != 0 ? OPTCERT_INCONCLUSIVE : result->verdict;
    }
    return finish(&run, whole);
}

bool optcert_identify_defect(optcert_build_handle *build, const oc_ref_dialect *claimed, uint64_t seed,
                             optcert_identification *result)
{
    static const optcert_pins none = {0};
    identifying run = {.pins = &none};
    *result = (optcert_identification){.claimed = claimed, .verdict = OPTCERT_FAILED};
    bool whole = start(&run, build, seed, result) && repeat(&run) && explain(&run, 0);
    const optcert_explanation *found = &result->explanation;
    if (whole && found->dialect != NULL && found->count == 0) { /* what shows elsewhere only */
        for (size_t i = 0; i < result->batteries; i++) {
            optcert_battery_free(result->battery[i]);
        }
        result->batteries = 0;
        run.wide = true;
        whole = explain(&run, 0);
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
