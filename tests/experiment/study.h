/* SPDX-License-Identifier: GPL-3.0-or-later
 * A study: which arms are run, and what their curves say together. */
#ifndef OPTCERT_STUDY_H
#define OPTCERT_STUDY_H
#include "arm.h"
#include "store.h"

enum { OPTCERT_STUDY_NETS = 2, OPTCERT_CURVE = 21 };

typedef struct optcert_study {
    const char *name; /* "digits" or "text" */
    size_t nets;
    optcert_net_kind net[OPTCERT_STUDY_NETS];
    optcert_base base[OPTCERT_STUDY_NETS];
    uint32_t kappa_max; /* batch ratios 1, 2, 4, ... */
    uint32_t svag_max;  /* amplifications 1, 2, 4, ... */
    uint32_t svag_part; /* the SVAG arms run steps / svag_part steps: they cost l^2 times as much */
    size_t seeds;
    uint64_t seed;
} optcert_study;

/* The shipped studies; `quick` is small enough for every test run. */
void optcert_study_digits(optcert_study *study, bool quick);
void optcert_study_text(optcert_study *study, bool quick);

/* All seeds of one arm. */
typedef struct optcert_group {
    optcert_arm arm; /* its seed is the first one */
    size_t net;      /* index into study->net */
    optcert_base base;
    oc_status status; /* not OC_OK: the rule has no answer here, and there are no curves */
    optcert_training run;
    optcert_point *curve; /* seeds * OPTCERT_CURVE points */
} optcert_group;

typedef struct optcert_groups {
    size_t count;
    optcert_group *group;
} optcert_groups;

/* Lists the groups of a study with empty curves. 0, or -1 when memory is short. */
int optcert_study_plan(const optcert_study *study, optcert_groups *groups);
void optcert_groups_close(optcert_groups *groups);

/* Runs what the store does not have yet, on `jobs` threads; the curves do not depend on their number.
 * `progress` is called from one thread at a time. 0, or -1 and one line in `error`. */
int optcert_study_run(const optcert_study *study, const optcert_dataset *data, optcert_groups *groups,
                      optcert_store *store, unsigned jobs, void (*progress)(void *, uint64_t, uint64_t),
                      void *context, char *error, size_t error_size);

/* The network of a kind for data with that many classes. */
void optcert_study_network(optcert_net_kind kind, size_t classes, optcert_net *net);

/* The group of an arm, whatever its seed; NULL when the study has none. */
const optcert_group *optcert_groups_find(const optcert_groups *groups, const optcert_arm *arm);

#endif
