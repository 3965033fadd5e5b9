/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checking a certificate. */
#include "verify.h"
#include "check.h"
#include "claim_json.h"
#include "digest.h"
#include "statement.h"
#include "verdict.h"

#include <stdio.h>
#include <string.h>

static json_t *check_form(const char *text, size_t size, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.form", .basis = "the one form in which certificates are written"};
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (optcert_expect(&c, json != NULL, "not JSON: line %d, column %d: %s", error.line, error.column,
                       error.text)) {
        optcert_expect_canonical(&c, json, text, size);
    }
    optcert_check_close(&c, checks);
    return json;
}

/* A member by path; "a.b.c". */
static const json_t *member(const json_t *json, const char *path)
{
    char key[64];
    while (json != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)length, path);
        json = json_object_get(json, key);
        path += length + (path[length] == '.' ? 1 : 0);
    }
    return json;
}

static const char *word(const json_t *json, const char *path)
{
    const char *value = json_string_value(member(json, path));
    return value != NULL ? value : "";
}

static void check_statement(const json_t *json, optcert_claims *checks)
{
    static const char *const texts[] = {"predicate.build.spec",
                                        "predicate.dialect.name",
                                        "predicate.verifier.name",
                                        "predicate.verifier.version",
                                        "predicate.time",
                                        "predicate.level",
                                        "predicate.verifier.source_sha256"};
    optcert_check c = {.id = "verify.statement", .basis = "in-toto Statement v1"};
    optcert_expect(&c, strcmp(word(json, "_type"), OPTCERT_STATEMENT_TYPE) == 0, "_type is '%s', not '%s'",
           word(json, "_type"), OPTCERT_STATEMENT_TYPE);
    optcert_expect(&c, strcmp(word(json, "predicateType"), OPTCERT_PREDICATE_TYPE) == 0,
           "predicateType is '%s', not '%s'", word(json, "predicateType"), OPTCERT_PREDICATE_TYPE);
    optcert_expect(&c, json_array_size(member(json, "subject")) == 1, "subject must be a list of one build");
    const char *sha = word(json_array_get(member(json, "subject"), 0), "digest.sha256");
    optcert_expect(&c, strlen(sha) == 64 && strspn(sha, "0123456789abcdef") == 64, "subject digest '%s' is no sha256",
           sha);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        optcert_expect(&c, *word(json, texts[i]) != '\0', "%s is missing", texts[i]);
    }
    optcert_expect(&c, json_is_array(member(json, "predicate.assumptions")), "predicate.assumptions is missing");
    optcert_expect(&c, json_is_object(member(json, "predicate.environment")), "predicate.environment is missing");
    optcert_check_close(&c, checks);
}

static void check_checksum(const json_t *json, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.checksum", .basis = "SHA-256 of the statement without its checksum"};
    char actual[OPTCERT_DIGEST_SIZE] = "";
    const char *stated = word(json, "predicate.checksum");
    optcert_statement_checksum(json, actual);
    optcert_expect(&c, strcmp(stated, actual) == 0,
           "the statement was changed: its checksum is %.12s..., it states %.12s...", actual, stated);
    optcert_check_close(&c, checks);
}

/* The verdict that the certificate's claims give; each stated verdict is held against its numbers. */
static optcert_verdict judge_all(const json_t *list, optcert_check *c)
{
    optcert_claims claims = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        optcert_claim claim;
        char why[256] = "";
        if (!optcert_expect(c, optcert_claim_from_json(json_array_get(list, i), &claim, why, sizeof why), "%s",
                    why)) {
            continue;
        }
        const optcert_verdict follows = optcert_judge(&claim);
        optcert_expect(c, claim.verdict == follows, "claim %s states '%s', but its numbers say '%s'", claim.id,
               optcert_verdict_text(claim.verdict), optcert_verdict_text(follows));
        optcert_claims_add(&claims, &claim);
    }
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    optcert_claims_free(&claims);
    return verdict;
}

static void check_claims(const json_t *json, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.claims", .basis = "verdicts follow from numbers (tests/suite/verdict.c)"};
    const json_t *list = member(json, "predicate.claims");
    optcert_expect(&c, json_array_size(list) > 0, "there is no claim: an absent claim claims nothing");
    const char *verdict = optcert_verdict_text(judge_all(list, &c));
    const char *stated = word(json, "predicate.verdict");
    optcert_expect(&c, strcmp(stated, verdict) == 0, "the certificate states '%s', but its claims say '%s'", stated,
           verdict);
    optcert_check_close(&c, checks);
}

static void check_digest(const json_t *json, const char *digest, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.digest", .basis = "SHA-256 of the build"};
    const char *stated = word(json_array_get(member(json, "subject"), 0), "digest.sha256");
    optcert_expect(&c, strcmp(stated, digest) == 0,
           "the certificate is about sha256 %.12s..., this build is %.12s...", stated, digest);
    optcert_check_close(&c, checks);
}

json_t *optcert_verify(const char *text, size_t size, const char *digest, optcert_claims *checks)
{
    json_t *json = check_form(text, size, checks);
    if (json == NULL) {
        return NULL;
    }
    check_statement(json, checks);
    check_checksum(json, checks);
    check_claims(json, checks);
    if (digest != NULL) {
        check_digest(json, digest, checks);
    }
    return json;
}
