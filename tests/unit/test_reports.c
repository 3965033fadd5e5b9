/* SPDX-License-Identifier: GPL-3.0-or-later
 * The reports made from a certificate: HTML, SARIF, in-toto's test result. */
#include "claim_json.h"
#include "html.h"
#include "html_bar.h"
#include "html_curve.h"
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

/* A claim with a curve, and whether there is anything to draw. */
#define CURVE(points) "{\"id\": \"c\", \"verdict\": \"passed\", \"threshold\": 0.1, \"low\": 0, \"high\": 0.05, \"curve\": [" points "]}"
#define AT(h, value) "{\"h\": " h ", \"value\": " value ", \"low\": 0.01, \"high\": 0.09}"
#define TWO AT("1", "0.08") ", " AT("0.25", "0.02")

static const struct {
    const char *claim;
    bool drawn;
    const char *origin;
} curves[] = {
    {CURVE(TWO), true, "two points"},
    {CURVE(""), false, "no point"},
    {CURVE(AT("1", "0.08")), false, "one point"},
    {CURVE(AT("1", "0.08") ", " AT("1", "0.02")), false, "the same step twice"},
    {CURVE(AT("0", "0.08") ", " AT("-1", "0.02")), false, "steps that are none"},
    {CURVE(AT("null", "0.08") ", " AT("true", "0.02")), false, "steps that are no numbers"},
    {CURVE(TWO ", " AT("0.0625", "null")), true, "a point without its value"},
    {CURVE(AT("1", "0") ", " AT("0.25", "-1")), true, "values without a logarithm"},
    {CURVE(TWO ", " TWO ", " TWO ", " TWO ", " TWO ", " TWO ", " TWO ", " TWO ", " TWO), true, "more points than are drawn"},
    {"{\"id\": \"c\", \"verdict\": \"passed\", \"threshold\": 0.1, \"curve\": [" TWO "]}", true, "an interval that is not known"},
    {"{\"id\": \"c\", \"verdict\": \"passed\", \"threshold\": 0.1, \"high\": null, \"curve\": [" TWO "]}", true, "no end"},
    {"{\"verdict\": \"passed\", \"curve\": [" TWO "]}", false, "no id"},
    {"{\"id\": \"c\", \"curve\": [" TWO "]}", false, "no verdict"},
    {"{\"id\": \"c\", \"verdict\": \"<x\", \"curve\": [" TWO "]}", false, "a verdict that breaks out of its attribute"},
    {"{\"id\": \"c\", \"verdict\": \"passed\"}", false, "no curve"},
    {"{\"id\": \"c\", \"verdict\": \"passed\", \"curve\": [{\"h\": 1, \"value\": 0}, {\"h\": 2, \"value\": 0}]}", false, "no range"},
};

static void curves_drawn(void)
{
    for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        json_t *claim = json_loads(curves[i].claim, 0, NULL);
        UNIT_CHECK(claim != NULL, "%s: not JSON", curves[i].origin);
        optcert_curve_print(claim, out);
        fclose(out);
        UNIT_CHECK((strstr(text, "</svg>") != NULL) == curves[i].drawn, "%s: %s", curves[i].origin, text);
        UNIT_CHECK(strstr(text, "nan") == NULL && strstr(text, "inf") == NULL, "%s: %s", curves[i].origin, text);
        json_decref(claim);
        free(text);
    }
}

/* The bar's interval: where it reaches around a target, its end nearer to it may come first or last. */
static void bar_intervals(void)
{
    static const struct {
        double low, high;
        bool drawn;
    } cases[] = {{1.5, 3, true}, {-3, 0.5, true}, {2, 2, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const optcert_claim claim = {.relation = OPTCERT_WITHIN, .target = 1, .threshold = 1, .measured = cases[i].low, .low = cases[i].low,
                                     .high = cases[i].high};
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        optcert_bar_print(&claim, out);
        fclose(out);
        UNIT_CHECK((strstr(text, "class=\"interval\"") != NULL) == cases[i].drawn && strstr(text, "width=\"-") == NULL, "%s", text);
        free(text);
    }
}

/* What is not a certificate makes an empty page, and empty reports, not a crash. */
static void poor_statements(void)
{
    static const char *const poor[] = {
        "{}",
        "{\"predicate\": {\"claims\": [{}, 1], \"observations\": [], \"environment\": {\"a\": 1}, \"assumptions\": [1]}}",
        ("{\"predicate\": {\"claims\": [{\"id\": \"a\", \"histogram\": [1, 2]}, {\"curve\": []}], \"observations\": [{\"measured\": 3}, "
         "{\"measured\": true}, {}]}}"),
    };
    for (size_t i = 0; i < sizeof poor / sizeof poor[0]; i++) {
        json_t *json = json_loads(poor[i], 0, NULL);
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        optcert_html_print(json, out);
        fclose(out);
        UNIT_CHECK(strstr(text, "</html>") != NULL && strstr(text, "<svg") == NULL, "%s: %s", poor[i], text);
        json_t *sarif = optcert_sarif_claims(json);
        UNIT_CHECK(sarif != NULL, "%s: no SARIF", poor[i]);
        json_decref(sarif);
        json_decref(optcert_test_result(json)); /* which has no subject to speak of */
        json_decref(json);
        free(text);
    }
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

UNIT_SUITE(reports, {"bar_positions", bar_positions}, {"html_page", html_page}, {"curves_drawn", curves_drawn}, {"bar_intervals", bar_intervals}, {"poor_statements", poor_statements},
           {"sarif_of_claims", sarif_of_claims}, {"stock_test_result", stock_test_result})
