/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the build interface sees of a walk's state: get and set. */
#include "walk_state.h"

#include <string.h>

/* The array behind a slot's name; NULL where the model has none. */
static optcert_ball *slot_named(const optcert_walk *walk, const char *slot)
{
    if (strcmp(slot, "m") == 0) {
        return optcert_has(walk, TRAIT_FIRST, MODEL_FIRST_NONE) ? NULL : walk->m;
    }
    if (strcmp(slot, "v") == 0) {
        return optcert_has(walk, TRAIT_SECOND, MODEL_SECOND_NONE) ? NULL : walk->v;
    }
    const bool largest = optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM) ||
                         optcert_has(walk, TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM_CORRECTED);
    return strcmp(slot, "vmax") == 0 && largest ? walk->extra : NULL;
}

void optcert_walk_set(optcert_walk *walk, const char *slot, const double *values, uint64_t step)
{
    const unsigned state = walk->model->trait[TRAIT_STATE];
    const bool first = strcmp(slot, "m") == 0, second = strcmp(slot, "v") == 0;
    optcert_ball *to = slot_named(walk, slot);
    if (state == MODEL_STATE_SLOTS_SWAPPED && (first || second)) {
        to = slot_named(walk, first ? "v" : "m");
    }
    if (to == NULL) {
        return;
    }
    const bool ignored = (state == MODEL_STATE_FIRST_IGNORED && first) || (state == MODEL_STATE_SECOND_IGNORED && second);
    for (size_t i = 0; i < walk->n && !ignored; i++) {
        optcert_ball_set_d(&to[i], values[i]);
    }
    if (state == MODEL_STATE_COUNT_OFF_BY) {
        step = (uint64_t)((double)step + walk->model->value[TRAIT_STATE]);
    }
    optcert_ball_unknown(&walk->product); /* no slot holds it */
    walk->k = state == MODEL_STATE_COUNT_IGNORED ? walk->k : step;
}

const optcert_ball *optcert_walk_slot(optcert_walk *walk, const char *slot, size_t i)
{
    const optcert_ball *values = slot_named(walk, slot);
    if (values == NULL) {
        return NULL;
    }
    optcert_ball_set(&walk->shown, &values[i]);
    if (optcert_has(walk, TRAIT_STATE, MODEL_STATE_GET_CORRECTED) && walk->k > 0) {
        optcert_ball_div(&walk->shown, &walk->shown, values == walk->m ? &walk->c1 : &walk->c2);
    } else if (optcert_has(walk, TRAIT_STATE, MODEL_STATE_GET_ROOT)) {
        optcert_ball_sqrt(&walk->shown, &walk->shown);
    }
    return &walk->shown;
}
