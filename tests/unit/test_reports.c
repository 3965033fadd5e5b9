/* SPDX-License-Identifier: GPL-3.0-or-later
 * The reports made from a certificate: HTML, SARIF, in-toto's test result. */
#include "claim_json.h"
#include "html.h"
#include "html_bar.h"
#include "sarif_claims.h"
#include "test_result.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    double value, threshold, position;
    const char *origin;
} bars[] = {
    {0, 2, 0, "nothing"},
    {1, 2, 35, "half of what is allowed"},
    {2, 2, 70, "all of it"},
    {4, 2, 85, "twice as much"},
    {INFINITY, 2, 100, "infinity"},
    {1, 0, 100, "anything above a zero threshold"},
    {0, 0, 0, "a zero threshold"},
    {NAN, 2, 0, "NaN"},
    {1, NAN, 0, "a threshold that is NaN"},
    {-1, 2, 0, "below the axis"},
    {1, INFINITY, 0, "anything allowed"},
    {INFINITY, INFINITY, 100, "both infinite"},
    {1, -1, 100, "a negative threshold"},
};

static void bar_positions(void)
{
    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
        const double got = optcert_bar_position(bars[i].value, bars[i].threshold);
        UNIT_CHECK(got == bars[i].position, "%s: %g, expected %g", bars[i].origin, got, bars[i].position);
    }
}

#define HOSTILE "<script>&\"'\x01"
#define HARMLESS "&lt;script&gt;&amp;&quot;&#39;?"

static json_t *statement(void)
{
    static const optcert_claim claims[] = {
        {.id = "good",
         .metric = "m",
         .relation = OPTCERT_AT_MOST,
         .threshold = 2,
         .measured = 1,
         .low = 1,
         .high = 1,
         .sample_size = 9,
         .basis = "b",
         .detail = ""},
        {.id = "bad",
         .metric = "m",
         .relation = OPTCERT_WITHIN,
         .target = 1,
         .threshold = 1,
         .measured = 3,
         .low = 3,
         .high = 3,
         .sample_size = 9,
         .basis = "b",
         .detail = "<script>",
         .histogram = {[0] = 1, [5] = 1000, [16] = 3}},
        {.id = "open",
         .metric = "m",
         .relation = OPTCERT_AT_LEAST,
         .threshold = 1,
         .measured = 1,
         .low = 0,
         .high = 2,
         .sample_size = 9,
         .basis = "b",
         .detail = "",
         .curve = {{1, 0.08, 0.06, 0.1}, {0.25, 0.02, 0.01, 0.03}, {0.0625, 0.005, 0, 0.01}},
         .points = 3},
        {.id = "endless",
         .metric = "m",
         .relation = OPTCERT_AT_MOST,
         .threshold = 1,
         .measured = INFINITY,
         .low = INFINITY,
         .high = INFINITY,
         .sample_size = 9,
         .basis = "b",
         .detail = ""},
    };
    optcert_claims list = {0};
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        optcert_claims_add(&list, &claims[i]);
    }
    json_t *json =
        json_pack("{s:[{s:s, s:{s:s}}], s:{s:s, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, "
                  "s:s, s:s, s:i, s:o, s:o, "
                  "s:[{s:s, s:s}], s:{s:s}, s:s}}",
                  "subject", "name", HOSTILE, "digest", "sha256", "0123", "predicate", "verdict", "failed",
                  "build", "name", HOSTILE, "digest_of", "a b/\xc3\xa9.so", "scalar", "binary32", "dialect",
                  "name", "adam", "formula", "x < y", "source", HOSTILE, "verifier", "name", "optcert",
                  "version", "0", "source_sha256", "4567", "time", HOSTILE, "level", "quick", "seed", 7,
                  "claims", optcert_claims_to_json(&list, optcert_claim_to_json), "observations",
                  optcert_claims_to_json(&list, optcert_observation_to_json), "assumptions", "id", HOSTILE,
                  "text", HOSTILE, "environment", "processor", HOSTILE, "checksum", "89ab");
    optcert_claims_free(&list);
    return json;
}

static void html_page(void)
{
    static const char *const wanted[] = {
        "<!DOCTYPE html>", "prefers-color-scheme:dark", "@media print", HARMLESS, "x &lt; y",
        "class=\"histogram\"", ">1000</text>", ">more</text>", "within 1 of 1",   "class=\"bar failed\"", "<svg class=\"curve\"", ">1/16</text>", "class=\"limit inconclusive\"",      ">inf</td>",    "</html>"};
    static const char *const unwanted[] = {"<script", "http:", "https:", "url(", "nan\"", "\x01"};
    char *text = NULL;
    size_t size = 0;
    json_t *json = statement();
    FILE *out = open_memstream(&text, &size);
    UNIT_CHECK(json != NULL, "no statement");
    optcert_html_print(json, out);
    fclose(out);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        UNIT_CHECK(strstr(text, wanted[i]) != NULL, "the page lacks '%s':\n%s", wanted[i], text);
    }
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++) {
        UNIT_CHECK(strstr(text, unwanted[i]) == NULL, "the page holds '%s'", unwanted[i]);
    }
    free(text);
    json_decref(json);
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static void sarif_of_claims(void)
{
    static const char *const id[] = {"bad", "open", "endless"}, *const level[] = {"error", "warning",
                                                                                  "error"};
    json_t *json = statement(), *sarif = optcert_sarif_claims(json);
    const json_t *run = json_array_get(json_object_get(sarif, "runs"), 0),
                 *results = json_object_get(run, "results");
    const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
    UNIT_CHECK(json_array_size(json_object_get(driver, "rules")) == 4 && json_array_size(results) == 3,
               "%zu results", json_array_size(results));
    for (size_t i = 0; i < 3; i++) {
        const json_t *one = json_array_get(results, i);
        const json_t *place = json_array_get(json_object_get(one, "locations"), 0);
        place = json_object_get(json_object_get(place, "physicalLocation"), "artifactLocation");
        UNIT_CHECK(strcmp(text_at(one, "ruleId"), id[i]) == 0 &&
                       strcmp(text_at(one, "level"), level[i]) == 0 &&
                       json_integer_value(json_object_get(one, "ruleIndex")) == (json_int_t)i + 1,
                   "result %zu: %s, %s", i, text_at(one, "ruleId"), text_at(one, "level"));
        UNIT_CHECK(strcmp(text_at(place, "uri"), "a%20b/%C3%A9.so") == 0, "uri %s", text_at(place, "uri"));
    }
    json_decref(sarif);
    json_decref(json);
}

static void stock_test_result(void)
{
    static const struct {
        const char *verdict, *result;
    } results[] = {{"passed", "PASSED"}, {"failed", "FAILED"}, {"inconclusive", "WARNED"}};
    json_t *json = statement();
    for (size_t i = 0; i < 3; i++) {
        json_object_set_new(json_object_get(json, "predicate"), "verdict", json_string(results[i].verdict));
        json_t *made = optcert_test_result(json);
        const json_t *predicate = json_object_get(made, "predicate");
        UNIT_CHECK(strcmp(text_at(made, "predicateType"), OPTCERT_TEST_RESULT_TYPE) == 0 &&
                       json_equal(json_object_get(made, "subject"), json_object_get(json, "subject")),
                   "type or subject");
        UNIT_CHECK(strcmp(text_at(predicate, "result"), results[i].result) == 0, "%s gives %s",
                   results[i].verdict, text_at(predicate, "result"));
        UNIT_CHECK(json_array_size(json_object_get(predicate, "passedTests")) == 1 &&
                       json_array_size(json_object_get(predicate, "failedTests")) == 2 &&
                       json_array_size(json_object_get(predicate, "warnedTests")) == 1 &&
                       json_array_size(json_object_get(predicate, "configuration")) == 1,
                   "the lists of tests");
        json_decref(made);
    }
    json_decref(json);
}

UNIT_SUITE(reports, {"bar_positions", bar_positions}, {"html_page", html_page},
           {"sarif_of_claims", sarif_of_claims}, {"stock_test_result", stock_test_result})
