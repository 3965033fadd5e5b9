/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_result.h"
#include "statement.h"
#include "verdict.h"

#include <string.h>

/* The ids of the claims of one verdict. */
static json_t *ids(const json_t *claims, optcert_verdict verdict)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(claims); i++) {
        const json_t *claim = json_array_get(claims, i);
        const char *stated = json_string_value(json_object_get(claim, "verdict"));
        if (stated != NULL && strcmp(stated, optcert_verdict_text(verdict)) == 0) {
            json_array_append(list, json_object_get(claim, "id"));
        }
    }
    return list;
}

static const char *result(const char *verdict)
{
    if (strcmp(verdict, optcert_verdict_text(OPTCERT_PASSED)) == 0) {
        return "PASSED";
    }
    return strcmp(verdict, optcert_verdict_text(OPTCERT_FAILED)) == 0 ? "FAILED" : "WARNED";
}

/* What was run: the verifier, and how it was told to. */
static json_t *configuration(const json_t *predicate)
{
    const json_t *verifier = json_object_get(predicate, "verifier");
    return json_pack("[{s:s, s:{s:O}, s:{s:O, s:O, s:O, s:O}}]", "name", "optcert", "digest", "sha256",
                     json_object_get(verifier, "source_sha256"), "annotations", "version",
                     json_object_get(verifier, "version"), "dialect",
                     json_object_get(json_object_get(predicate, "dialect"), "name"), "level",
                     json_object_get(predicate, "level"), "seed", json_object_get(predicate, "seed"));
}

json_t *optcert_test_result(const json_t *certificate)
{
    const json_t *predicate = json_object_get(certificate, "predicate");
    const json_t *claims = json_object_get(predicate, "claims");
    const char *verdict = json_string_value(json_object_get(predicate, "verdict"));
    return json_pack("{s:s, s:O, s:s, s:{s:s, s:o, s:o, s:o, s:o}}", "_type", OPTCERT_STATEMENT_TYPE,
                     "subject", json_object_get(certificate, "subject"), "predicateType",
                     OPTCERT_TEST_RESULT_TYPE, "predicate", "result", result(verdict != NULL ? verdict : ""),
                     "configuration", configuration(predicate), "passedTests", ids(claims, OPTCERT_PASSED),
                     "warnedTests", ids(claims, OPTCERT_INCONCLUSIVE), "failedTests",
                     ids(claims, OPTCERT_FAILED));
}
