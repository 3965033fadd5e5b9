/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verdicts: every relation, each side of its threshold, and every reason to decide nothing. */
#include "unit.h"
#include "verdict.h"

#include <math.h>
#include <string.h>

typedef struct verdict_case {
    optcert_relation relation;
    double target, threshold, low, measured, high;
    optcert_verdict expected;
    const char *origin;
} verdict_case;

#define UNKNOWN ((optcert_relation)99)
static const verdict_case table[] = {
    {OPTCERT_AT_MOST, 0, 2, 1, 1, 1, OPTCERT_PASSED, "below"},
    {OPTCERT_AT_MOST, 0, 2, 2, 2, 2, OPTCERT_PASSED, "at the threshold"},
    {OPTCERT_AT_MOST, 0, 2, 3, 3, 3, OPTCERT_FAILED, "above"},
    {OPTCERT_AT_MOST, 0, 2, 1, 1.5, 3, OPTCERT_INCONCLUSIVE, "straddles"},
    {OPTCERT_AT_MOST, 0, 2, 2, 2.5, 3, OPTCERT_INCONCLUSIVE, "touches from above"},
    {OPTCERT_AT_MOST, 0, 0, 0, 0, 0, OPTCERT_PASSED, "zero at most zero"},
    {OPTCERT_AT_MOST, 0, 2, INFINITY, INFINITY, INFINITY, OPTCERT_FAILED, "infinite error"},
    {OPTCERT_AT_MOST, 0, 2, 0, 1, INFINITY, OPTCERT_INCONCLUSIVE, "no upper end"},
    {OPTCERT_AT_LEAST, 0, 2, 3, 3, 3, OPTCERT_PASSED, "above"},
    {OPTCERT_AT_LEAST, 0, 2, 2, 2, 2, OPTCERT_PASSED, "at the threshold"},
    {OPTCERT_AT_LEAST, 0, 2, 1, 1, 1, OPTCERT_FAILED, "below"},
    {OPTCERT_AT_LEAST, 0, 2, 1, 2.5, 3, OPTCERT_INCONCLUSIVE, "straddles"},
    {OPTCERT_AT_LEAST, 0, 2, 1, 1.5, 2, OPTCERT_INCONCLUSIVE, "touches from below"},
    {OPTCERT_WITHIN, 5, 1, 4.5, 5, 5.5, OPTCERT_PASSED, "inside"},
    {OPTCERT_WITHIN, 5, 1, 4, 5, 6, OPTCERT_PASSED, "fills the band"},
    {OPTCERT_WITHIN, 5, 1, 2, 3, 3.5, OPTCERT_FAILED, "below the band"},
    {OPTCERT_WITHIN, 5, 1, 6.5, 7, 8, OPTCERT_FAILED, "above the band"},
    {OPTCERT_WITHIN, 5, 1, 3, 5, 5.5, OPTCERT_INCONCLUSIVE, "out below"},
    {OPTCERT_WITHIN, 5, 1, 4.5, 5, 7, OPTCERT_INCONCLUSIVE, "out above"},
    {OPTCERT_WITHIN, 5, 1, 6, 6.5, 7, OPTCERT_INCONCLUSIVE, "touches the band"},
    {OPTCERT_WITHIN, 5, 1, 3, 3.5, 4, OPTCERT_INCONCLUSIVE, "touches the band from below"},
    {OPTCERT_AT_LEAST, 0, 2, 3, 3, NAN, OPTCERT_INCONCLUSIVE, "high not a number, the rest above"},
    {OPTCERT_AT_LEAST, 0, 2, NAN, 1, 1, OPTCERT_INCONCLUSIVE, "low not a number, the rest below"},
    {OPTCERT_WITHIN, NAN, 1, 5, 5, 5, OPTCERT_INCONCLUSIVE, "target not a number"},
    {OPTCERT_AT_MOST, 0, NAN, 1, 1, 1, OPTCERT_INCONCLUSIVE, "threshold not a number"},
    {OPTCERT_AT_MOST, 0, 2, 1, NAN, 1, OPTCERT_INCONCLUSIVE, "measured not a number"},
    {OPTCERT_AT_MOST, 0, 2, NAN, 1, 1, OPTCERT_INCONCLUSIVE, "low not a number"},
    {OPTCERT_AT_MOST, 0, 2, 1, 1, NAN, OPTCERT_INCONCLUSIVE, "high not a number"},
    {OPTCERT_AT_MOST, 0, 2, 1.5, 1, 1.75, OPTCERT_INCONCLUSIVE, "measured below its interval"},
    {OPTCERT_AT_MOST, 0, 2, 0.5, 1, 0.75, OPTCERT_INCONCLUSIVE, "measured above its interval"},
    {UNKNOWN, 0, 2, 1, 1, 1, OPTCERT_INCONCLUSIVE, "a relation that does not exist"},
};

static optcert_claim claim_of(const verdict_case *c, optcert_method method, uint64_t sample_size)
{
    return (optcert_claim){.relation = c->relation,
                           .method = method,
                           .target = c->target,
                           .threshold = c->threshold,
                           .low = c->low,
                           .measured = c->measured,
                           .high = c->high,
                           .sample_size = sample_size};
}

static void judged(void)
{
    static const optcert_method methods[] = {OPTCERT_PROOF, OPTCERT_EXHAUSTIVE, OPTCERT_DETERMINISTIC,
                                             OPTCERT_SAMPLED};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        for (size_t m = 0; m < 4; m++) {
            optcert_claim claim = claim_of(&table[i], methods[m], 10);
            const optcert_verdict v = optcert_judge(&claim);
            UNIT_CHECK(v == table[i].expected, "%s %s: %s", optcert_relation_text(claim.relation % 3),
                       table[i].origin, optcert_verdict_text(v));
            claim.verdict = (optcert_verdict)((v + 1) % 3);
            optcert_claim_close(&claim);
            UNIT_CHECK(claim.verdict == v, "%s: closing decides otherwise", table[i].origin);
        }
    }
}

/* Nothing observed decides nothing, unless it is proved. */
static void nothing_observed(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const optcert_claim proof = claim_of(&table[i], OPTCERT_PROOF, 0);
        UNIT_CHECK(optcert_judge(&proof) == table[i].expected, "%s: proof without a sample", table[i].origin);
        const optcert_claim sampled = claim_of(&table[i], OPTCERT_SAMPLED, 0);
        UNIT_CHECK(optcert_judge(&sampled) == OPTCERT_INCONCLUSIVE, "%s: sampled, no sample", table[i].origin);
        const optcert_claim counted = claim_of(&table[i], OPTCERT_DETERMINISTIC, 0);
        UNIT_CHECK(optcert_judge(&counted) == OPTCERT_INCONCLUSIVE, "%s: nothing counted", table[i].origin);
    }
}

/* One observation decides as well as many. */
static void one_observed(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const optcert_claim claim = claim_of(&table[i], OPTCERT_SAMPLED, 1);
        UNIT_CHECK(optcert_judge(&claim) == table[i].expected, "%s: one observation", table[i].origin);
    }
}

static void words(void)
{
    static const char *const verdicts[] = {"passed", "failed", "inconclusive"};
    static const char *const methods[] = {"proof", "exhaustive", "deterministic", "sampled"};
    static const char *const relations[] = {"at-most", "at-least", "within"};
    for (int i = 0; i < 3; i++) {
        UNIT_CHECK(strcmp(optcert_verdict_text((optcert_verdict)i), verdicts[i]) == 0, "verdict %d", i);
        UNIT_CHECK(strcmp(optcert_relation_text((optcert_relation)i), relations[i]) == 0, "relation %d", i);
    }
    for (int i = 0; i < 4; i++) {
        UNIT_CHECK(strcmp(optcert_method_text((optcert_method)i), methods[i]) == 0, "method %d", i);
    }
}

UNIT_SUITE(verdict, {"judged", judged}, {"nothing_observed", nothing_observed}, {"one_observed", one_observed},
           {"words", words})
