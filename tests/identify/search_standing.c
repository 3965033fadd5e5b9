/* SPDX-License-Identifier: GPL-3.0-or-later
 * Elements that are left alone are seen without any model: they never move. So their number is known where everything
 * else differs, too, and a change with a value can be sought beside it. */
#include "search.h"

/* Elements at the ends of arrays that no step moved although a gradient asked for it, the most over all records. */
typedef struct standing {
    uint64_t after; /* elements before the first that stands still to the end */
    uint64_t last;  /* the elements from there on */
} standing;

static bool asked(const optcert_record *record, size_t i)
{
    for (size_t k = 0; k < record->steps; k++) {
        if (record->grad[k * record->n + i] != 0) {
            return true;
        }
    }
    return false;
}

static bool moves(const optcert_record *record, size_t i)
{
    for (size_t k = 0; k < record->steps; k++) {
        const double *row = record->theta + k * record->n + i;
        if (row[record->n] != row[0]) {
            return true;
        }
    }
    return !asked(record, i);
}

static size_t standing_at_end(const optcert_record *record)
{
    size_t count = 0;
    while (count < record->n && !moves(record, record->n - 1 - count)) {
        count++;
    }
    return count;
}

/* Counted over records in which something moves. */
static standing look(const optcert_search *s)
{
    standing seen = {0, 0};
    for (size_t i = 0; i < s->battery->count; i++) {
        const optcert_record *record = s->battery->record[i];
        const size_t last = standing_at_end(record);
        if (last > seen.last && last < record->n) {
            seen = (standing){record->n - last, last};
        }
    }
    return seen;
}

uint64_t optcert_standing_number(const optcert_search *s, const optcert_change *change)
{
    const optcert_number kind = optcert_change_number(change);
    if (kind != NUMBER_ELEMENT && kind != NUMBER_FROM_END) {
        return 0;
    }
    const standing seen = look(s);
    return kind == NUMBER_ELEMENT ? seen.after : seen.last;
}

void optcert_try_standing(optcert_search *s)
{
    static const optcert_explanation nothing = {0};
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        const uint64_t number = optcert_standing_number(s, change);
        if (number > 0 && optcert_search_usable(s, change, &nothing)) {
            optcert_model model = optcert_change_apply(change, &s->plain, 0);
            model.number = number;
            optcert_try_each(s, &model, &(optcert_explanation){.count = 1, .change = {change}, .number = number}, 0, true);
        }
    }
}
