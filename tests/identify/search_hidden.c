/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an explanation hides: changes that would show on their own, and beside it show nowhere. Whether the build has them, too,
 * its answers cannot tell: without a bias correction, no step count matters. */
#include "search.h"

#include <math.h>

/* Whether no value is in both. */
static bool apart(const optcert_ball *a, const optcert_ball *b)
{
    if (!optcert_finite(a->mid) || !optcert_finite(b->mid)) {
        const bool same = (isnan(a->mid) && isnan(b->mid)) || a->mid == b->mid;
        return optcert_finite(a->rad) && optcert_finite(b->rad) && !same;
    }
    return fabsl(a->mid - b->mid) > optcert_up(a->rad + b->rad);
}

static bool slots_apart(const optcert_record *record, optcert_walk *a, optcert_walk *b)
{
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        for (size_t i = 0; record->slot[s] != NULL && i < record->n; i++) {
            const optcert_ball *x = optcert_walk_slot(a, optcert_slot_name[s], i), *y = optcert_walk_slot(b, optcert_slot_name[s], i);
            if (x != NULL && y != NULL && apart(x, y)) {
                return true;
            }
        }
    }
    return false;
}

static bool thetas_apart(size_t n, const optcert_walk *a, const optcert_walk *b)
{
    for (size_t i = 0; i < n; i++) {
        if (apart(optcert_walk_theta(a, i), optcert_walk_theta(b, i))) {
            return true;
        }
    }
    return false;
}

/* Whether two models answer a record's steps differently, in what the build shows. */
static bool tells(const optcert_record *record, optcert_walk *a, const optcert_model *one, optcert_walk *b, const optcert_model *other)
{
    optcert_record_begin(record, a, one);
    optcert_record_begin(record, b, other);
    for (size_t k = 0; k < record->steps; k++) {
        const double *theta = record->theta + k * record->n, *grad = record->grad + k * record->n;
        optcert_walk_step(a, theta, grad);
        optcert_walk_step(b, theta, grad);
        if (thetas_apart(record->n, a, b) || slots_apart(record, a, b)) {
            return true;
        }
    }
    return false;
}

static bool shows_alone(optcert_search *s, optcert_walk *other, const optcert_change *change)
{
    const optcert_model changed = optcert_change_apply(change, &s->plain, 0);
    for (size_t i = 0; i < s->battery->count; i++) {
        if (tells(s->battery->record[i], s->walk, &s->plain, other, &changed)) {
            return true;
        }
    }
    return false;
}

bool optcert_find_hidden(optcert_search *s)
{
    optcert_explanation *best = s->best;
    optcert_walk *other = optcert_walk_new(optcert_record_room());
    for (size_t i = 0; other != NULL && i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_is_free(change) || optcert_change_number(change) != NUMBER_NONE || !optcert_search_usable(s, change, best)) {
            continue;
        }
        const optcert_model both = optcert_change_apply(change, &best->model, 0);
        if (best->hiddens < OPTCERT_HIDDEN_MAX && optcert_battery_admits(s->battery, s->walk, &both) && shows_alone(s, other, change)) {
            best->hidden[best->hiddens++] = change;
        }
    }
    optcert_walk_free(other);
    return other != NULL;
}
