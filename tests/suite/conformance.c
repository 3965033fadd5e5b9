/* SPDX-License-Identifier: GPL-3.0-or-later
 * The conformance suite: all cases, then the claims. */
#include "conformance.h"
#include "conformance_run.h"

#include <stdlib.h>

/* A build that failed this many calls has shown what it is; each hang costs the limit of a call. */
enum { FAILED_CALLS_MAX = 3 };

/* One case at position `at` of `total`; hyper-parameters by position, or by lot for calibration. */
static bool run_at(const optcert_conformance *job, uint64_t at, optcert_tallies *tallies)
{
    const size_t hypers = optcert_hyper_count();
    const uint32_t stream = (uint32_t)at;
    const optcert_draw lot = {.seed = job->seed, .stream = UINT32_MAX, .step = stream};
    const size_t which = job->rounds > 0 ? at % hypers : (size_t)(optcert_draw_bits(&lot, 99) % hypers);
    const size_t place = job->rounds > 0 ? (size_t)(at / hypers) % optcert_case_count() : (size_t)at;
    optcert_hyper_case hyper;
    optcert_hyper_at(which, job->seed + at, job->dialect->uses, &hyper);
    return optcert_conformance_case(job, optcert_case_at(place), &hyper, stream, tallies);
}

static bool add_claims(const optcert_conformance *job, const optcert_tallies *tallies, optcert_claims *claims,
                       optcert_claims *observations)
{
    const uint64_t seed = job->seed;
    uint64_t compared = tallies->theta.compared, unbounded = tallies->theta.unbounded;
    bool whole = optcert_claim_calls(claims, &tallies->calls, seed) &&
                 optcert_claim_error(claims, "theta", &tallies->theta, seed);
    for (size_t s = 0; s < job->dialect->slots; s++) {
        const optcert_error_tally *slot = &tallies->slot[s];
        compared += slot->compared;
        unbounded += slot->unbounded;
        if (slot->compared > 0) {
            whole = whole && optcert_claim_error(claims, job->dialect->slot[s], slot, seed);
        }
    }
    if (job->dialect->exact != NULL) {
        whole = whole && optcert_claim_bits(job->exact ? claims : observations, &tallies->bits, seed);
    }
    return whole && optcert_claim_unchecked(observations, unbounded, compared, seed);
}

bool optcert_conformance_run(const optcert_conformance *job, optcert_claims *claims,
                             optcert_claims *observations)
{
    const uint64_t total =
        job->rounds > 0 ? job->rounds * optcert_case_count() * optcert_hyper_count() : optcert_case_count();
    optcert_tallies *tallies = calloc(1, sizeof *tallies);
    bool whole = tallies != NULL;
    for (uint64_t at = 0; whole && at < total && tallies->calls.failed < FAILED_CALLS_MAX; at++) {
        whole = run_at(job, at, tallies);
        if (job->progress != NULL) {
            job->progress(job->context, at + 1, total);
        }
    }
    whole = whole && add_claims(job, tallies, claims, observations);
    free(tallies);
    return whole;
}
