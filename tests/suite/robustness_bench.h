/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the parts of the robustness suite share: steps to be taken again and again, and claims about bits. */
#ifndef OPTCERT_ROBUSTNESS_BENCH_H
#define OPTCERT_ROBUSTNESS_BENCH_H
#include "conformance_tally.h"
#include "robustness.h"

enum { BENCH_N = 37, BENCH_STEPS = 12 };

/* Arrays of the build's format. */
typedef struct optcert_bench {
    const optcert_robustness *job;
    const oc_ref_format *format;
    optcert_hyper hyper; /* the usual ones; what the dialect does not read is 0 */
    double start[BENCH_N], grad[BENCH_STEPS * BENCH_N]; /* raw memory of the format, large enough for both */
} optcert_bench;

void optcert_bench_prepare(optcert_bench *bench, const optcert_robustness *job);

/* Bell-shaped numbers of a stream of their own. */
void optcert_bench_fill(const optcert_bench *bench, uint32_t stream, void *out, size_t count);

size_t optcert_bench_bytes(const optcert_bench *bench, size_t elements);

/* All elements through all steps; false when a call fails. */
bool optcert_bench_run(const optcert_bench *bench, optcert_placement placement, void *theta);

/* Counts the elements in which two arrays differ. */
void optcert_bench_tally(const optcert_bench *bench, const char *what, const void *one, const void *other,
                         optcert_bits_tally *bits);

/* A claim that nothing differs. */
bool optcert_bench_claim_bits(const char *id, const char *metric, const optcert_bits_tally *bits, uint64_t seed,
                              optcert_claims *claims);

/* The parts, each of which adds its claims. False when the harness itself fails. */
bool optcert_robustness_threads(const optcert_bench *bench, optcert_claims *claims);
bool optcert_robustness_split(const optcert_bench *bench, optcert_claims *claims, optcert_claims *observations);
bool optcert_robustness_unread(const optcert_bench *bench, optcert_claims *claims);
bool optcert_robustness_state(const optcert_bench *bench, optcert_claims *claims);
bool optcert_robustness_consumption(const optcert_bench *bench, optcert_claims *claims);

#endif
