/* SPDX-License-Identifier: GPL-3.0-or-later
 * Probes of a build and what came out: inputs, parameters and state after each step. A record can be held
 * against any model afterwards, without the build. */
#ifndef OPTCERT_RECORD_H
#define OPTCERT_RECORD_H
#include "build_handle.h"
#include "conformance_case.h"
#include "walk.h"

enum { OPTCERT_SLOT_NAMES = 3 };
extern const char *const optcert_slot_name[OPTCERT_SLOT_NAMES]; /* "m", "v", "vmax" */

typedef struct optcert_probe {
    const optcert_case *what;
    optcert_hyper_case hyper; /* fields outside `uses` are 0 */
    unsigned uses;            /* OC_REF_LR | ... */
} optcert_probe;

typedef struct optcert_record {
    optcert_probe probe;
    const oc_ref_format *format;
    optcert_surroundings around;
    size_t n, steps;                   /* steps that were taken */
    double *theta;                     /* steps + 1 rows of n, the start first */
    double *grad;                      /* steps rows */
    double *slot[OPTCERT_SLOT_NAMES];  /* steps rows; NULL: not exposed */
    double *state[OPTCERT_SLOT_NAMES]; /* one row, what was set before the first step; NULL: nothing */
    optcert_outcome outcome;           /* of the call that ended the probe early; OPTCERT_OK: none did */
    char symptom[256];
} optcert_record;

/* One who probes a build; what a process has been through is kept track of. */
typedef struct optcert_prober {
    optcert_build_handle *build;
    const oc_ref_format *format;
    uint64_t seed, calls, probes;
    optcert_surroundings around;
    bool silent[OPTCERT_SLOT_NAMES]; /* slots that the build does not show */
} optcert_prober;

void optcert_prober_start(optcert_prober *prober, optcert_build_handle *build, uint64_t seed);

/* Runs a probe. NULL when memory fails or the harness itself does. */
optcert_record *optcert_record_new(optcert_prober *prober, const optcert_probe *probe);

/* The record that an honest build of a model would leave (its parameters, no state), rounding each true value
 * once. NULL when memory fails. */
optcert_record *optcert_record_predicted(optcert_walk *walk, const optcert_model *model, const oc_ref_format *format,
                                         uint64_t seed, const optcert_probe *probe);

void optcert_record_free(optcert_record *record);

/* Where a record leaves a model. */
typedef struct optcert_mismatch {
    const optcert_record *record;
    size_t step, element;
    const char *quantity;  /* "theta", "m", ... */
    double expected, got;  /* expected: the true value, rounded */
    double gap, allowed;   /* in ulps of the true value */
} optcert_mismatch;

/* Begins the model's walk along the record, from the state that was set. */
void optcert_record_begin(const optcert_record *record, optcert_walk *walk, const optcert_model *model);

/* Whether the model predicts the whole record, balls taken `slack` times as wide; else where it first fails. */
bool optcert_record_matches(const optcert_record *record, optcert_walk *walk, const optcert_model *model,
                            double slack, optcert_mismatch *first);

/* The same for one quantity alone, "theta" or the name of a slot: what the others do is not looked at. */
bool optcert_record_matches_in(const optcert_record *record, optcert_walk *walk, const optcert_model *model,
                               const char *quantity, optcert_mismatch *first);

/* "case random, hyper-parameters usual, step 1, element 0: adam gives ..., the build gives ...". */
void optcert_mismatch_text(const optcert_mismatch *mismatch, const char *model, char *out, size_t size);

/* The largest n of all cases. */
size_t optcert_record_room(void);

#endif
