/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the conformance suite keeps of millions of comparisons: counts, the worst, the first failure. */
#ifndef OPTCERT_CONFORMANCE_TALLY_H
#define OPTCERT_CONFORMANCE_TALLY_H
#include "ball.h"
#include "claims.h"

/* Where in the suite something was seen. */
typedef struct optcert_spot {
    const char *case_name, *hyper_name;
    uint64_t step; /* 0-based, the build's own count */
    size_t element;
} optcert_spot;

enum { OPTCERT_DETAIL_SIZE = 320 };

/* Errors of one quantity (parameters, or one slot). */
typedef struct optcert_error_tally {
    uint64_t compared, unbounded, histogram[OPTCERT_HISTOGRAM];
    double ratio, ulps, allowed; /* the worst so far: ratio = ulps / allowed */
    char worst[OPTCERT_DETAIL_SIZE], first_failure[OPTCERT_DETAIL_SIZE];
} optcert_error_tally;

/* Values that differ in bits. */
typedef struct optcert_bits_tally {
    uint64_t compared, different;
    char first[OPTCERT_DETAIL_SIZE];
} optcert_bits_tally;

/* Calls to the build. */
typedef struct optcert_call_tally {
    uint64_t made, failed;
    char first[OPTCERT_DETAIL_SIZE];
} optcert_call_tally;

void optcert_tally_error(optcert_error_tally *tally, const oc_ref_format *format, const optcert_spot *spot,
                         double got, const oc_ref_ball *truth);
void optcert_tally_bits(optcert_bits_tally *tally, const optcert_spot *spot, double got, double expected);

/* The claims that follow. `quantity`: "theta", "m", "v". */
bool optcert_claim_error(optcert_claims *claims, const char *quantity, const optcert_error_tally *tally,
                         uint64_t seed);
bool optcert_claim_bits(optcert_claims *claims, const optcert_bits_tally *tally, uint64_t seed);
bool optcert_claim_calls(optcert_claims *claims, const optcert_call_tally *tally, uint64_t seed);
bool optcert_claim_unchecked(optcert_claims *claims, uint64_t unbounded, uint64_t compared, uint64_t seed);

#endif
