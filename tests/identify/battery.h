/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batteries: the conformance suite's cases as records, once for each set of hyper-parameters that dialects read;
 * small records first, so that most models are ruled out soon. */
#ifndef OPTCERT_BATTERY_H
#define OPTCERT_BATTERY_H
#include "design.h"

typedef struct optcert_battery {
    unsigned uses;
    optcert_record **record;
    size_t count;
    size_t *order;   /* for searches: what ruled a model out last is tried first on the next one */
    bool failed;     /* a call of the build failed */
    const optcert_record *failure;
} optcert_battery;

/* All cases, each with one set of hyper-parameters in turn, and some with all; with `wide` all with all. NULL when
 * memory fails or the harness itself does. */
optcert_battery *optcert_battery_new(optcert_prober *prober, unsigned uses, const optcert_pins *pins, bool wide);
void optcert_battery_free(optcert_battery *battery);

/* Whether the model predicts every record; else the first that it does not. */
bool optcert_battery_matches(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model,
                             optcert_mismatch *first);

/* The same answer, sooner where it is no. */
bool optcert_battery_admits(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model);

/* How much a model leaves open, over the smaller records. */
typedef struct optcert_openness {
    double looseness; /* mean binary logarithm of the radii of theta */
    double share;     /* of steps of theta that are not known to a quarter of themselves */
} optcert_openness;

optcert_openness optcert_battery_openness(const optcert_battery *battery, optcert_walk *walk,
                                          const optcert_model *model);

#endif
