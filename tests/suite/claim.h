/* SPDX-License-Identifier: GPL-3.0-or-later
 * A claim: one statement about a build, with the numbers that its verdict follows from.
 * There is one type for a claim; it flows unchanged into the certificate and every report. */
#ifndef OPTCERT_CLAIM_H
#define OPTCERT_CLAIM_H
#include <stdint.h>

typedef enum optcert_method {
    OPTCERT_PROOF,
    OPTCERT_EXHAUSTIVE,
    OPTCERT_DETERMINISTIC,
    OPTCERT_SAMPLED
} optcert_method;

typedef enum optcert_verdict { OPTCERT_PASSED, OPTCERT_FAILED, OPTCERT_INCONCLUSIVE } optcert_verdict;

/* How `measured` must stand to `threshold` for the claim to hold. */
typedef enum optcert_relation {
    OPTCERT_AT_MOST,  /* measured <= threshold */
    OPTCERT_AT_LEAST, /* measured >= threshold */
    OPTCERT_WITHIN    /* |measured - target| <= threshold */
} optcert_relation;

/* How many errors there were of which size, in ulps: none at all; up to 2^LOWEST, and between one power of two and
 * the next; beyond the last. */
enum { OPTCERT_HISTOGRAM = 17, OPTCERT_HISTOGRAM_LOWEST = -4 };

/* How what was measured came about, step by step: a distance, or another weak error, at a step of size h (of the plain
 * run's), with its interval. */
typedef struct optcert_claim_point {
    double h, value, low, high;
} optcert_claim_point;
enum { OPTCERT_CURVE_POINTS = 8 };

typedef struct optcert_claim {
    const char *id;     /* dotted path, e.g. "conformance.theta.ulp" */
    const char *metric; /* what is measured, with its unit, e.g. "ulp" */
    optcert_method method;
    optcert_relation relation;
    double target;    /* only for OPTCERT_WITHIN */
    double threshold; /* derived; the derivation stands in `basis` */
    double measured;
    double low, high;     /* interval that contains the true value: equal to measured when exact */
    uint64_t sample_size; /* number of observations behind `measured`; 0: nothing was observed */
    uint64_t seed;
    optcert_verdict verdict; /* always optcert_judge(claim): set by optcert_claim_close */
    const char *basis;       /* theorem, definition or derivation that gives the threshold */
    const char *detail;      /* worst case or symptom, one line; "" when there is nothing to say */
    uint64_t histogram[OPTCERT_HISTOGRAM]; /* of claims about errors; else all 0 */
    optcert_claim_point curve[OPTCERT_CURVE_POINTS]; /* of claims about limits: `points` of them */
    unsigned points;
} optcert_claim;

#endif
