/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sequential design leaves, held against whole batteries. */
#include "identifying.h"
#include "hyper_field.h"

#include <stdio.h>

static void note_trouble(optcert_identification *result, const optcert_record *record)
{
    if (result->trouble[0] == '\0') {
        snprintf(result->trouble, sizeof result->trouble, "%s (case %s, hyper-parameters %s)", record->symptom,
                 record->probe.what->name, record->probe.hyper.name);
    }
}

typedef enum proof { HOLDS, FAILS, UNTESTED, BROKEN } proof;

/* A dialect against the whole battery of its hyper-parameters. */
static proof verify(optcert_identifying *run, size_t i)
{
    const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
    const optcert_model model = optcert_model_of(dialect);
    const optcert_battery *battery = optcert_identify_battery(run, dialect->uses);
    if (battery == NULL) {
        return BROKEN;
    }
    if (battery->failed && optcert_refused(battery->failure)) {
        return UNTESTED;
    }
    if (battery->failed) {
        note_trouble(run->result, battery->failure);
        return FAILS;
    }
    return optcert_battery_matches(battery, run->walk, &model, NULL) ? HOLDS : FAILS;
}

bool optcert_identify_special(const optcert_identifying *run, size_t i, optcert_dialect_set among)
{
    const optcert_design *design = &run->result->design;
    for (size_t j = 0; j < oc_ref_dialect_count(); j++) {
        const bool mutual = optcert_design_includes(design, i, j);
        if (j != i && optcert_in(among, j) && optcert_design_includes(design, j, i) && !mutual) {
            return true;
        }
    }
    return false;
}

/* Splits what holds into dialects and their special cases. */
static void sort_out(optcert_identifying *run, optcert_dialect_set holding)
{
    run->result->dialects = 0;
    run->result->special = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(holding, i)) {
            *(optcert_identify_special(run, i, holding) ? &run->result->special : &run->result->dialects) |= optcert_just(i);
        }
    }
}

static void add_untold(optcert_identifying *run, size_t a, size_t b, bool took)
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
static void find_untold(optcert_identifying *run, optcert_dialect_set untested)
{
    const optcert_identification *result = run->result;
    for (size_t a = 0; a < oc_ref_dialect_count(); a++) {
        for (size_t b = 0; optcert_in(result->dialects, a) && b < oc_ref_dialect_count(); b++) {
            const bool same = b > a && optcert_in(result->dialects, b) && optcert_design_includes(&result->design, a, b) &&
                              optcert_design_includes(&result->design, b, a);
            if (optcert_in(untested, b) || same) {
                add_untold(run, a, b, same);
            }
        }
    }
}

bool optcert_identify_survivors(optcert_identifying *run, optcert_dialect_set alive, optcert_dialect_set *failing)
{
    optcert_dialect_set holding = 0, untested = 0;
    *failing = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (!optcert_in(alive, i)) {
            continue;
        }
        switch (verify(run, i)) {
        case HOLDS:
            holding |= optcert_just(i);
            break;
        case FAILS:
            *failing |= optcert_just(i);
            break;
        case UNTESTED:
            untested |= optcert_just(i);
            break;
        case BROKEN:
            return false;
        }
    }
    sort_out(run, holding);
    find_untold(run, untested);
    return true;
}
