/* SPDX-License-Identifier: GPL-3.0-or-later
 * Claims as JSON. */
#include "claim_json.h"
#include "json_text.h"
#include "verdict.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The numbers of a claim that are floating point. */
typedef struct number_field {
    const char *key;
    size_t offset;
    bool of_threshold; /* part of the judgement, not of the observation */
} number_field;

static const number_field numbers[] = {
    {"target", offsetof(optcert_claim, target), true},
    {"threshold", offsetof(optcert_claim, threshold), true},
    {"measured", offsetof(optcert_claim, measured), false},
    {"low", offsetof(optcert_claim, low), false},
    {"high", offsetof(optcert_claim, high), false},
};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static double *number_of(optcert_claim *claim, int i)
{
    return (double *)(void *)((char *)claim + numbers[i].offset);
}

static bool present(const optcert_claim *claim, int i, bool judged)
{
    const bool target = numbers[i].offset == offsetof(optcert_claim, target);
    return (judged || !numbers[i].of_threshold) && (!target || claim->relation == OPTCERT_WITHIN);
}

/* Only of claims that have one. */
static void add_histogram(const optcert_claim *claim, json_t *json)
{
    uint64_t all = 0;
    json_t *counts = json_array();
    for (int i = 0; i < OPTCERT_HISTOGRAM; i++) {
        all += claim->histogram[i];
        json_array_append_new(counts, json_integer((json_int_t)claim->histogram[i]));
    }
    if (all > 0) {
        json_object_set_new(json, "histogram", counts);
    } else {
        json_decref(counts);
    }
}

/* Only of claims that have one. */
static void add_curve(const optcert_claim *claim, json_t *json)
{
    json_t *curve = json_array();
    for (unsigned i = 0; i < claim->points; i++) {
        const optcert_claim_point *at = &claim->curve[i];
        json_array_append_new(curve, json_pack("{s:o, s:o, s:o, s:o}", "h", optcert_json_number(at->h), "value",
                                               optcert_json_number(at->value), "low", optcert_json_number(at->low), "high",
                                               optcert_json_number(at->high)));
    }
    if (claim->points > 0) {
        json_object_set_new(json, "curve", curve);
    } else {
        json_decref(curve);
    }
}

static json_t *to_json(const optcert_claim *claim, bool judged)
{
    optcert_claim copy = *claim;
    json_t *json = json_object(), *bits = json_object();
    json_object_set_new(json, "id", json_string(claim->id));
    if (judged) {
        json_object_set_new(json, "verdict", json_string(optcert_verdict_text(claim->verdict)));
    }
    json_object_set_new(json, "method", json_string(optcert_method_text(claim->method)));
    json_object_set_new(json, "metric", json_string(claim->metric));
    if (judged) {
        json_object_set_new(json, "relation", json_string(optcert_relation_text(claim->relation)));
    }
    for (int i = 0; i < NUMBERS; i++) {
        if (present(claim, i, judged)) {
            json_object_set_new(json, numbers[i].key, optcert_json_number(*number_of(&copy, i)));
            json_object_set_new(bits, numbers[i].key, optcert_json_bits(*number_of(&copy, i)));
        }
    }
    json_object_set_new(json, "bits", bits);
    json_object_set_new(json, "sample_size", json_integer((json_int_t)claim->sample_size));
    json_object_set_new(json, "seed", json_integer((json_int_t)claim->seed));
    json_object_set_new(json, "basis", json_string(claim->basis));
    json_object_set_new(json, "detail", json_string(claim->detail));
    add_histogram(claim, json);
    add_curve(claim, json);
    return json;
}

json_t *optcert_claim_to_json(const optcert_claim *claim)
{
    return to_json(claim, true);
}

json_t *optcert_observation_to_json(const optcert_claim *claim)
{
    return to_json(claim, false);
}

json_t *optcert_claims_to_json(const optcert_claims *claims, json_t *convert(const optcert_claim *))
{
    json_t *array = json_array();
    for (size_t i = 0; i < claims->count; i++) {
        json_array_append_new(array, convert(&claims->item[i]));
    }
    return array;
}

/* "nan", "inf", "-inf" or hexadecimal floating point. */
static bool read_bits(const char *text, double *out)
{
    char *end;
    *out = text != NULL ? strtod(text, &end) : 0;
    return text != NULL && end != text && *end == '\0';
}

/* The bits of a number, when its decimal says the same. */
static bool read_number(const json_t *json, const char *key, double *out)
{
    if (!read_bits(json_string_value(json_object_get(json_object_get(json, "bits"), key)), out)) {
        return false;
    }
    const json_t *decimal = json_object_get(json, key);
    return isfinite(*out) ? json_is_number(decimal) && json_number_value(decimal) == *out
                          : json_is_null(decimal);
}

/* Position of the word at `key` among the texts of an enumeration; -1 when it is none of them. */
static int read_word(const json_t *json, const char *key, const char *const *words, int count)
{
    const char *word = json_string_value(json_object_get(json, key));
    for (int i = 0; word != NULL && i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static bool read_words(const json_t *json, optcert_claim *claim)
{
    const char *methods[] = {optcert_method_text(OPTCERT_PROOF), optcert_method_text(OPTCERT_EXHAUSTIVE),
                             optcert_method_text(OPTCERT_DETERMINISTIC),
                             optcert_method_text(OPTCERT_SAMPLED)};
    const char *relations[] = {optcert_relation_text(OPTCERT_AT_MOST),
                               optcert_relation_text(OPTCERT_AT_LEAST),
                               optcert_relation_text(OPTCERT_WITHIN)};
    const char *verdicts[] = {optcert_verdict_text(OPTCERT_PASSED), optcert_verdict_text(OPTCERT_FAILED),
                              optcert_verdict_text(OPTCERT_INCONCLUSIVE)};
    const int method = read_word(json, "method", methods, 4);
    const int relation = read_word(json, "relation", relations, 3);
    const int verdict = read_word(json, "verdict", verdicts, 3);
    claim->method = (optcert_method)method;
    claim->relation = (optcert_relation)relation;
    claim->verdict = (optcert_verdict)verdict;
    return method >= 0 && relation >= 0 && verdict >= 0;
}

static bool read_counts(const json_t *json, optcert_claim *claim)
{
    const json_t *size = json_object_get(json, "sample_size"), *seed = json_object_get(json, "seed");
    if (!json_is_integer(size) || !json_is_integer(seed) || json_integer_value(size) < 0) {
        return false;
    }
    claim->sample_size = (uint64_t)json_integer_value(size);
    claim->seed = (uint64_t)json_integer_value(seed);
    return true;
}

bool optcert_claim_from_json(const json_t *json, optcert_claim *claim, char *why, size_t why_size)
{
    *claim = (optcert_claim){.id = json_string_value(json_object_get(json, "id")),
                             .metric = json_string_value(json_object_get(json, "metric")),
                             .basis = json_string_value(json_object_get(json, "basis")),
                             .detail = json_string_value(json_object_get(json, "detail"))};
    if (claim->id == NULL || claim->metric == NULL || claim->basis == NULL || claim->detail == NULL) {
        snprintf(why, why_size, "a claim lacks its id, metric, basis or detail");
        return false;
    }
    if (!read_words(json, claim)) {
        snprintf(why, why_size, "claim %s: method, relation or verdict is not one of the known words",
                 claim->id);
        return false;
    }
    if (!read_counts(json, claim)) {
        snprintf(why, why_size, "claim %s: sample_size and seed must be whole numbers", claim->id);
        return false;
    }
    for (int i = 0; i < NUMBERS; i++) {
        if (present(claim, i, true) && !read_number(json, numbers[i].key, number_of(claim, i))) {
            snprintf(why, why_size, "claim %s: %s is missing, or differs from its bits", claim->id,
                     numbers[i].key);
            return false;
        }
    }
    return true;
}
