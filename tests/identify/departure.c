/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a build that nothing explains departs from a dialect. */
#include "diagnose.h"

#include <stdio.h>
#include <string.h>

/* Whether a quantity is that of the model wherever the build shows it; else `first` is where it is not. */
static bool quantity_matches(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model,
                             const char *quantity, optcert_mismatch *first)
{
    for (size_t i = 0; i < battery->count; i++) {
        if (!optcert_record_matches_in(battery->record[i], walk, model, quantity, first)) {
            return false;
        }
    }
    return true;
}

static bool shows(const optcert_battery *battery, int slot)
{
    for (size_t i = 0; i < battery->count; i++) {
        if (battery->record[i]->slot[slot] != NULL) {
            return true;
        }
    }
    return false;
}

static bool took_a_step(const optcert_battery *battery)
{
    for (size_t i = 0; i < battery->count; i++) {
        if (battery->record[i]->steps > 0) {
            return true;
        }
    }
    return false;
}

static void append(char *out, size_t size, const char *word)
{
    const size_t length = strlen(out);
    snprintf(out + length, size - length, "%s%s", length > 0 ? ", " : "", word);
}

bool optcert_departure_text(const oc_ref_dialect *dialect, const optcert_battery *battery, char *out, size_t size)
{
    if (battery->failed && !took_a_step(battery)) {
        snprintf(out, size, "no step could be held against %s: %s", dialect->name, battery->failure->symptom);
        return true;
    }
    optcert_walk *walk = optcert_walk_new(optcert_record_room());
    const optcert_model model = optcert_model_of(dialect);
    char same[64] = "", difference[512] = "";
    if (walk == NULL) {
        return false;
    }
    for (int q = 0; q <= OPTCERT_SLOT_NAMES; q++) {
        const char *name = q == 0 ? "theta" : optcert_slot_name[q - 1];
        optcert_mismatch first = {0};
        if (q > 0 && (!shows(battery, q - 1) || optcert_walk_slot(walk, name, 0) == NULL)) {
            continue; /* theta came first: the walk has the model */
        }
        const bool matches = quantity_matches(battery, walk, &model, name, &first);
        if (matches) {
            append(same, sizeof same, name);
        } else if (*difference == '\0') {
            optcert_mismatch_text(&first, dialect->name, difference, sizeof difference);
        }
    }
    optcert_walk_free(walk);
    snprintf(out, size, "%s%s%s%s%s", same, *same != '\0' ? " as in " : "", *same != '\0' ? dialect->name : "",
             *same != '\0' ? "; " : "", difference);
    if (*difference == '\0') {
        snprintf(out, size, "matches %s on everything tried", dialect->name);
    }
    return true;
}
