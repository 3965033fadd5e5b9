/* SPDX-License-Identifier: GPL-3.0-or-later
 * Holding a certificate to a policy. Thresholds are judged where every verdict is: by optcert_judge, on the
 * whole interval of what was measured. */
#include "policy.h"
#include "check.h"
#include "claim_json.h"
#include "verdict.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

static bool in_list(const json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (strcmp(json_string_value(json_array_get(list, i)), text) == 0) {
            return true;
        }
    }
    return false;
}

/* Holds the interval low..high to one side of a range. */
static void expect_side(optcert_check *c, const json_t *range, optcert_relation side, optcert_claim seen,
                        const char *what)
{
    const json_t *limit = json_object_get(range, optcert_relation_text(side));
    if (limit == NULL) {
        return;
    }
    seen.relation = side;
    seen.threshold = json_number_value(limit);
    seen.sample_size = 1;
    optcert_expect(c, optcert_judge(&seen) == OPTCERT_PASSED, "%s: %s %.6g (%.6g to %.6g) is not %s %.6g",
                   seen.id, what, seen.measured, seen.low, seen.high,
                   side == OPTCERT_AT_MOST ? "at most" : "at least", seen.threshold);
}

static void expect_range(optcert_check *c, const json_t *requirement, const char *what, optcert_claim seen)
{
    const json_t *range = json_object_get(requirement, what);
    expect_side(c, range, OPTCERT_AT_MOST, seen, what);
    expect_side(c, range, OPTCERT_AT_LEAST, seen, what);
}

/* A number without an interval. */
static optcert_claim exactly(const char *id, double value)
{
    return (optcert_claim){.id = id, .measured = value, .low = value, .high = value};
}

static void expect_claim(optcert_check *c, const json_t *requirement, const optcert_claim *claim)
{
    const json_t *methods = json_object_get(requirement, "methods");
    const char *verdict = json_object_get(requirement, "verdict") != NULL
                              ? word(requirement, "verdict")
                              : optcert_verdict_text(OPTCERT_PASSED);
    optcert_expect(c, strcmp(verdict, optcert_verdict_text(claim->verdict)) == 0, "%s: %s, not %s", claim->id,
                   optcert_verdict_text(claim->verdict), verdict);
    optcert_expect(c, methods == NULL || in_list(methods, optcert_method_text(claim->method)),
                   "%s: its method, %s, is not accepted", claim->id, optcert_method_text(claim->method));
    expect_range(c, requirement, "measured", *claim);
    expect_range(c, requirement, "threshold", exactly(claim->id, claim->threshold));
    expect_range(c, requirement, "sample_size", exactly(claim->id, (double)claim->sample_size));
}

static void apply_requirement(const json_t *requirement, const json_t *claims, const char *basis,
                              optcert_claims *checks)
{
    char id[128], ignored[256];
    const char *pattern = word(requirement, "claim");
    snprintf(id, sizeof id, "policy.%.100s", pattern);
    optcert_check c = {.id = id, .basis = basis};
    size_t matched = 0;
    for (size_t i = 0; i < json_array_size(claims); i++) {
        optcert_claim claim;
        if (optcert_claim_from_json(json_array_get(claims, i), &claim, ignored, sizeof ignored) &&
            fnmatch(pattern, claim.id, 0) == 0) {
            expect_claim(&c, requirement, &claim);
            matched++;
        }
    }
    if (json_object_get(requirement, "count") == NULL) {
        optcert_expect(&c, matched > 0, "the certificate has no claim %s", pattern);
    }
    expect_range(&c, requirement, "count", exactly(pattern, (double)matched));
    optcert_check_close(&c, checks);
}

static void apply_whole(const json_t *policy, const json_t *predicate, optcert_signature signature,
                        const char *basis, optcert_claims *checks)
{
    const json_t *level = json_object_get(policy, "level"), *dialects = json_object_get(policy, "dialects");
    const char *dialect = word(json_object_get(predicate, "dialect"), "name");
    if (json_is_true(json_object_get(policy, "signed"))) {
        optcert_check c = {.id = "policy.signed", .basis = basis};
        optcert_expect(&c, signature == OPTCERT_SIGNATURE_GOOD, "%s",
                       signature == OPTCERT_SIGNATURE_NONE ? "the certificate is not signed"
                                                           : "the signature was not checked: give --key PUB");
        optcert_check_close(&c, checks);
    }
    if (level != NULL) {
        optcert_check c = {.id = "policy.level", .basis = basis};
        optcert_expect(&c, strcmp(word(predicate, "level"), json_string_value(level)) == 0,
                       "the level is %.40s, not %s", word(predicate, "level"), json_string_value(level));
        optcert_check_close(&c, checks);
    }
    if (dialects != NULL) {
        optcert_check c = {.id = "policy.dialects", .basis = basis};
        optcert_expect(&c, in_list(dialects, dialect), "dialect %.80s is none of those accepted", dialect);
        optcert_check_close(&c, checks);
    }
}

void optcert_policy_apply(const json_t *policy, const json_t *certificate, optcert_signature signature,
                          optcert_claims *checks)
{
    char basis[160];
    const json_t *predicate = json_object_get(certificate, "predicate");
    const json_t *require = json_object_get(policy, "require");
    snprintf(basis, sizeof basis, "policy %.100s", optcert_policy_name(policy));
    apply_whole(policy, predicate, signature, basis, checks);
    for (size_t i = 0; i < json_array_size(require); i++) {
        apply_requirement(json_array_get(require, i), json_object_get(predicate, "claims"), basis, checks);
    }
}
