/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search for an explanation: no change, one, one with a value or a number that is not known, one in a part of the
 * elements, two, two of which one is in a part, two of which one has a number or a value. */
#include "search.h"

#include <stdint.h>
#include <stdlib.h>

/* An explanation that knows so many more steps of theta not at all would explain anything. */
static const double vague = 0.25;

void optcert_search_consider(optcert_search *s, const optcert_model *model, const optcert_explanation *found)
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
        s->best->model = *model;
    }
}

bool optcert_search_usable(const optcert_search *s, const optcert_change *change, const optcert_explanation *so_far)
{
    for (size_t i = 0; i < so_far->count; i++) {
        const bool numbers = optcert_change_number(change) != NUMBER_NONE && optcert_change_number(so_far->change[i]) != NUMBER_NONE;
        if (so_far->change[i]->trait == change->trait || numbers) { /* a model has one number */
            return false;
        }
    }
    return !optcert_search_spent(s) && optcert_change_applies(change, &s->plain, s->single);
}

void optcert_try_one(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far,
                    const optcert_change *change)
{
    optcert_explanation found = *so_far;
    const optcert_model changed = optcert_change_apply(change, model, 0);
    found.change[found.count++] = change;
    optcert_search_consider(s, &changed, &found);
}

static const optcert_explanation nothing = {0};

void optcert_try_each(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far, size_t from, bool is_free)
{
    optcert_attempt *const try = is_free ? optcert_try_value : optcert_try_one;
    for (size_t i = from; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_is_free(change) == is_free && optcert_change_number(change) == NUMBER_NONE &&
            optcert_search_usable(s, change, so_far)) {
            try(s, model, so_far, change);
        }
    }
}

bool optcert_search_leads(const optcert_search *s, const optcert_change *change)
{
    return !optcert_change_is_free(change) && optcert_change_number(change) == NUMBER_NONE &&
           optcert_search_usable(s, change, &nothing) && (!s->changing || optcert_change_remembers(change));
}

static void each_pair(optcert_search *s, bool is_free)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_search_leads(s, change)) {
            const optcert_model model = optcert_change_apply(change, &s->plain, 0);
            const optcert_explanation so_far = {.count = 1, .change = {change}};
            optcert_try_each(s, &model, &so_far, is_free || s->changing ? 0 : i + 1, is_free);
        }
    }
}

static void level_none(optcert_search *s)
{
    optcert_search_consider(s, &s->plain, &nothing);
}

static void level_one(optcert_search *s)
{
    optcert_try_each(s, &s->plain, &nothing, 0, false);
}

static void level_one_free(optcert_search *s)
{
    optcert_try_each(s, &s->plain, &nothing, 0, true);
    optcert_try_numbers(s, &s->plain, &nothing);
}

static void level_two(optcert_search *s)
{
    each_pair(s, false);
}

static void level_two_number(optcert_search *s)
{
    for (size_t i = 0; i < optcert_change_count() && !optcert_search_spent(s); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_search_leads(s, change)) {
            const optcert_model model = optcert_change_apply(change, &s->plain, 0);
            const optcert_explanation so_far = {.count = 1, .change = {change}};
            optcert_try_numbers(s, &model, &so_far);
        }
    }
}

static void level_two_free(optcert_search *s)
{
    each_pair(s, true);
}

/* The search grows from level to level: the last ones are for the likeliest dialects only. */
static const struct {
    void (*run)(optcert_search *s);
    size_t dialects;
    bool when_changing; /* whether it is for builds, too, whose answers change: by chance, or by what a process remembers */
    uint64_t percent;   /* of the work, that is spent when it ends */
    const char *seeks;
} levels[] = {{level_none, SIZE_MAX, true, 70, "the dialects themselves"},
              {level_one, SIZE_MAX, true, 70, "one change"},
              {level_one_free, SIZE_MAX, true, 70, "one change with a number"},
              {optcert_try_parts, 12, true, 70, "one change in a part of the elements"},
              {level_two, 12, true, 70, "two changes"},
              {optcert_try_part_and_whole, 4, false, 70, "two changes, one of them in a part of the elements"},
              {optcert_try_shown, 4, false, 70, "two changes, of which one shows by itself"},
              {level_two_number, 2, true, 70, "two changes, one of them with a count"},
              {optcert_try_standing, 2, false, 70, "two changes, one of which leaves elements alone"},
              {level_two_free, 2, true, 70, "two changes, one of them with a value"},
              {optcert_try_shown_three, 2, false, 100, "three changes, two of which show by themselves"}};

static void begin(optcert_search *s)
{
    s->plain = optcert_model_of(s->dialect);
    s->single = s->battery->count > 0 && s->battery->record[0]->format == &oc_ref_f32;
    optcert_battery_matches(s->battery, s->walk, &s->plain, &s->first);
    s->share = optcert_battery_openness(s->battery, s->walk, &s->plain).share;
}

bool optcert_explain(const oc_ref_dialect *const *dialects, const optcert_battery *const *battery, size_t count,
                     bool changing, uint64_t *work, optcert_explanation *best)
{
    optcert_walk *walk = optcert_walk_new(optcert_record_room());
    optcert_search *searches = calloc(count + 1, sizeof *searches);
    bool room = walk != NULL && searches != NULL;
    *best = nothing;
    for (size_t i = 0; room && i < count; i++) {
        searches[i] = (optcert_search){.dialect = dialects[i], .battery = battery[i], .walk = walk, .limit = *work, .best = best,
                                       .changing = changing};
        begin(&searches[i]);
    }
    for (size_t l = 0; room && l < sizeof levels / sizeof levels[0] && best->dialect == NULL; l++) {
        for (size_t i = 0; i < count && i < levels[l].dialects && (levels[l].when_changing || !changing); i++) {
            searches[i].limit = *work * levels[l].percent / 100;
            levels[l].run(&searches[i]);
            best->unsearched = best->unsearched == NULL && optcert_search_spent(&searches[i]) ? levels[l].seeks : best->unsearched;
        }
    }
    for (size_t i = 0; room && !changing && i < count && best->count > 0; i++) {
        if (searches[i].dialect == best->dialect) {
            searches[i].limit = *work + *work / 4;
            room = optcert_find_hidden(&searches[i]);
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
