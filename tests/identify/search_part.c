/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes in a part of the elements: vector code and its scalar tail are written twice. */
#include "search.h"

/* A part that a change may concern. */
typedef struct part {
    optcert_part kind;
    size_t block;
} part;

enum { PARTS = 14 }; /* blocks of 2, 4, ... 128 */

static part part_at(size_t i)
{
    return (part){i % 2 == 0 ? PART_TAIL : PART_BLOCKS, (size_t)2 << i / 2};
}

/* A change in a part, on top of a model that `so_far` describes. */
static void try_in(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far, part where,
                   const optcert_change *change)
{
    const optcert_model changed = optcert_change_apply_in(change, model, where.kind, where.block);
    optcert_explanation found = *so_far;
    found.part = where.kind;
    found.block = where.block;
    found.part_of = found.count;
    found.change[found.count++] = change;
    optcert_search_consider(s, &changed, &found);
}

void optcert_try_parts_beside(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        for (size_t p = 0; optcert_change_is_local(change) && p < PARTS; p++) {
            if (optcert_search_usable(s, change, so_far)) {
                try_in(s, model, so_far, part_at(p), change);
            }
        }
    }
}

void optcert_try_parts(optcert_search *s)
{
    static const optcert_explanation nothing = {0};
    optcert_try_parts_beside(s, &s->plain, &nothing);
}

/* Each change in the part, where `whole` explains the other elements. */
static void complete(optcert_search *s, const optcert_change *whole, part where)
{
    const optcert_model model = optcert_change_apply(whole, &s->plain, 0);
    const optcert_explanation so_far = {.count = 1, .change = {whole}};
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_is_local(change) && optcert_search_usable(s, change, &so_far)) {
            try_in(s, &model, &so_far, where, change);
        }
    }
}

/* A change everywhere must explain all other elements by itself; only then is one in the part sought. */
static void try_whole(optcert_search *s, const optcert_change *whole, part where)
{
    const optcert_model silent = optcert_model_without(&s->plain, where.kind, where.block);
    const optcert_model changed = optcert_change_apply(whole, &silent, 0);
    if (optcert_battery_admits(s->battery, s->walk, &changed)) {
        complete(s, whole, where);
    }
}

void optcert_try_part_and_whole(optcert_search *s)
{
    for (size_t p = 0; p < PARTS; p++) {
        for (size_t i = 0; i < optcert_change_count(); i++) {
            const optcert_change *change = optcert_change_at(i);
            if (optcert_search_leads(s, change)) {
                try_whole(s, change, part_at(p));
            }
        }
    }
}
