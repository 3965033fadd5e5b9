/* SPDX-License-Identifier: GPL-3.0-or-later
 * How often the conformance suite is wrong: false alarms on builds that are right, misses on builds that
 * are wrong (a failure that does not point at the symptom is a miss too), over many seeds. On a right build
 * each run takes every case once, with hyper-parameters drawn by lot; on a wrong one every case with all
 * hyper-parameters, as certify does. */
#ifndef OPTCERT_CALIBRATE_H
#define OPTCERT_CALIBRATE_H
#include "claims.h"
#include "dialect.h"

/* A build whose verdict is known. */
typedef struct optcert_known_build {
    char spec[128];
    const oc_ref_dialect *dialect;
    bool right;
    const char *symptom; /* of a wrong one: id of a claim that must fail; NULL for a right one */
} optcert_known_build;

/* All shipped builds and the corpus, in both formats; the caller frees the list. NULL when memory fails. */
optcert_known_build *optcert_known_builds(size_t *count);

typedef struct optcert_calibration {
    uint64_t runs, wrong; /* runs, and those whose verdict was not the known one */
    char first[256];      /* the first wrong one */
    char trouble[256];    /* not empty: the build could not be run, or not with every seed */
} optcert_calibration;

/* first, first + stride, ... below end. */
typedef struct optcert_seeds {
    uint64_t first, end, stride;
} optcert_seeds;

/* Runs one build over seeds and adds what comes out. */
void optcert_calibrate(const optcert_known_build *known, optcert_seeds seeds, optcert_calibration *result);

/* calibration.false-alarms and calibration.misses over all builds, each at most 0; and as observations the
 * same as rates with an exact interval (Clopper & Pearson 1934) of confidence 95 %. */
bool optcert_calibration_claims(const optcert_known_build *known, const optcert_calibration *results,
                                size_t count, uint64_t seed, optcert_claims *claims,
                                optcert_claims *observations);

#endif
