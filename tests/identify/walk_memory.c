/* SPDX-License-Identifier: GPL-3.0-or-later
 * The memory of a walk. */
#include "walk_state.h"

#include <stdlib.h>

optcert_walk *optcert_walk_new(size_t room)
{
    optcert_walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) {
        return NULL;
    }
    walk->room = room;
    oc_ref_coef_init(&walk->reference, &(optcert_hyper){0}, WALK_PREC);
    walk->theta = calloc(room + 1, sizeof *walk->theta);
    walk->m = calloc(room + 1, sizeof *walk->m);
    walk->v = calloc(room + 1, sizeof *walk->v);
    walk->extra = calloc(room + 1, sizeof *walk->extra);
    walk->before = calloc(room + 1, sizeof *walk->before);
    if (walk->theta == NULL || walk->m == NULL || walk->v == NULL || walk->extra == NULL || walk->before == NULL) {
        optcert_walk_free(walk);
        return NULL;
    }
    return walk;
}

void optcert_walk_free(optcert_walk *walk)
{
    if (walk == NULL) {
        return;
    }
    free(walk->theta);
    free(walk->m);
    free(walk->v);
    free(walk->extra);
    free(walk->before);
    oc_ref_coef_clear(&walk->reference);
    free(walk);
}
