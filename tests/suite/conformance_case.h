/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cases of the conformance suite: what a build is fed. Each case pairs with each set of
 * hyper-parameters; the same seed gives the same numbers. */
#ifndef OPTCERT_CONFORMANCE_CASE_H
#define OPTCERT_CONFORMANCE_CASE_H
#include "dialect.h"
#include "draw.h"

/* Where a number is wanted: its place, the format it will be rounded to, the hyper-parameters. */
typedef struct optcert_place {
    optcert_draw draw;
    const oc_ref_format *format;
    const optcert_hyper *hyper;
    const char *slot; /* of a state to resume from; else NULL */
} optcert_place;

typedef double optcert_source(const optcert_place *place);

typedef struct optcert_case {
    const char *name;
    size_t n;
    uint32_t steps;
    size_t split;          /* > 0: two instances, the first with this many elements */
    uint64_t resume;       /* > 0: the state is set to random values at this step first */
    optcert_source *theta; /* initial parameters */
    optcert_source *grad;
    const char *origin; /* why this case is here */
} optcert_case;

size_t optcert_case_count(void);
const optcert_case *optcert_case_at(size_t i);

typedef struct optcert_hyper_case {
    const char *name;
    optcert_hyper hyper;
    const char *origin;
} optcert_hyper_case;

size_t optcert_hyper_count(void); /* the last one is drawn from the seed */
void optcert_hyper_at(size_t i, uint64_t seed, unsigned uses, optcert_hyper_case *out);

/* A value of the state to resume from: any sign for first moments, positive for second ones. */
double optcert_case_state(const optcert_place *place);

#endif
