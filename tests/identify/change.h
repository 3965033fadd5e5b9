/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes: what an implementation of a dialect may do otherwise, each one trait of the model. Drawn from the bugs
 * that projects had (tests/defects/corpus.c names them) and their likes. */
#ifndef OPTCERT_CHANGE_H
#define OPTCERT_CHANGE_H
#include "model.h"

#include <stdbool.h>

typedef struct optcert_change {
    optcert_trait trait;
    uint8_t choice;
    double value;      /* of the choice, where it has one and it is not free */
    double low, high;  /* low < high: the value is free, positive, and found from the build's answers */
    unsigned needs;    /* what the dialect must be like, and which number the change has: change.c */
    const char *says;  /* completes "matches DIALECT exactly if ..."; one %s for a free value, one %n for a number */
} optcert_change;

/* A whole number that a change has, read off where the build first departs from the model without it. */
typedef enum optcert_number {
    NUMBER_NONE,
    NUMBER_STEP,    /* the count of that step, or of the one before */
    NUMBER_ELEMENT, /* the elements before the first one that departs */
    NUMBER_FROM_END /* from the first one that departs to the end */
} optcert_number;
optcert_number optcert_change_number(const optcert_change *change);

size_t optcert_change_count(void);
const optcert_change *optcert_change_at(size_t i);

static inline bool optcert_change_is_free(const optcert_change *change)
{
    return change->low < change->high;
}

/* Whether the change means something for this dialect's model in this format, and does change it. */
bool optcert_change_applies(const optcert_change *change, const optcert_model *model, bool single);

/* The model with the change; `value` counts where it is free. A number is the model's own. */
optcert_model optcert_change_apply(const optcert_change *change, const optcert_model *model, double value);

/* Whether the change lets a process remember what other instances did: the same steps may then give other bits. */
bool optcert_change_remembers(const optcert_change *change);

/* Whether the change can concern some elements and not others. */
bool optcert_change_is_local(const optcert_change *change);

/* The model with a local change in a part of the elements. */
optcert_model optcert_change_apply_in(const optcert_change *change, const optcert_model *model, optcert_part part,
                                      size_t block);

/* What the change says, with its value and number. */
void optcert_change_text(const optcert_change *change, double value, uint64_t number, char *out, size_t size);

#endif
