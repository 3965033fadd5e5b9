/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a build computes: the dialects that hold of it, or the defect that explains it. */
#ifndef OPTCERT_IDENTIFY_H
#define OPTCERT_IDENTIFY_H
#include "claim.h"
#include "diagnose.h"

/* One probe of the sequential design. */
typedef struct optcert_trial {
    const optcert_candidate *candidate;
    size_t pairs; /* ordered pairs that it could tell apart */
    optcert_dialect_set before, after;
} optcert_trial;

/* Two dialects between which nothing decided. */
typedef struct optcert_untold {
    size_t a, b; /* a holds of the build as far as could be seen, and so does b */
    char why[256];
} optcert_untold;

enum { OPTCERT_TRIALS_MAX = 128, OPTCERT_UNTOLD_MAX = 64, OPTCERT_BATTERIES_MAX = 64 };

typedef struct optcert_identification {
    const oc_ref_dialect *claimed;      /* what the build claims to be; NULL: nothing, or nothing known */
    optcert_dialect_set dialects;       /* that hold of it on everything tried, and are no special case of another */
    optcert_dialect_set special;        /* their special cases */
    optcert_trial trial[OPTCERT_TRIALS_MAX];
    size_t trials, candidates;
    optcert_untold untold[OPTCERT_UNTOLD_MAX];
    size_t untolds;
    uint64_t probes, calls;
    optcert_explanation explanation;    /* of a build that does not compute what it claims, or nothing known */
    char departure[800];                /* where a build that nothing explains departs from the likeliest dialect */
    unsigned unread;                    /* fields that the build reads and no dialect that holds does */
    char trouble[512];                  /* calls that failed; "": none */
    unsigned broken;                    /* probes of the design that a call failed in, other than refused */
    char breaking[320];                 /* the last of them */
    bool changing;                      /* the same steps gave other bits the second time */
    optcert_verdict verdict;
    /* What the above points into. */
    optcert_design design;
    optcert_battery *battery[OPTCERT_BATTERIES_MAX];
    size_t batteries;
} optcert_identification;

/* The build's process must be fresh: what it has been through is part of what is looked at. `claimed` may be NULL.
 * False when memory fails or the harness itself does. */
bool optcert_identify(optcert_build_handle *build, const oc_ref_dialect *claimed, uint64_t seed,
                      const optcert_pins *pins, optcert_identification *result);

/* Only the explanation of why the build is not `claimed`; every case with all hyper-parameters where fewer show
 * nothing. */
bool optcert_identify_defect(optcert_build_handle *build, const oc_ref_dialect *claimed, uint64_t seed,
                             optcert_identification *result);

void optcert_identification_free(optcert_identification *result);

#endif
