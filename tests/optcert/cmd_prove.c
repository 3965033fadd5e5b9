/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert prove: runs the proof obligations of the library's units and shows the ledger. */
#include "command.h"
#include "file.h"
#include "json_text.h"
#include "ledger.h"
#include "options.h"
#include "sarif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SARIF = 0x2000, KEY_DIGESTS };

typedef struct prove_line {
    json_t *units; /* names */
    const char *sarif;
    bool digests_only;
} prove_line;

static const struct argp_option options[] = {
    {"sarif", KEY_SARIF, "FILE", 0, "write SARIF 2.1.0 to FILE: a rule for each goal, a result for each unproved one", 0},
    {"digests", KEY_DIGESTS, NULL, 0, "run no prover: compare the ledger's digests with the sources", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    prove_line *line = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        json_array_append_new(line->units, json_string(arg));
        return 0;
    case KEY_SARIF:
        line->sarif = arg;
        return 0;
    case KEY_DIGESTS:
        line->digests_only = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The units asked for, or all; one that the tree does not have is a usage error. */
static json_t *chosen(const json_t *asked)
{
    json_t *all = optcert_ledger_units();
    if (all == NULL) {
        optcert_usage("the current folder is not optcert's source tree: it has no proofs/wp.mk");
    }
    size_t i, k;
    const json_t *name, *known;
    json_array_foreach(asked, i, name)
    {
        bool found = false;
        json_array_foreach(all, k, known)
        {
            found = found || json_equal(name, known);
        }
        if (!found) {
            optcert_usage("'%s' is not a unit of impl/", json_string_value(name));
        }
    }
    return json_array_size(asked) > 0 ? json_incref((json_t *)(size_t)asked) : all;
}

static json_int_t sum_of_ms(const json_t *goals)
{
    json_int_t sum = 0;
    size_t i;
    const json_t *goal;
    json_array_foreach(goals, i, goal)
    {
        sum += json_integer_value(json_object_get(goal, "ms"));
    }
    return sum;
}

static void print_table(const json_t *units)
{
    size_t i, k, goals = 0;
    const json_t *unit, *finding;
    printf("%-16s %9s %6s %6s %7s  %-16s %s\n", "unit", "functions", "goals", "smoke", "s", "digest", "status");
    json_array_foreach(units, i, unit)
    {
        const json_t *list = json_object_get(unit, "goals");
        const char *digest = json_string_value(json_object_get(unit, "digest"));
        printf("%-16s %9lld %6zu %6lld %7.1f  %-16.16s %s\n", json_string_value(json_object_get(unit, "unit")),
               (long long)json_integer_value(json_object_get(unit, "functions")), json_array_size(list),
               (long long)json_integer_value(json_object_get(unit, "smoke_passed")), (double)sum_of_ms(list) / 1000.0,
               digest != NULL ? digest : "-", json_string_value(json_object_get(unit, "status")));
        json_array_foreach(json_object_get(unit, "unproved"), k, finding)
        {
            printf("    %s: %s\n", json_string_value(json_object_get(finding, "goal")),
                   json_string_value(json_object_get(finding, "message")));
        }
        goals += json_array_size(list);
    }
    printf("%zu goals in %zu units\n", goals, json_array_size(units));
}

static void write_sarif(const char *path, const json_t *units)
{
    json_t *sarif = optcert_sarif(units);
    optcert_file_write_json(path, sarif);
    json_decref(sarif);
}

int optcert_cmd_prove(int argc, char **argv)
{
    prove_line line = {.units = json_array()};
    optcert_options common;
    optcert_parse(&(optcert_line){.options = options,
                                  .parser = parse,
                                  .args_doc = "[UNIT...]",
                                  .doc = "Runs the proof obligations of the library's units (all without UNIT) in the "
                                         "source tree that is the current folder, compares them with the ledger "
                                         "proofs/wp, and shows it. Needs Frama-C and the provers, except with --digests.",
                                  .input = &line},
                  argc, argv, &common);
    json_t *names = chosen(line.units), *units = json_array();
    bool holds = true;
    size_t i;
    const json_t *name;
    json_array_foreach(names, i, name)
    {
        optcert_progress(&common, "prove", i, json_array_size(names));
        const bool good = optcert_ledger_run(json_string_value(name), line.digests_only, common.jobs);
        json_array_append_new(units, optcert_ledger_unit(json_string_value(name), good));
        holds = holds && good;
    }
    if (line.sarif != NULL) {
        write_sarif(line.sarif, units);
    }
    if (common.json) {
        optcert_json_print(json_pack("{s:s, s:O}", "verdict", holds ? "passed" : "failed", "units", units), stdout);
    } else {
        print_table(units);
    }
    json_decref(units);
    json_decref(names);
    json_decref(line.units);
    return holds ? OPTCERT_EXIT_PASSED : OPTCERT_EXIT_FAILED;
}
