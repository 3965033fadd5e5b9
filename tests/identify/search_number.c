/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes with a whole number, of steps or of elements, that is read off where the build departs. */
#include "search.h"

#include <stdint.h>

/* Where the records leave a model, over all of them. */
typedef struct survey {
    uint64_t step;     /* the earliest, counted from 1; 0: nowhere */
    uint64_t element;  /* the first */
    uint64_t from_end; /* the farthest from the end */
} survey;

static survey look_around(optcert_search *s, const optcert_model *model)
{
    survey seen = {0, UINT64_MAX, 0};
    for (size_t i = 0; i < s->battery->count && !optcert_search_spent(s); i++) {
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
static void with_number(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far, const survey *seen,
                        const optcert_change *change)
{
    const optcert_number kind = optcert_change_number(change);
    const uint64_t number = kind == NUMBER_STEP ? seen->step : kind == NUMBER_ELEMENT ? seen->element : seen->from_end;
    const int tries = kind == NUMBER_STEP ? 2 : 1; /* what happens after a step shows at the next one */
    for (int less = 0; less < tries && number > (uint64_t)less && number != UINT64_MAX; less++) {
        optcert_model numbered = *model;
        optcert_explanation found = *so_far;
        numbered.number = found.number = number - (uint64_t)less;
        (optcert_change_is_free(change) ? optcert_try_value : optcert_try_one)(s, &numbered, &found, change);
    }
}

void optcert_try_numbers(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far)
{
    const survey seen = look_around(s, model);
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (optcert_change_number(change) != NUMBER_NONE && optcert_search_usable(s, change, so_far)) {
            with_number(s, model, so_far, &seen, change);
        }
    }
}
