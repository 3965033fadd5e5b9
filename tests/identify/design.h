/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which dialects a build computes, found by sequential design: of all probes that have not been tried, the one is
 * run next that tells most pairs of the dialects still possible apart, until none does.
 *
 * A build computes a dialect when it takes the dialect's steps whatever the hyper-parameters that the dialect
 * reads, the others being 0. So several dialects may hold of one build: its special cases (momentum = 0 makes
 * sgd-momentum sgd) and, of a build with switches, each switch. */
#ifndef OPTCERT_DESIGN_H
#define OPTCERT_DESIGN_H
#include "record.h"

enum { OPTCERT_DIALECTS_MAX = 63 };

/* Values that hyper-parameters must have: --hyper; bits of `fields` as OC_REF_LR and so on. */
typedef struct optcert_pins {
    unsigned fields;
    optcert_hyper value;
} optcert_pins;

/* A dialect as a set of bits: bit i is oc_ref_dialect_at(i). */
typedef uint64_t optcert_dialect_set;

static inline optcert_dialect_set optcert_just(size_t i)
{
    return UINT64_C(1) << i;
}

static inline bool optcert_in(optcert_dialect_set set, size_t i)
{
    return (set >> i & 1) != 0;
}

typedef struct optcert_candidate {
    optcert_probe probe;
    optcert_dialect_set speaks;                      /* dialects that say what must come out */
    optcert_dialect_set kills[OPTCERT_DIALECTS_MAX]; /* of a build of dialect i: what it would rule out */
    bool tried, refused;
} optcert_candidate;

typedef struct optcert_design {
    optcert_candidate *item;
    size_t count;
} optcert_design;

/* All candidates for a format, with what each would tell. False when memory fails. */
bool optcert_design_new(optcert_design *design, const oc_ref_format *format, uint64_t seed, const optcert_pins *pins);
void optcert_design_free(optcert_design *design);

/* The untried candidate that tells most ordered pairs apart (how many: *pairs); NULL when none does. */
optcert_candidate *optcert_design_next(const optcert_design *design, optcert_dialect_set alive, size_t *pairs);

/* Whether no candidate, tried or not, would rule `special` out on a build of `general`. */
bool optcert_design_includes(const optcert_design *design, size_t general, size_t special);

/* The dialects of a record's probe that predict it. */
optcert_dialect_set optcert_design_surviving(const optcert_record *record, optcert_walk *walk,
                                             optcert_dialect_set asked);

/* The hyper-parameters of set `i`, those not in `uses` 0 and those pinned as they are. */
void optcert_pinned_hyper(size_t i, uint64_t seed, unsigned uses, const optcert_pins *pins, optcert_hyper_case *out);

#endif
