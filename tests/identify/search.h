/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of the search for an explanation: what its files share. */
#ifndef OPTCERT_SEARCH_H
#define OPTCERT_SEARCH_H
#include "diagnose.h"

/* A search over one dialect's neighbourhood. */
typedef struct optcert_search {
    const oc_ref_dialect *dialect;
    const optcert_battery *battery;
    optcert_walk *walk;
    optcert_model plain;
    optcert_mismatch first;
    double share; /* of steps that the dialect itself leaves open */
    bool single;
    bool changing;              /* the build's answers, from run to run */
    uint64_t limit;             /* of the walk's work */
    optcert_explanation *best; /* over all dialects, of this many changes */
} optcert_search;

/* Whether the search has used up its work. */
static inline bool optcert_search_spent(const optcert_search *s)
{
    return optcert_walk_work(s->walk) >= s->limit;
}

/* Keeps an explanation that predicts everything, if it leaves less open than the best. */
void optcert_search_consider(optcert_search *s, const optcert_model *model, const optcert_explanation *found);

/* Whether the change may be made on top of what `so_far` has, and there is work left. */
bool optcert_search_usable(const optcert_search *s, const optcert_change *change, const optcert_explanation *so_far);

/* Whether the change can come first of two: one without a number or a free value. */
bool optcert_search_leads(const optcert_search *s, const optcert_change *change);

/* A change on top of `model`, which `so_far` describes. */
typedef void optcert_attempt(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far,
                             const optcert_change *change);
optcert_attempt optcert_try_one;    /* as it is */
optcert_attempt optcert_try_value;  /* with each value that fits: search_value.c */

/* All changes without a number, free or not, from the `from`-th on. */
void optcert_try_each(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far, size_t from, bool is_free);

/* search_number.c: each change that has a whole number. */
void optcert_try_numbers(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far);

/* search_standing.c: each change that leaves elements alone, as they are seen to stand still, with each that has a value. */
void optcert_try_standing(optcert_search *s);

/* For a change that leaves elements alone: how many of them are seen to stand still, as its number has it; 0: none. */
uint64_t optcert_standing_number(const optcert_search *s, const optcert_change *change);

/* search_shown.c: changes that show somewhere by themselves, with another; and two of them with a third. */
void optcert_try_shown(optcert_search *s);
void optcert_try_shown_three(optcert_search *s);

/* search_hidden.c: what the best explanation, which is of this search's dialect, hides. False when memory fails. */
bool optcert_find_hidden(optcert_search *s);

/* search_part.c: each change in a part of the elements, beside what is so far, alone; and with another everywhere. */
void optcert_try_parts_beside(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far);
void optcert_try_parts(optcert_search *s);
void optcert_try_part_and_whole(optcert_search *s);

#endif
