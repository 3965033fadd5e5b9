/* SPDX-License-Identifier: GPL-3.0-or-later
 * SARIF 2.1.0: the frame, and the ledger of proofs in it. */
#include "sarif.h"
#include "version.h"

#include <string.h>

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* The index of the rule `id`, which is added if it is new (a goal that the ledger does not know). */
static size_t rule(json_t *rules, json_t *index_of, const char *id, const char *description)
{
    const json_t *known = json_object_get(index_of, id);
    if (known != NULL) {
        return (size_t)json_integer_value(known);
    }
    const size_t index = json_array_size(rules);
    json_object_set_new(index_of, id, json_integer((json_int_t)index));
    json_array_append_new(rules, json_pack("{s:s, s:{s:s}}", "id", id, "shortDescription", "text", description));
    return index;
}

static void add_rules(const json_t *unit, json_t *rules, json_t *index_of)
{
    size_t i;
    const json_t *goal;
    json_array_foreach(json_object_get(unit, "goals"), i, goal)
    {
        json_t *description = json_sprintf("%s: %s", text(goal, "function"), text(goal, "property"));
        rule(rules, index_of, text(goal, "goal"), json_string_value(description));
        json_decref(description);
    }
}

static void add_results(const json_t *unit, json_t *rules, json_t *index_of, json_t *results)
{
    size_t i;
    const json_t *finding;
    json_array_foreach(json_object_get(unit, "unproved"), i, finding)
    {
        const char *id = text(finding, "goal");
        const size_t index = rule(rules, index_of, id, "A proof obligation, or the ledger entry that records it.");
        json_array_append_new(
            results, json_pack("{s:s, s:i, s:s, s:{s:o}, s:[{s:{s:{s:s}, s:{s:i}}}]}", "ruleId", id, "ruleIndex",
                               (int)index, "level", "error", "message", "text",
                               json_sprintf("%s: %s: %s", text(unit, "unit"), id, text(finding, "message")),
                               "locations", "physicalLocation", "artifactLocation", "uri", text(unit, "source"),
                               "region", "startLine", 1));
    }
}

json_t *optcert_sarif_document(json_t *rules, json_t *results)
{
    return json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:o}]}", "$schema",
                     "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs", "tool", "driver",
                     "name", "optcert", "version", OPTCERT_VERSION, "rules", rules, "results", results);
}

json_t *optcert_sarif(const json_t *units)
{
    json_t *rules = json_array(), *results = json_array(), *index_of = json_object();
    size_t i;
    const json_t *unit;
    json_array_foreach(units, i, unit)
    {
        add_rules(unit, rules, index_of);
        add_results(unit, rules, index_of, results);
    }
    json_decref(index_of);
    return optcert_sarif_document(rules, results);
}
