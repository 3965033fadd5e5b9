/* SPDX-License-Identifier: GPL-3.0-or-later
 * Claims as JSON and JUnit, verdicts, and certificates that were damaged. */
#include "claim_json.h"
#include "claims_junit.h"
#include "json_text.h"
#include "statement.h"
#include "summary.h"
#include "unit.h"
#include "verdict.h"
#include "verify.h"
#include "wrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    optcert_method method;
    optcert_relation relation;
    double target, threshold, measured, low, high;
    uint64_t sample_size;
    optcert_verdict verdict;
    const char *origin;
} judged[] = {
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, 1, 1, 1, 9, OPTCERT_PASSED, "below"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, 2, 2, 2, 9, OPTCERT_PASSED, "equal counts as holding"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, 3, 3, 3, 9, OPTCERT_FAILED, "above"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, 2, 1, 3, 9, OPTCERT_INCONCLUSIVE, "straddles"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, INFINITY, 3, INFINITY, 9, OPTCERT_FAILED, "infinite error"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, NAN, NAN, NAN, 9, OPTCERT_INCONCLUSIVE, "NaN decides nothing"},
    {OPTCERT_SAMPLED, OPTCERT_AT_MOST, 0, 2, 1, 1, 1, 0, OPTCERT_INCONCLUSIVE, "nothing observed"},
    {OPTCERT_PROOF, OPTCERT_AT_MOST, 0, 0, 0, 0, 0, 0, OPTCERT_PASSED, "a proof observes nothing"},
    {OPTCERT_SAMPLED, OPTCERT_AT_LEAST, 0, 2, 3, 3, 3, 9, OPTCERT_PASSED, "above"},
    {OPTCERT_SAMPLED, OPTCERT_AT_LEAST, 0, 2, 1, 1, 1, 9, OPTCERT_FAILED, "below"},
    {OPTCERT_SAMPLED, OPTCERT_WITHIN, 1, 0.5, 1.25, 1, 1.5, 9, OPTCERT_PASSED, "inside"},
    {OPTCERT_SAMPLED, OPTCERT_WITHIN, 1, 0.5, 2, 1.75, 3, 9, OPTCERT_FAILED, "outside"},
    {OPTCERT_SAMPLED, OPTCERT_WITHIN, 1, 0.5, 1.5, 1.25, 2, 9, OPTCERT_INCONCLUSIVE, "straddles"},
};

static optcert_claim claim_at(size_t i)
{
    return (optcert_claim){.id = "test.claim",
                           .metric = "ulp",
                           .method = judged[i].method,
                           .relation = judged[i].relation,
                           .target = judged[i].target,
                           .threshold = judged[i].threshold,
                           .measured = judged[i].measured,
                           .low = judged[i].low,
                           .high = judged[i].high,
                           .sample_size = judged[i].sample_size,
                           .seed = 7,
                           .verdict = judged[i].verdict,
                           .basis = "a <basis> & \"more\"",
                           .detail = judged[i].origin};
}
enum { JUDGED = sizeof judged / sizeof judged[0] };

static void verdicts(void)
{
    for (size_t i = 0; i < JUDGED; i++) {
        const optcert_claim claim = claim_at(i);
        const optcert_verdict got = optcert_judge(&claim);
        UNIT_CHECK(got == judged[i].verdict, "%s: %s", judged[i].origin, optcert_verdict_text(got));
    }
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void claims_survive_json(void)
{
    for (size_t i = 0; i < JUDGED; i++) {
        const optcert_claim claim = claim_at(i);
        json_t *json = optcert_claim_to_json(&claim);
        char *text = optcert_json_text(json);
        json_t *again = json_loads(text, 0, NULL);
        optcert_claim back;
        char why[256] = "";
        UNIT_CHECK(optcert_claim_from_json(again, &back, why, sizeof why), "%s: %s", claim.detail, why);
        UNIT_CHECK(same_number(back.measured, claim.measured) && same_number(back.low, claim.low) &&
                       same_number(back.high, claim.high) && back.threshold == claim.threshold &&
                       back.target == (claim.relation == OPTCERT_WITHIN ? claim.target : 0) &&
                       back.verdict == claim.verdict && back.sample_size == claim.sample_size,
                   "%s: numbers changed", claim.detail);
        json_decref(again);
        json_decref(json);
        free(text);
    }
}

/* One member of a claim's JSON set to this, or taken away; and what is then said. */
static const struct {
    const char *object, *key, *value; /* object "": the claim itself; value NULL: taken away */
    const char *says;
} malformed[] = {
    {"", "id", NULL, "a claim lacks its id"},
    {"", "metric", "1", "a claim lacks its id, metric"},
    {"", "basis", "null", "a claim lacks its id, metric, basis"},
    {"", "detail", "[]", "a claim lacks its id, metric, basis or detail"},
    {"", "method", "\"luck\"", "method, relation or verdict is not one of the known words"},
    {"", "method", NULL, "method, relation or verdict"},
    {"", "relation", "\"near\"", "method, relation or verdict"},
    {"", "verdict", "\"good\"", "method, relation or verdict"},
    {"", "sample_size", "-1", "sample_size and seed must be whole numbers"},
    {"", "sample_size", "1.5", "sample_size and seed"},
    {"", "seed", "\"7\"", "sample_size and seed"},
    {"", "bits", NULL, "is missing, or differs from its bits"},
    {"", "measured", "1.0000001", "measured is missing, or differs from its bits"},
    {"", "measured", "\"1\"", "measured is missing, or differs"},
    {"", "low", NULL, "low is missing, or differs"},
    {"bits", "high", "\"\"", "high is missing, or differs"},
    {"bits", "high", "\"0x1p+0 \"", "high is missing, or differs"},
    {"bits", "measured", "\"inf\"", "measured is missing, or differs"}, /* then the decimal must be null */
    {"", "measured", "null", "measured is missing, or differs"},
    {"", "measured", "true", "measured is missing, or differs"},
    {"", "measured", NULL, "measured is missing, or differs"},
};

static void malformed_claims(void)
{
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        const optcert_claim claim = claim_at(0);
        json_t *json = optcert_claim_to_json(&claim);
        json_t *object = *malformed[i].object != '\0' ? json_object_get(json, malformed[i].object) : json;
        if (malformed[i].value != NULL) {
            json_object_set_new(object, malformed[i].key, json_loads(malformed[i].value, JSON_DECODE_ANY, NULL));
        } else {
            json_object_del(object, malformed[i].key);
        }
        optcert_claim back;
        char why[256] = "";
        UNIT_CHECK(!optcert_claim_from_json(json, &back, why, sizeof why), "%s %s is taken", malformed[i].key,
                   malformed[i].value != NULL ? malformed[i].value : "taken away");
        UNIT_CHECK(strstr(why, malformed[i].says) != NULL, "'%s' lacks '%s'", why, malformed[i].says);
        json_decref(json);
    }
}

static const struct {
    const char *text, *lines;
} wrapped[] = {
    {"", "label     \n"},
    {"short", "label     short\n"},
    {"0123456789012345678901234567890123456789012345678901234567890123456789",
     "label     0123456789012345678901234567890123456789012345678901234567890123456789\n"}, /* as long as there is room */
    {"0123456789012345678901234567890123456789012345678901234567890123456789x",
     "label     0123456789012345678901234567890123456789012345678901234567890123456789\n          x\n"}, /* a word that is too long */
    {"0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
     "label     0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\n          0123456789\n"},
    {"\x7f", "label     ?\n"},
};

static void lines_are_wrapped(void)
{
    for (size_t i = 0; i < sizeof wrapped / sizeof wrapped[0]; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        optcert_wrap("label", 10, wrapped[i].text, out);
        fclose(out);
        UNIT_CHECK(strcmp(text, wrapped[i].lines) == 0, "'%s': %s", wrapped[i].text, text);
        free(text);
    }
}

static void junit_has_every_verdict(void)
{
    static const char *const wanted[] = {"failures=\"1\" skipped=\"1\"", "<testcase classname=\"s\" name=\"test.claim\"/>",
                                         "<failure message=\"above\"/>", "<skipped message=\"a &gt;?b?c\"/>"};
    optcert_claims claims = {0};
    for (size_t i = 0; i < 3; i++) {
        optcert_claim claim = claim_at((const size_t[]){0, 2, 3}[i]);
        claim.detail = i == 2 ? "a >\tb\nc" : claim.detail;
        optcert_claims_add(&claims, &claim);
    }
    UNIT_CHECK(claims.count == 3, "%zu claims", claims.count);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    optcert_junit_print("s", &claims, out);
    fclose(out);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        UNIT_CHECK(strstr(text, wanted[i]) != NULL, "%s lacks %s", text, wanted[i]);
    }
    free(text);
    UNIT_CHECK(!optcert_junit_write("/nonexistent/x", "s", &claims) && !optcert_junit_write("/dev/full", "s", &claims), "written");
    optcert_claims_free(&claims);
}

static void junit_is_escaped(void)
{
    optcert_claims claims = {0};
    optcert_claim claim = claim_at(2);
    claim.detail = "a < b & \"c\" \x01";
    optcert_claims_add(&claims, &claim);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    optcert_junit_print("suite", &claims, out);
    fclose(out);
    UNIT_CHECK(strstr(text, "message=\"a &lt; b &amp; &quot;c&quot; ?\"") != NULL, "%s", text);
    UNIT_CHECK(strstr(text, "tests=\"1\" failures=\"1\" skipped=\"0\"") != NULL, "%s", text);
    free(text);
    optcert_claims_free(&claims);
}

/* What a hostile build says reaches neither the terminal's controls nor breaks the JSON. */
static void texts_from_outside(void)
{
    static const char hostile[] = "red \033[31m, bell \a, not UTF-8 \xff";
    optcert_claims claims = {0};
    optcert_claim claim = claim_at(2);
    claim.detail = hostile;
    optcert_claims_add(&claims, &claim);
    UNIT_CHECK(strcmp(claims.item[0].detail, "red ?[31m, bell ?, not UTF-8 ?") == 0, "%s",
               claims.item[0].detail);
    json_t *string = optcert_json_string(hostile);
    UNIT_CHECK(json_is_string(string), "no string");
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    optcert_wrap("", 0, hostile, out);
    fclose(out);
    UNIT_CHECK(strchr(text, '\033') == NULL && strchr(text, '\a') == NULL, "control characters are printed");
    free(text);
    json_decref(string);
    optcert_claims_free(&claims);
}

/* A small certificate about nothing. */
static char *certificate_text(void)
{
    const optcert_build_info build = {.spec = "builtin:adam",
                                      .name = "adam",
                                      .claims = "adam",
                                      .scalar = OPTCERT_F64,
                                      .digest =
                                          "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                      .digest_of = "/somewhere/liboptcert.so",
                                      .fp_environment = ""};
    optcert_claims claims = {0}, observations = {0};
    const optcert_claim claim = claim_at(0);
    optcert_claims_add(&claims, &claim);
    const optcert_certificate certificate = {&build,       oc_ref_dialect_find("adam"), "quick", 1, &claims,
                                             &observations, NULL};
    json_t *statement = optcert_statement(&certificate);
    char *text = optcert_json_text(statement);
    json_decref(statement);
    optcert_claims_free(&claims);
    return text;
}

static optcert_verdict verify(const char *text, size_t size, const char *digest)
{
    optcert_claims checks = {0};
    json_decref(optcert_verify(text, size, digest, &checks));
    const optcert_verdict verdict = optcert_claims_verdict(&checks);
    optcert_claims_free(&checks);
    return verdict;
}

static void whole_certificate(void)
{
    char *text = certificate_text();
    UNIT_CHECK(verify(text, strlen(text), NULL) == OPTCERT_PASSED, "a fresh certificate is refused:\n%s",
               text);
    UNIT_CHECK(verify(text, strlen(text),
                      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef") == OPTCERT_PASSED,
               "its build is refused");
    UNIT_CHECK(verify(text, strlen(text),
                      "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef") == OPTCERT_FAILED,
               "another build is taken");
    UNIT_CHECK(verify(text, strlen(text) - 2, NULL) == OPTCERT_FAILED, "a cut certificate is taken");
    UNIT_CHECK(verify("", 0, NULL) == OPTCERT_FAILED, "nothing is taken");
    UNIT_CHECK(verify("{}", 2, NULL) == OPTCERT_FAILED, "an empty object is taken");
    free(text);
}

/* Whether a certificate is refused with a reason. */
static bool refused(const char *text, size_t size)
{
    optcert_claims checks = {0};
    bool reason = false;
    json_decref(optcert_verify(text, size, NULL, &checks));
    for (size_t i = 0; i < checks.count; i++) {
        reason = reason || (checks.item[i].verdict == OPTCERT_FAILED && checks.item[i].detail[0] != '\0');
    }
    optcert_claims_free(&checks);
    return reason;
}

/* Whatever byte changes, and whatever bit of it: the certificate is refused. */
static void any_changed_byte_is_seen(void)
{
    char *text = certificate_text();
    const size_t size = strlen(text);
    for (size_t i = 0; i < size; i++) {
        const char was = text[i];
        text[i] = (char)(was ^ (1 << (i % 7)));
        UNIT_CHECK(refused(text, size), "byte %zu changed from '%c' to '%c'", i, was,
                   text[i]);
        text[i] = was;
    }
    free(text);
}

/* Whoever changes a verdict and mends the checksum too is found by the numbers. */
static void forged_verdict(void)
{
    char *text = certificate_text();
    json_t *statement = json_loads(text, 0, NULL);
    json_t *predicate = json_object_get(statement, "predicate");
    json_t *claim = json_array_get(json_object_get(predicate, "claims"), 0);
    json_object_set_new(claim, "measured", json_real(3));
    json_object_set_new(json_object_get(claim, "bits"), "measured", json_string("0x1.8p+1"));
    json_object_set_new(json_object_get(claim, "bits"), "high", json_string("0x1.8p+1"));
    json_object_set_new(claim, "high", json_real(3));
    json_object_set_new(json_object_get(claim, "bits"), "low", json_string("0x1.8p+1"));
    json_object_set_new(claim, "low", json_real(3));
    char checksum[65];
    optcert_statement_checksum(statement, checksum);
    json_object_set_new(predicate, "checksum", json_string(checksum));
    char *forged = optcert_json_text(statement);
    optcert_claims checks = {0};
    json_decref(optcert_verify(forged, strlen(forged), NULL, &checks));
    const optcert_claim *check = optcert_claims_find(&checks, "verify.claims");
    UNIT_CHECK(check != NULL && check->verdict == OPTCERT_FAILED, "a forged verdict is taken");
    UNIT_CHECK(check != NULL && strstr(check->detail, "its numbers say 'failed'") != NULL, "%s",
               check != NULL ? check->detail : "");
    UNIT_CHECK(optcert_claims_find(&checks, "verify.checksum")->verdict == OPTCERT_PASSED, "checksum");
    optcert_claims_free(&checks);
    json_decref(statement);
    free(forged);
    free(text);
}

/* A member of a sound certificate set to this, or taken away, with a checksum that fits: what the statement then lacks. */
static const struct {
    const char *object, *key, *value, *says;
} odd[] = {
    {"", "_type", "\"x\"", "_type is 'x'"},
    {"", "predicateType", "1", "predicateType is ''"},
    {"", "subject", "[]", "subject must be a list of one build"},
    {"predicate", "time", NULL, "predicate.time is missing"},
    {"predicate", "assumptions", "{}", "predicate.assumptions is missing"},
    {"predicate", "assumptions", NULL, "predicate.assumptions is missing"},
    {"predicate", "environment", "[]", "predicate.environment is missing"},
    {"predicate", "environment", NULL, "predicate.environment is missing"},
};

static void odd_statements(void)
{
    char *text = certificate_text();
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        json_t *statement = json_loads(text, 0, NULL), *predicate = json_object_get(statement, "predicate");
        json_t *object = *odd[i].object != '\0' ? predicate : statement;
        json_object_del(object, odd[i].value == NULL ? odd[i].key : "");
        if (odd[i].value != NULL) {
            json_object_set_new(object, odd[i].key, json_loads(odd[i].value, JSON_DECODE_ANY, NULL));
        }
        char checksum[65];
        optcert_statement_checksum(statement, checksum);
        json_object_set_new(predicate, "checksum", json_string(checksum));
        char *changed = optcert_json_text(statement);
        optcert_claims checks = {0};
        json_decref(optcert_verify(changed, strlen(changed), NULL, &checks));
        const optcert_claim *check = optcert_claims_find(&checks, "verify.statement");
        UNIT_CHECK(check != NULL && check->verdict == OPTCERT_FAILED && strstr(check->detail, odd[i].says) != NULL,
                   "%s: '%s' lacks '%s'", odd[i].key, check != NULL ? check->detail : "", odd[i].says);
        optcert_claims_free(&checks);
        json_decref(statement);
        free(changed);
    }
    free(text);
}

/* What the summary says of a build, for the verdicts of its claims. */
static const struct {
    const char *id;
    size_t judged; /* claim_at's: 0 passed, 2 failed, 3 inconclusive */
    const char *fp, *says;
    bool colour;
} summaries[] = {
    {"conformance.calls", 0, "", "computes adam in binary64 within honest rounding on everything tried.", false},
    {"conformance.calls", 0, "flush-to-zero", "changes the floating-point mode of the whole process", false},
    {"conformance.calls", 2, "", "does not compute adam in binary64 as defined", true},
    {"conformance.calls", 3, "", "What was observed does not decide whether this build computes adam", true},
    {"robustness.state", 0, "", "was not asked: the suite conformance did not run", true},
    {"conformance.calls", 2, "", "\033[31mfailed", true},
    {"conformance.calls", 3, "", "\033[33minconclusive", true},
};

static void summaries_say(void)
{
    for (size_t i = 0; i < sizeof summaries / sizeof summaries[0]; i++) {
        const optcert_build_info build = {.spec = "b", .name = "b", .claims = "adam", .scalar = OPTCERT_F64, .digest = "0", .digest_of = "b",
                                          .fp_environment = summaries[i].fp};
        optcert_claims claims = {0}, none = {0};
        optcert_claim claim = claim_at(summaries[i].judged);
        claim.id = summaries[i].id;
        optcert_claims_add(&claims, &claim);
        const optcert_certificate certificate = {&build, oc_ref_dialect_find("adam"), "quick", 1, &claims, &none, NULL};
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        optcert_summary_print(&certificate, summaries[i].colour, out);
        fclose(out);
        for (char *c = text; *c != '\0'; c++) {
            *c = *c == '\n' ? ' ' : *c; /* where lines break is no matter here */
        }
        UNIT_CHECK(strstr(text, summaries[i].says) != NULL, "'%s' lacks '%s'", text, summaries[i].says);
        UNIT_CHECK(summaries[i].colour == (strchr(text, '\033') != NULL), "%s: colour", summaries[i].says);
        free(text);
        optcert_claims_free(&claims);
    }
}

static void time_of_the_certificate(void)
{
    char text[32] = "";
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    UNIT_CHECK(optcert_time_text(text, sizeof text) && strcmp(text, "1970-01-02T00:00:00Z") == 0, "%s", text);
    char *one = certificate_text(), *two = certificate_text();
    UNIT_CHECK(strcmp(one, two) == 0, "the same facts give other bytes");
    free(one);
    free(two);
    static const char *const no_time[] = {"yesterday", "", "-1", "1.5", "4294967296"};
    for (size_t i = 0; i < sizeof no_time / sizeof no_time[0]; i++) {
        setenv("SOURCE_DATE_EPOCH", no_time[i], 1);
        UNIT_CHECK(!optcert_time_text(text, sizeof text), "'%s' is taken", no_time[i]);
    }
    unsetenv("SOURCE_DATE_EPOCH");
}

UNIT_SUITE(certificate, {"verdicts", verdicts}, {"claims_survive_json", claims_survive_json},
           {"malformed_claims", malformed_claims}, {"odd_statements", odd_statements}, {"summaries_say", summaries_say}, {"lines_are_wrapped", lines_are_wrapped},
           {"junit_has_every_verdict", junit_has_every_verdict},
           {"junit_is_escaped", junit_is_escaped}, {"texts_from_outside", texts_from_outside},
           {"whole_certificate", whole_certificate}, {"any_changed_byte_is_seen", any_changed_byte_is_seen},
           {"forged_verdict", forged_verdict}, {"time_of_the_certificate", time_of_the_certificate})
