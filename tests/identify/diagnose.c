/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search for an explanation: no change, one, one with a free number, two, two with one free number. */
#include "diagnose.h"
#include "fit.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A search over one dialect's neighbourhood. */
typedef struct search {
    const oc_ref_dialect *dialect;
    const optcert_battery *battery;
    optcert_walk *walk;
    optcert_model plain;
    optcert_mismatch first;
    double share; /* of steps that the dialect itself leaves open */
    bool single;
    uint64_t limit;             /* of the walk's work */
    optcert_explanation *best; /* over all dialects, of this many changes */
} search;

static bool spent(const search *s)
{
    return optcert_walk_work(s->walk) >= s->limit;
}

/* An explanation that knows so many more steps of theta not at all would explain anything. */
static const double vague = 0.25;

/* Keeps an explanation that predicts everything, if it leaves less open than the best. */
static void consider(search *s, const optcert_model *model, const optcert_explanation *found)
{
    if (!optcert_battery_admits(s->battery, s->walk, model)) {
        return;
    }
    const optcert_openness open = optcert_battery_openness(s->battery, s->walk, model);
    if (open.share > s->share + vague) {
        return;
    }
    if (s->best->dialect == NULL || open.looseness < s->best->looseness - 0.25) {
        *s->best = *found;
        s->best->dialect = s->dialect;
        s->best->looseness = open.looseness;
        s->best->first = s->first;
    }
}

/* --- free values --- */

enum { REFINEMENTS = 12 };

/* The value nearest to the old one that fits there; NaN when there is none, or it is the old one. */
static double nearest_fit(search *s, const optcert_model *model, const optcert_change *change,
                          const optcert_mismatch *where, double old)
{
    double value[OPTCERT_FIT_MAX], best = NAN;
    const size_t fits = optcert_fit(change, model, where, s->walk, value);
    for (size_t i = 0; i < fits; i++) {
        const bool nearer = !isfinite(best) || fabs(log(value[i] / old)) < fabs(log(best / old));
        best = nearer && value[i] != old ? value[i] : best;
    }
    return best;
}

/* A value that fits where the model first fails may leave much open; where the model fails with it, it is sought
 * again nearby. */
static void refine(search *s, const optcert_model *model, const optcert_explanation *so_far,
                   const optcert_change *change, double value)
{
    optcert_mismatch where;
    optcert_explanation found = *so_far;
    found.change[found.count] = change;
    for (int i = 0; i < REFINEMENTS; i++) {
        const optcert_model changed = optcert_change_apply(change, model, value);
        if (optcert_battery_matches(s->battery, s->walk, &changed, &where)) {
            found.value[found.count++] = value;
            consider(s, &changed, &found);
            return;
        }
        value = nearest_fit(s, model, change, &where, value);
        if (!isfinite(value)) {
            return;
        }
    }
}

/* The change with each value that fits, on top of `model`, which `so_far` describes. */
static void try_free(search *s, const optcert_model *model, const optcert_explanation *so_far,
                     const optcert_change *change)
{
    double value[OPTCERT_FIT_MAX];
    optcert_mismatch where;
    if (optcert_battery_matches(s->battery, s->walk, model, &where)) {
        return;
    }
    const size_t fits = optcert_fit(change, model, &where, s->walk, value);
    for (size_t i = 0; i < fits; i++) {
        refine(s, model, so_far, change, value[i]);
    }
}

static void try_one(search *s, const optcert_model *model, const optcert_explanation *so_far,
                    const optcert_change *change)
{
    optcert_explanation found = *so_far;
    const optcert_model changed = optcert_change_apply(change, model, 0);
    found.change[found.count++] = change;
    consider(s, &changed, &found);
}

/* --- numbers --- */

/* Where the records leave a model, over all of them. */
typedef struct survey {
    uint64_t step;     /* the earliest, counted from 1; 0: nowhere */
    uint64_t element;  /* the first */
    uint64_t from_end; /* the farthest from the end */
} survey;

static survey look_around(search *s, const optcert_model *model)
{
    survey seen = {0, UINT64_MAX, 0};
    for (size_t i = 0; i < s->battery->count && !spent(s); i++) {
        optcert_mismatch where;
        const optcert_record *record = s->battery->record[i];
        if (record->probe.what->resume > 0 || optcert_record_matches(record, s->walk, model, 1, &where)) {
            continue;
        }
        const uint64_t step = where.step + 1, from_end = record->n - where.element;
        seen.step = seen.step == 0 || step < seen.step ? step : seen.step;
        seen.element = where.element < seen.element ? where.element : seen.element;
        seen.from_end = from_end > seen.from_end ? from_end : seen.from_end;
    }
    return seen;
}

/* The change with its number as `seen` tells it. */
static void try_numbers(search *s, const optcert_model *model, const optcert_explanation *so_far, const survey *seen,
                        const optcert_change *change)
{
    const optcert_number kind = optcert_change_number(change);
    const uint64_t number = kind == NUMBER_STEP ? seen->step : kind == NUMBER_ELEMENT ? seen->element : seen->from_end;
    const int tries = kind == NUMBER_STEP ? 2 : 1; /* what happens after a step shows at the next one */
    for (int less = 0; less < tries && number > (uint64_t)less && number != UINT64_MAX; less++) {
        optcert_model numbered = *model;
        optcert_explanation found = *so_far;
        numbered.number = found.number = number - (uint64_t)less;
        (optcert_change_is_free(change) ? try_free : try_one)(s, &numbered, &found, change);
    }
}

static bool usable(const search *s, const optcert_change *change, const optcert_explanation *so_far)
{
    const bool taken = so_far->count > 0 && so_far->change[0]->trait == change->trait;
    return !taken && !spent(s) && optcert_change_applies(change, &s->plain, s->single);
}

static void each_number(search *s, const optcert_model *model, const optcert_explanation *so_far)
{
    const survey seen = look_around(s, model);
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_number(change) != NUMBER_NONE && usable(s, change, so_far)) {
            try_numbers(s, model, so_far, &seen, change);
        }
    }
}

/* --- parts --- */

static void try_part(search *s, const optcert_change *change, optcert_part part, size_t block)
{
    const optcert_model changed = optcert_change_apply_in(change, &s->plain, part, block);
    const optcert_explanation found = {.count = 1, .change = {change}, .part = part, .block = block};
    consider(s, &changed, &found);
}

static void each_part(search *s, const optcert_change *change)
{
    for (size_t block = 2; block <= 128 && !spent(s); block *= 2) {
        try_part(s, change, PART_TAIL, block);
        try_part(s, change, PART_BLOCKS, block);
    }
}

/* --- all changes --- */

typedef void attempt(search *s, const optcert_model *model, const optcert_explanation *so_far,
                     const optcert_change *change);

/* All changes of one kind, free or not, on top of what `so_far` has; from the `from`-th on. */
static void each_change(search *s, const optcert_model *model, const optcert_explanation *so_far, size_t from, bool is_free)
{
    attempt *const try = is_free ? try_free : try_one;
    for (size_t i = from; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_is_free(change) == is_free && optcert_change_number(change) == NUMBER_NONE &&
            usable(s, change, so_far)) {
            try(s, model, so_far, change);
        }
    }
}

static const optcert_explanation nothing = {0};

/* Whether the change can come first of two: one without a number or a free value. */
static bool leads(const search *s, const optcert_change *change)
{
    return !optcert_change_is_free(change) && optcert_change_number(change) == NUMBER_NONE && usable(s, change, &nothing);
}

static void each_pair(search *s, bool is_free)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (leads(s, change)) {
            const optcert_model model = optcert_change_apply(change, &s->plain, 0);
            const optcert_explanation so_far = {.count = 1, .change = {change}};
            each_change(s, &model, &so_far, is_free ? 0 : i + 1, is_free);
        }
    }
}

static void level_none(search *s)
{
    consider(s, &s->plain, &nothing);
}

static void level_one(search *s)
{
    each_change(s, &s->plain, &nothing, 0, false);
}

static void level_one_free(search *s)
{
    each_change(s, &s->plain, &nothing, 0, true);
    each_number(s, &s->plain, &nothing);
}

static void level_one_part(search *s)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_is_local(change) && usable(s, change, &nothing)) {
            each_part(s, change);
        }
    }
}

static void level_two(search *s)
{
    each_pair(s, false);
}

static void level_two_number(search *s)
{
    for (size_t i = 0; i < optcert_change_count() && !spent(s); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (leads(s, change)) {
            const optcert_model model = optcert_change_apply(change, &s->plain, 0);
            const optcert_explanation so_far = {.count = 1, .change = {change}};
            each_number(s, &model, &so_far);
        }
    }
}

static void level_two_free(search *s)
{
    each_pair(s, true);
}

/* The search grows from level to level: the last ones are for the likeliest dialects only. */
static const struct {
    void (*run)(search *s);
    size_t changes, dialects;
} levels[] = {{level_none, 0, SIZE_MAX},     {level_one, 1, SIZE_MAX}, {level_one_free, 1, SIZE_MAX}, {level_one_part, 1, 12},
              {level_two, 2, 12},            {level_two_number, 2, 2}, {level_two_free, 2, 2}};

static void begin(search *s)
{
    s->plain = optcert_model_of(s->dialect);
    s->single = s->battery->count > 0 && s->battery->record[0]->format == &oc_ref_f32;
    optcert_battery_matches(s->battery, s->walk, &s->plain, &s->first);
    s->share = optcert_battery_openness(s->battery, s->walk, &s->plain).share;
}

bool optcert_explain(const oc_ref_dialect *const *dialects, const optcert_battery *const *battery, size_t count,
                     size_t changes, uint64_t *work, optcert_explanation *best)
{
    optcert_walk *walk = optcert_walk_new(optcert_record_room());
    search *searches = calloc(count + 1, sizeof *searches);
    const bool room = walk != NULL && searches != NULL;
    *best = nothing;
    for (size_t i = 0; room && i < count; i++) {
        searches[i] = (search){.dialect = dialects[i], .battery = battery[i], .walk = walk, .limit = *work, .best = best};
        begin(&searches[i]);
    }
    for (size_t l = 0; room && l < sizeof levels / sizeof levels[0] && best->dialect == NULL; l++) {
        for (size_t i = 0; i < count && i < levels[l].dialects && levels[l].changes <= changes; i++) {
            levels[l].run(&searches[i]);
        }
    }
    if (room) {
        const uint64_t used = optcert_walk_work(walk);
        *work -= used < *work ? used : *work;
    }
    free(searches);
    optcert_walk_free(walk);
    return room;
}

/* --- texts --- */

void optcert_explanation_changes(const optcert_explanation *explanation, char *out, size_t size)
{
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < explanation->count && length < size; i++) {
        char text[160];
        optcert_change_text(explanation->change[i], explanation->value[i], explanation->number, text, sizeof text);
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " and " : "", text);
    }
    if (explanation->part != PART_NONE && length < size) {
        snprintf(out + length, size - length, " in elements %s full blocks of %zu",
                 explanation->part == PART_TAIL ? "after the last of the" : "of", explanation->block);
    }
}

void optcert_explanation_text(const optcert_explanation *explanation, char *out, size_t size)
{
    char changes[384], difference[512];
    optcert_explanation_changes(explanation, changes, sizeof changes);
    if (explanation->first.record == NULL) {
        snprintf(out, size, "matches %s on everything tried", explanation->dialect->name);
        return;
    }
    optcert_mismatch_text(&explanation->first, explanation->dialect->name, difference, sizeof difference);
    snprintf(out, size, "matches %s exactly if %s; %s", explanation->dialect->name, changes, difference);
}

/* --- where a build departs --- */

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

static void append(char *out, size_t size, const char *word)
{
    const size_t length = strlen(out);
    snprintf(out + length, size - length, "%s%s", length > 0 ? ", " : "", word);
}

bool optcert_departure_text(const oc_ref_dialect *dialect, const optcert_battery *battery, char *out, size_t size)
{
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
