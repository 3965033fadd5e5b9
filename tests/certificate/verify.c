/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checking a certificate. */
#include "verify.h"
#include "claim_json.h"
#include "digest.h"
#include "json_text.h"
#include "statement.h"
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One check: how many violations, the first of them in words. */
typedef struct check {
    const char *id, *basis;
    uint64_t looked_at, violations;
    char first[400];
} check;

__attribute__((format(printf, 3, 4))) static bool expect(check *c, bool holds, const char *format, ...)
{
    c->looked_at++;
    if (!holds && c->violations++ == 0) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(c->first, sizeof c->first, format, arguments);
        va_end(arguments);
    }
    return holds;
}

static void close_check(const check *c, optcert_claims *checks)
{
    const double violations = (double)c->violations;
    const optcert_claim claim = {.id = c->id,
                                 .metric = "violations found",
                                 .method = OPTCERT_EXHAUSTIVE,
                                 .relation = OPTCERT_AT_MOST,
                                 .measured = violations,
                                 .low = violations,
                                 .high = violations,
                                 .sample_size = c->looked_at,
                                 .basis = c->basis,
                                 .detail = c->first};
    optcert_claims_add(checks, &claim);
}

static size_t first_difference(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != '\0' && a[i] == b[i]) {
        i++;
    }
    return i;
}

static json_t *check_form(const char *text, size_t size, optcert_claims *checks)
{
    check c = {.id = "verify.form", .basis = "the one form in which certificates are written"};
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (expect(&c, json != NULL, "not JSON: line %d, column %d: %s", error.line, error.column, error.text)) {
        char *canonical = optcert_json_text(json);
        const size_t at = canonical != NULL ? first_difference(canonical, text) : 0;
        expect(&c, canonical != NULL && at == size && canonical[at] == '\0',
               "not as optcert writes it: byte %zu of the file differs", at + 1);
        free(canonical);
    }
    close_check(&c, checks);
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
    check c = {.id = "verify.statement", .basis = "in-toto Statement v1"};
    expect(&c, strcmp(word(json, "_type"), OPTCERT_STATEMENT_TYPE) == 0, "_type is '%s', not '%s'",
           word(json, "_type"), OPTCERT_STATEMENT_TYPE);
    expect(&c, strcmp(word(json, "predicateType"), OPTCERT_PREDICATE_TYPE) == 0,
           "predicateType is '%s', not '%s'", word(json, "predicateType"), OPTCERT_PREDICATE_TYPE);
    expect(&c, json_array_size(member(json, "subject")) == 1, "subject must be a list of one build");
    const char *sha = word(json_array_get(member(json, "subject"), 0), "digest.sha256");
    expect(&c, strlen(sha) == 64 && strspn(sha, "0123456789abcdef") == 64, "subject digest '%s' is no sha256",
           sha);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect(&c, *word(json, texts[i]) != '\0', "%s is missing", texts[i]);
    }
    expect(&c, json_is_array(member(json, "predicate.assumptions")), "predicate.assumptions is missing");
    expect(&c, json_is_object(member(json, "predicate.environment")), "predicate.environment is missing");
    close_check(&c, checks);
}

static void check_checksum(const json_t *json, optcert_claims *checks)
{
    check c = {.id = "verify.checksum", .basis = "SHA-256 of the statement without its checksum"};
    char actual[OPTCERT_DIGEST_SIZE] = "";
    const char *stated = word(json, "predicate.checksum");
    optcert_statement_checksum(json, actual, sizeof actual);
    expect(&c, strcmp(stated, actual) == 0,
           "the statement was changed: its checksum is %.12s..., it states %.12s...", actual, stated);
    close_check(&c, checks);
}

/* The verdict that the certificate's claims give; each stated verdict is held against its numbers. */
static optcert_verdict judge_all(const json_t *list, check *c)
{
    optcert_claims claims = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        optcert_claim claim;
        char why[256] = "";
        if (!expect(c, optcert_claim_from_json(json_array_get(list, i), &claim, why, sizeof why), "%s",
                    why)) {
            continue;
        }
        const optcert_verdict follows = optcert_judge(&claim);
        expect(c, claim.verdict == follows, "claim %s states '%s', but its numbers say '%s'", claim.id,
               optcert_verdict_text(claim.verdict), optcert_verdict_text(follows));
        optcert_claims_add(&claims, &claim);
    }
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    optcert_claims_free(&claims);
    return verdict;
}

static void check_claims(const json_t *json, optcert_claims *checks)
{
    check c = {.id = "verify.claims", .basis = "verdicts follow from numbers (tests/suite/verdict.c)"};
    const json_t *list = member(json, "predicate.claims");
    expect(&c, json_array_size(list) > 0, "there is no claim: an absent claim claims nothing");
    const char *verdict = optcert_verdict_text(judge_all(list, &c));
    const char *stated = word(json, "predicate.verdict");
    expect(&c, strcmp(stated, verdict) == 0, "the certificate states '%s', but its claims say '%s'", stated,
           verdict);
    close_check(&c, checks);
}

static void check_digest(const json_t *json, const char *digest, optcert_claims *checks)
{
    check c = {.id = "verify.digest", .basis = "SHA-256 of the build"};
    const char *stated = word(json_array_get(member(json, "subject"), 0), "digest.sha256");
    expect(&c, strcmp(stated, digest) == 0,
           "the certificate is about sha256 %.12s..., this build is %.12s...", stated, digest);
    close_check(&c, checks);
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
