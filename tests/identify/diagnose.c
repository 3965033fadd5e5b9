/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search for an explanation: no change, one, one with a free number, two, two with one free number. */
#include "diagnose.h"
#include "fit.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
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
    optcert_explanation *best; /* over all dialects, of this many changes */
} search;

/* An explanation that knows so many more steps of theta not at all would explain anything. */
static const double vague = 0.25;

/* Keeps an explanation that predicts everything, if it leaves less open than the best. */
static void consider(search *s, const optcert_model *model, const optcert_explanation *found)
{
    if (!optcert_battery_matches(s->battery, s->walk, model, NULL)) {
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

typedef void attempt(search *s, const optcert_model *model, const optcert_explanation *so_far,
                     const optcert_change *change);

/* All changes of one kind, free or not, on top of what `so_far` has; from the `from`-th on. */
static void each_change(search *s, const optcert_model *model, const optcert_explanation *so_far, size_t from, bool is_free)
{
    attempt *const try = is_free ? try_free : try_one;
    for (size_t i = from; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        const bool taken = so_far->count > 0 && so_far->change[0]->trait == change->trait;
        if (!taken && optcert_change_is_free(change) == is_free && optcert_change_applies(change, &s->plain, s->single)) {
            try(s, model, so_far, change);
        }
    }
}

static void each_pair(search *s, bool is_free)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (!optcert_change_is_free(change) && optcert_change_applies(change, &s->plain, s->single)) {
            const optcert_model model = optcert_change_apply(change, &s->plain, 0);
            const optcert_explanation so_far = {.count = 1, .change = {change}};
            each_change(s, &model, &so_far, is_free ? 0 : i + 1, is_free);
        }
    }
}

static void level_none(search *s)
{
    const optcert_explanation none = {0};
    consider(s, &s->plain, &none);
}

static void level_one(search *s)
{
    const optcert_explanation none = {0};
    each_change(s, &s->plain, &none, 0, false);
}

static void level_one_free(search *s)
{
    const optcert_explanation none = {0};
    each_change(s, &s->plain, &none, 0, true);
}

static void level_two(search *s)
{
    each_pair(s, false);
}

static void level_two_free(search *s)
{
    each_pair(s, true);
}

/* The search grows from level to level: the last one is for the likeliest dialects only. */
static const struct {
    void (*run)(search *s);
    size_t changes, dialects;
} levels[] = {{level_none, 0, SIZE_MAX}, {level_one, 1, SIZE_MAX}, {level_one_free, 1, SIZE_MAX}, {level_two, 2, 12},
              {level_two_free, 2, 2}};

bool optcert_explain(const oc_ref_dialect *const *dialects, const optcert_battery *const *battery, size_t count,
                     size_t changes, optcert_explanation *best)
{
    optcert_walk *walk = optcert_walk_new(optcert_record_room());
    *best = (optcert_explanation){0};
    for (size_t l = 0; walk != NULL && l < sizeof levels / sizeof levels[0] && best->dialect == NULL; l++) {
        for (size_t i = 0; i < count && i < levels[l].dialects; i++) {
            if (levels[l].changes > changes) {
                break;
            }
            search s = {.dialect = dialects[i], .battery = battery[i], .walk = walk, .best = best};
            s.plain = optcert_model_of(dialects[i]);
            s.single = battery[i]->count > 0 && battery[i]->record[0]->format == &oc_ref_f32;
            optcert_battery_matches(battery[i], walk, &s.plain, &s.first);
            s.share = optcert_battery_openness(battery[i], walk, &s.plain).share;
            levels[l].run(&s);
        }
    }
    optcert_walk_free(walk);
    return walk != NULL;
}

void optcert_explanation_changes(const optcert_explanation *explanation, char *out, size_t size)
{
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < explanation->count && length < size; i++) {
        char text[160];
        optcert_change_text(explanation->change[i], explanation->value[i], text, sizeof text);
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " and " : "", text);
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
