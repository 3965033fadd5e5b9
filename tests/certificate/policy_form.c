/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading policies: every member has its form, and there are no others. */
#include "policy.h"
#include "verdict.h"

#include <stdio.h>
#include <string.h>

/* Where something is wrong, and what. */
typedef struct complaint {
    char *why;
    size_t size;
} complaint;

static bool refuse(const complaint *to, const char *where, const char *key, const char *rule)
{
    snprintf(to->why, to->size, "%s%s%s %s", where, *where != '\0' ? "." : "", key, rule);
    return false;
}

typedef bool form(const json_t *value);

typedef struct member {
    const char *key;
    form *holds;
    const char *rule;
    bool needed;
} member;

/* Holds an object to a table of its members. */
static bool object_fits(const json_t *object, const member *table, const char *where, const complaint *to)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(size_t)object, key, value)
    {
        const member *m = table;
        while (m->key != NULL && strcmp(m->key, key) != 0) {
            m++;
        }
        if (m->key == NULL || !m->holds(value)) {
            return refuse(to, where, key, m->key == NULL ? "is not a member that policies know" : m->rule);
        }
    }
    for (const member *m = table; m->key != NULL; m++) {
        if (m->needed && json_object_get(object, m->key) == NULL) {
            return refuse(to, where, m->key, "is missing");
        }
    }
    return true;
}

static bool one_of(const json_t *value, const char *const *words)
{
    const char *text = json_string_value(value);
    while (text != NULL && *words != NULL && strcmp(*words, text) != 0) {
        words++;
    }
    return text != NULL && *words != NULL;
}

static bool is_text(const json_t *value)
{
    return json_string_length(value) > 0;
}

static bool is_type(const json_t *value)
{
    static const char *const types[] = {OPTCERT_POLICY_TYPE, NULL};
    return one_of(value, types);
}

static bool is_bool(const json_t *value)
{
    return json_is_boolean(value);
}

static bool is_level(const json_t *value)
{
    static const char *const levels[] = {"quick", "full", NULL};
    return one_of(value, levels);
}

static bool is_verdict(const json_t *value)
{
    const char *const verdicts[] = {optcert_verdict_text(OPTCERT_PASSED),
                                    optcert_verdict_text(OPTCERT_FAILED),
                                    optcert_verdict_text(OPTCERT_INCONCLUSIVE), NULL};
    return one_of(value, verdicts);
}

static bool is_method(const json_t *value)
{
    const char *const methods[] = {
        optcert_method_text(OPTCERT_PROOF), optcert_method_text(OPTCERT_EXHAUSTIVE),
        optcert_method_text(OPTCERT_DETERMINISTIC), optcert_method_text(OPTCERT_SAMPLED), NULL};
    return one_of(value, methods);
}

static bool is_list(const json_t *value, form *holds)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!holds(json_array_get(value, i))) {
            return false;
        }
    }
    return json_array_size(value) > 0;
}

static bool is_methods(const json_t *value)
{
    return is_list(value, is_method);
}

static bool is_texts(const json_t *value)
{
    return is_list(value, is_text);
}

static bool is_object(const json_t *value)
{
    return json_is_object(value);
}

static bool are_requirements(const json_t *value)
{
    return is_list(value, is_object);
}

static bool is_number(const json_t *value)
{
    return json_is_number(value);
}

static bool is_range(const json_t *value)
{
    static const member members[] = {
        {"at-most", is_number, "", false}, {"at-least", is_number, "", false}, {0}};
    char why[64];
    return json_object_size(value) > 0 && object_fits(value, members, "", &(complaint){why, sizeof why});
}

#define RANGE "must hold \"at-most\", \"at-least\" or both, each a number"

static const member of_policy[] = {{"policy", is_type, "must be \"" OPTCERT_POLICY_TYPE "\"", true},
                                   {"name", is_text, "must be a text", true},
                                   {"says", is_text, "must be a text", false},
                                   {"signed", is_bool, "must be true or false", false},
                                   {"level", is_level, "must be \"quick\" or \"full\"", false},
                                   {"dialects", is_texts, "must be a list of names", false},
                                   {"require", are_requirements, "must be a list of requirements", true},
                                   {0}};

static const member of_requirement[] = {
    {"claim", is_text, "must be a pattern of ids", true},
    {"verdict", is_verdict, "must be \"passed\", \"failed\" or \"inconclusive\"", false},
    {"methods", is_methods, "must be a list of \"proof\", \"exhaustive\", \"deterministic\", \"sampled\"",
     false},
    {"count", is_range, RANGE, false},
    {"measured", is_range, RANGE, false},
    {"threshold", is_range, RANGE, false},
    {"sample_size", is_range, RANGE, false},
    {0}};

static bool fits(const json_t *policy, const complaint *to)
{
    if (!object_fits(policy, of_policy, "", to)) {
        return false;
    }
    const json_t *require = json_object_get(policy, "require");
    for (size_t i = 0; i < json_array_size(require); i++) {
        char where[32];
        snprintf(where, sizeof where, "require[%zu]", i);
        if (!object_fits(json_array_get(require, i), of_requirement, where, to)) {
            return false;
        }
    }
    return true;
}

json_t *optcert_policy_read(const char *text, size_t size, char *why, size_t why_size)
{
    json_error_t error;
    json_t *policy = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (policy == NULL) {
        snprintf(why, why_size, "not JSON: line %d, column %d: %s", error.line, error.column, error.text);
        return NULL;
    }
    if (!fits(policy, &(complaint){why, why_size})) {
        json_decref(policy);
        return NULL;
    }
    return policy;
}

const char *optcert_policy_name(const json_t *policy)
{
    return json_string_value(json_object_get(policy, "name"));
}
