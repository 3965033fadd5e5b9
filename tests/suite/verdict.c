/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts: a claim passes when its whole interval satisfies the relation, fails when its whole
 * interval violates it, and is inconclusive when the interval straddles the threshold. */
#include "verdict.h"

#include <math.h>
#include <stdbool.h>

static bool decidable(const optcert_claim *claim)
{
    if (isnan(claim->measured) || isnan(claim->low) || isnan(claim->high) || isnan(claim->threshold)) {
        return false;
    }
    if (claim->low > claim->measured || claim->measured > claim->high) {
        return false;
    }
    return claim->sample_size > 0 || claim->method == OPTCERT_PROOF;
}

static optcert_verdict decide(bool all_hold, bool none_holds)
{
    if (all_hold) {
        return OPTCERT_PASSED;
    }
    return none_holds ? OPTCERT_FAILED : OPTCERT_INCONCLUSIVE;
}

optcert_verdict optcert_judge(const optcert_claim *claim)
{
    if (!decidable(claim)) {
        return OPTCERT_INCONCLUSIVE;
    }
    switch (claim->relation) {
    case OPTCERT_AT_MOST:
        return decide(claim->high <= claim->threshold, claim->low > claim->threshold);
    case OPTCERT_AT_LEAST:
        return decide(claim->low >= claim->threshold, claim->high < claim->threshold);
    case OPTCERT_WITHIN: {
        const double lower = claim->target - claim->threshold;
        const double upper = claim->target + claim->threshold;
        return decide(claim->low >= lower && claim->high <= upper, claim->high < lower || claim->low > upper);
    }
    }
    return OPTCERT_INCONCLUSIVE;
}

void optcert_claim_close(optcert_claim *claim)
{
    claim->verdict = optcert_judge(claim);
}

const char *optcert_verdict_text(optcert_verdict verdict)
{
    static const char *const text[] = {"passed", "failed", "inconclusive"};
    return text[verdict];
}

const char *optcert_method_text(optcert_method method)
{
    static const char *const text[] = {"proof", "exhaustive", "deterministic", "sampled"};
    return text[method];
}

const char *optcert_relation_text(optcert_relation relation)
{
    static const char *const text[] = {"at-most", "at-least", "within"};
    return text[relation];
}
