/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sarif_claims.h"
#include "sarif.h"
#include "verdict.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* A text as a relative URI reference (RFC 3986): what is not unreserved or a slash is percent-encoded. */
static void uri(const char *text, char *out, size_t size)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    size_t at = 0;
    for (; *text != '\0' && at + 4 < size; text++) {
        at += (size_t)snprintf(out + at, size - at, strchr(plain, *text) != NULL ? "%c" : "%%%02X",
                               (unsigned char)*text);
    }
    out[at] = '\0';
}

static json_t *result(const json_t *claim, size_t index, const char *where)
{
    const bool failed = strcmp(word(claim, "verdict"), optcert_verdict_text(OPTCERT_FAILED)) == 0;
    const char *detail = word(claim, "detail");
    return json_pack("{s:s, s:i, s:s, s:{s:o}, s:[{s:{s:{s:s}}}]}", "ruleId", word(claim, "id"), "ruleIndex",
                     (int)index, "level", failed ? "error" : "warning", "message", "text",
                     json_sprintf("%s: %s: %s", word(claim, "id"), word(claim, "verdict"),
                                  *detail != '\0' ? detail : word(claim, "metric")),
                     "locations", "physicalLocation", "artifactLocation", "uri", where);
}

json_t *optcert_sarif_claims(const json_t *certificate)
{
    char where[1024];
    const json_t *predicate = json_object_get(certificate, "predicate");
    json_t *rules = json_array(), *results = json_array();
    size_t i;
    const json_t *claim;
    uri(word(json_object_get(predicate, "build"), "digest_of"), where, sizeof where);
    json_array_foreach(json_object_get(predicate, "claims"), i, claim)
    {
        json_array_append_new(rules, json_pack("{s:s, s:{s:s}, s:{s:s}}", "id", word(claim, "id"),
                                               "shortDescription", "text", word(claim, "metric"),
                                               "fullDescription", "text", word(claim, "basis")));
        if (strcmp(word(claim, "verdict"), optcert_verdict_text(OPTCERT_PASSED)) != 0) {
            json_array_append_new(results, result(claim, i, where));
        }
    }
    return optcert_sarif_document(rules, results);
}
