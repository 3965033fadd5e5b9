/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is wrong with a build: the fewest changes of a dialect that predict all its answers. */
#ifndef OPTCERT_DIAGNOSE_H
#define OPTCERT_DIAGNOSE_H
#include "battery.h"
#include "change.h"

enum { OPTCERT_CHANGES_MAX = 3, OPTCERT_HIDDEN_MAX = 32 };

typedef struct optcert_explanation {
    const oc_ref_dialect *dialect; /* NULL: none found */
    size_t count;                  /* how many changes: 0 where the dialect itself predicts everything */
    const optcert_change *change[OPTCERT_CHANGES_MAX];
    double value[OPTCERT_CHANGES_MAX];
    uint64_t number;        /* of the change that has one */
    optcert_part part;      /* of the elements, that one change concerns */
    size_t block, part_of;  /* which of them */
    double looseness;       /* how much it leaves open */
    optcert_model model;    /* the dialect's with the changes */
    const optcert_change *hidden[OPTCERT_HIDDEN_MAX]; /* that would show without these changes, and with them do not */
    size_t hiddens;
    optcert_mismatch first; /* where the dialect without changes first fails; record NULL: nowhere */
    const char *unsearched; /* what the search came to when its work was used up; NULL: to its end, or to an explanation */
} optcert_explanation;

/* The explanation with fewest changes of one of these dialects, and where the build's answers are `changing` from run to run
 * only those in which a process remembers something, and among those with equally many the one that
 * leaves least open; ties go to the dialect that comes first. `battery` holds the records of each. `work`, in
 * elements of walks, is used up: when it is gone the search ends. False when memory fails. */
bool optcert_explain(const oc_ref_dialect *const *dialects, const optcert_battery *const *battery, size_t count,
                     bool changing, uint64_t *work, optcert_explanation *best);

/* Where a build that nothing explains departs from a dialect: "m and v are those of adam everywhere, theta is not: first differs
 * at ...". False when memory fails. */
bool optcert_departure_text(const oc_ref_dialect *dialect, const optcert_battery *battery, char *out, size_t size);

/* "matches adam exactly if ... and ...; first differs at ...". */
void optcert_explanation_text(const optcert_explanation *explanation, char *out, size_t size);

/* "set did not restore the step count; the step count stayed 1; and 7 more": what the explanation hides; "" where nothing. */
void optcert_explanation_hidden(const optcert_explanation *explanation, char *out, size_t size);

/* The same as a sentence: "these would show nowhere beside it, and so cannot be told: ..."; "" where nothing. */
void optcert_explanation_caveat(const optcert_explanation *explanation, char *out, size_t size);

/* "the bias correction used k instead of k+1", change by change. */
void optcert_explanation_changes(const optcert_explanation *explanation, char *out, size_t size);

#endif
