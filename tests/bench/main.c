/* SPDX-License-Identifier: GPL-3.0-or-later
 * The benchmarks: optimizer steps, random numbers and paths against hardware limits and peers, and what proofs cost. */
#include "blas.h"
#include "compare.h"
#include "costs.h"
#include "machine.h"
#include "paths.h"
#include "peers.h"
#include "picture.h"
#include "steps.h"
#include "table.h"
#include "targets.h"

#include <argp.h>
#include <stdlib.h>

typedef struct bench_line {
    const char *json, *picture, *build, *peers, *only, *table;
    const char *file[2];
    size_t files;
    bool quick, compare;
} bench_line;

enum { KEY_JSON = 0x2000, KEY_PICTURE, KEY_BUILD, KEY_PEERS, KEY_QUICK, KEY_COMPARE, KEY_ONLY, KEY_TABLE };

static const struct argp_option options[] = {
    {"json", KEY_JSON, "FILE", 0, "write the results to FILE", 0},
    {"picture", KEY_PICTURE, "PATH", 0, "draw PATH.png", 0},
    {"build", KEY_BUILD, "FOLDER", 0, "where suites left their JUnit files (default: build)", 0},
    {"peers", KEY_PEERS, "SCRIPT", 0, "peers.py, to measure other libraries", 0},
    {"quick", KEY_QUICK, NULL, 0, "fewer and shorter rounds", 0},
    {"only", KEY_ONLY, "KERNEL", 0, "only the steps of kernels with KERNEL in their names", 0},
    {"table", KEY_TABLE, "PAGE", 0, "measure nothing: print the tables of a result file for PAGE, spec or readme", 0},
    {"compare", KEY_COMPARE, NULL, 0, "measure nothing: compare the result files OLD and NEW", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    bench_line *line = state->input;
    switch (key) {
    case KEY_JSON:
        line->json = arg;
        return 0;
    case KEY_PICTURE:
        line->picture = arg;
        return 0;
    case KEY_BUILD:
        line->build = arg;
        return 0;
    case KEY_PEERS:
        line->peers = arg;
        return 0;
    case KEY_QUICK:
        line->quick = true;
        return 0;
    case KEY_ONLY:
        line->only = arg;
        return 0;
    case KEY_TABLE:
        line->table = arg;
        return 0;
    case KEY_COMPARE:
        line->compare = true;
        return 0;
    case ARGP_KEY_ARG:
        if (line->files == (line->compare ? 2 : line->table != NULL ? 1 : 0)) {
            argp_error(state, "'%s' is one argument too many", arg);
        }
        line->file[line->files++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (line->only != NULL && !bench_has_step(line->only)) {
            argp_error(state, "--only '%s' is in no optimizer's name", line->only);
        }
        if (line->compare && line->files != 2) {
            argp_error(state, "--compare needs two result files, OLD and NEW");
        }
        if (line->table != NULL && line->files != 1) {
            argp_error(state, "--table needs a result file");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool measure(const bench_line *line, bench_turns *turns, bench_results *results)
{
    const bench_effort small = {line->quick ? 5 : 15, 2e-3}, large = {line->quick ? 3 : 9, 2e-3};
    const char *only = line->only != NULL ? line->only : "";
    const bool whole = bench_steps(&small, only, turns, results) &&
                       (line->only != NULL || (bench_sizes(&large, results) && bench_paths(&small, results) &&
                                               bench_growth(&large, results) && bench_blas(&large, results)));
    return whole && (line->peers == NULL || bench_peers(line->peers, line->quick, only, results));
}

static bool report(const bench_line *line, const bench_results *results, json_t *machine)
{
    bench_results_print(results);
    json_t *targets = json_array();
    bench_targets(results, targets);
    json_t *document =
        json_pack("{s:o, s:o, s:o, s:o, s:o}", "machine", machine, "results", bench_results_json(results), "targets",
                  targets, "proofs", bench_proof_costs("proofs/wp"), "suites", bench_suite_costs(line->build));
    bool whole = document != NULL;
    if (whole && line->json != NULL && json_dump_file(document, line->json, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) != 0) {
        fprintf(stderr, "bench: cannot write %s\n", line->json);
        whole = false;
    }
    if (line->picture != NULL) {
        char title[256];
        snprintf(title, sizeof title, "%s, commit %s", json_string_value(json_object_get(machine, "processor")),
                 json_string_value(json_object_get(machine, "commit")));
        whole = bench_picture(results, title, line->picture) && whole;
    }
    json_decref(document);
    return whole;
}

int main(int argc, char **argv)
{
    static const struct argp argp = {options, parse, "[FILE...]",
                                     "Measures liboptcert against the hardware's limits and other libraries, and says which "
                                     "targets are met.",
                                     NULL, NULL, NULL};
    bench_line line = {.build = "build"};
    argp_err_exit_status = 2;
    if (argp_parse(&argp, argc, argv, 0, NULL, &line) != 0) {
        return 2;
    }
    if (line.compare) {
        return bench_compare(line.file[0], line.file[1]);
    }
    if (line.table != NULL) {
        return bench_table(line.file[0], line.table);
    }
    bench_results results = {0};
    json_t *machine = bench_machine();
    bench_turns *turns = bench_turns_start(line.peers);
    const bool measured = measure(&line, turns, &results);
    const bool whole = measured && report(&line, &results, machine);
    if (!measured) {
        fprintf(stderr, "bench: memory is short\n");
    }
    bench_results_free(&results);
    bench_turns_stop(turns);
    return whole ? 0 : 4;
}
