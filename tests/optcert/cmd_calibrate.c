/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert calibrate: how often the conformance suite is wrong about builds whose verdict is known. */
#include "calibrate.h"
#include "calibrate_record.h"
#include "calibrate_scaling.h"
#include "claim_json.h"
#include "command.h"
#include "json_text.h"
#include "naming.h"
#include "options.h"
#include "report.h"
#include "summary.h"
#include "verdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct calibrate_line {
    uint64_t seeds, share;
    const char *only, *suite, *record;
    bool names;
} calibrate_line;

enum { KEY_SEEDS = 0x2000, KEY_ONLY, KEY_NAMES, KEY_SUITE, KEY_RECORD, KEY_SHARE };

static const struct argp_option options[] = {
    {"seeds", KEY_SEEDS, "N", 0, "seeds per build, from --seed on (default 1)", 0},
    {"only", KEY_ONLY, "WORD", 0, "only builds whose name holds WORD; right, wrong: of that verdict", 0},
    {"names", KEY_NAMES, NULL, 0, "instead: whether identify recognises each, and names what is wrong", 0},
    {"share", KEY_SHARE, "N", 0, "with each seed one build of N, in turn (default 1: all)", 0},
    {"record", KEY_RECORD, "FILE", 0, "keep what was shown so far in FILE, and go on from there", 0},
    {"suite", KEY_SUITE, "NAME", 0, "conformance (default), or scaling: --only is an optimizer then", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    calibrate_line *line = state->input;
    switch (key) {
    case KEY_SEEDS:
        line->seeds = optcert_option_whole("--seeds", arg, 1, 1000000);
        return 0;
    case KEY_ONLY:
        line->only = arg;
        return 0;
    case KEY_NAMES:
        line->names = true;
        return 0;
    case KEY_SHARE:
        line->share = optcert_option_whole("--share", arg, 1, 1000);
        return 0;
    case KEY_RECORD:
        line->record = arg;
        return 0;
    case KEY_SUITE:
        if (strcmp(arg, "conformance") != 0 && strcmp(arg, "scaling") != 0) {
            optcert_usage("--suite '%s' is neither conformance nor scaling", arg);
        }
        line->suite = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool wanted(const calibrate_line *line, const optcert_known_build *known)
{
    return line->only == NULL || strstr(known->spec, line->only) != NULL ||
           strcmp(line->only, known->right ? "right" : "wrong") == 0;
}

static void need_some(const calibrate_line *line, size_t count)
{
    if (count == 0) {
        optcert_usage("--only '%s' is in no build's name, and neither right nor wrong", line->only);
    }
}

/* Keeps the builds that are wanted, in order. */
static size_t select_builds(const calibrate_line *line, optcert_known_build *known, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (wanted(line, &known[i])) {
            known[kept++] = known[i];
        }
    }
    need_some(line, kept);
    return kept;
}

/* Of these seeds every build is run before the next are: a record grows evenly. */
enum { BLOCK = 5 };

typedef void calibrate_run(const optcert_known_build *known, optcert_seeds seeds, optcert_calibration *result);

/* Build i takes its turn with the seeds that are i modulo the share. */
static void run_block(const optcert_options *common, calibrate_run *run, const optcert_calibration_record *record,
                      uint64_t first, uint64_t seeds)
{
    const uint64_t share = record->share;
#pragma omp parallel for schedule(dynamic) num_threads((int)common->jobs)
    for (size_t i = 0; i < record->count; i++) {
        const uint64_t wait = (i % share + share - first % share) % share;
        run(&record->known[i], (optcert_seeds){first + wait, first + seeds, share}, &record->results[i]);
    }
}

static void run_all(const calibrate_line *line, const optcert_options *common, calibrate_run *run,
                    const optcert_calibration_record *record)
{
    uint64_t done = optcert_calibration_resume(record);
    while (done < line->seeds) {
        const uint64_t some = line->seeds - done < BLOCK ? line->seeds - done : BLOCK;
        run_block(common, run, record, common->seed + done, some);
        done += some;
        optcert_calibration_save(record, done);
        optcert_progress(common, "calibrate", done, line->seeds);
    }
}

static void report_build(const optcert_options *common, const optcert_known_build *known, const optcert_calibration *result)
{
    if (result->wrong > 0 && !common->json) {
        printf("%s %s: %llu of %llu runs: %s\n", known->right ? "false alarm" : "missed", known->spec,
               (unsigned long long)result->wrong, (unsigned long long)result->runs, result->first);
    }
    if (*result->trouble != '\0') {
        optcert_broken("%s: %s", known->spec, result->trouble);
    }
}

static void report(const optcert_options *common, const optcert_claims *claims,
                   const optcert_claims *observations)
{
    if (common->json) {
        const char *verdict = optcert_verdict_text(optcert_claims_verdict(claims));
        optcert_json_print(json_pack("{s:s, s:o, s:o}", "verdict", verdict, "claims",
                                     optcert_claims_to_json(claims, optcert_claim_to_json), "observations",
                                     optcert_claims_to_json(observations, optcert_observation_to_json)),
                           stdout);
    } else {
        for (size_t i = 0; i < claims->count; i++) {
            optcert_summary_claim(&claims->item[i], optcert_colour(), stdout);
        }
        for (size_t i = 0; i < observations->count; i++) {
            const optcert_claim *seen = &observations->item[i];
            printf("  %-39s %.3g, 95 %% interval [%.3g, %.3g]\n", seen->id, seen->measured, seen->low,
                   seen->high);
        }
    }
    optcert_report_junit(common, "optcert.calibrate", claims);
}

/* --- names --- */

static optcert_naming *wanted_namings(const calibrate_line *line, size_t *count)
{
    size_t kept = 0;
    optcert_naming *list = optcert_namings(count);
    for (size_t i = 0; i < *count; i++) {
        if (wanted(line, &list[i].known)) {
            list[kept++] = list[i];
        }
    }
    need_some(line, kept);
    *count = kept;
    return list;
}

static void print_namings(const optcert_naming *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const optcert_naming *naming = &list[i];
        const char *how = naming->named ? "named" : naming->hidden ? "hidden" : naming->detected ? "misnamed" : "missed";
        printf("%-9s %-56s %5.2f s  %s\n", how, naming->known.spec, naming->seconds, naming->said);
    }
}

static void print_times(optcert_naming *list, size_t count)
{
    const optcert_naming *slowest = optcert_naming_slower_than(list, count, 1);
    printf("  processor seconds                       %.2f for %s\n", slowest->seconds, slowest->known.spec);
    printf("                                          %.2f in the median, %.2f in 95 of 100\n",
           optcert_naming_slower_than(list, count, 0.5)->seconds, optcert_naming_slower_than(list, count, 0.95)->seconds);
}

static int calibrate_names(const calibrate_line *line, const optcert_options *common)
{
    size_t count, done = 0;
    optcert_naming *list = wanted_namings(line, &count);
    optcert_claims claims = {0}, none = {0};
#pragma omp parallel for schedule(dynamic) num_threads((int)common->jobs)
    for (size_t i = 0; i < count; i++) {
        optcert_name(&list[i], common->seed);
#pragma omp critical
        optcert_progress(common, "identify", ++done, count);
    }
    if (!common->json) {
        print_namings(list, count);
    }
    (void)optcert_naming_claims(list, count, common->seed, &claims);
    report(common, &claims, &none);
    if (!common->json) {
        print_times(list, count);
    }
    const int code = optcert_exit_code(optcert_claims_verdict(&claims));
    optcert_claims_free(&claims);
    free(list);
    return code;
}

/* --- many seeds --- */

static int calibrate_builds(const calibrate_line *line, const optcert_options *common)
{
    size_t count = 0;
    optcert_known_build *known = optcert_known_builds(&count);
    optcert_calibration *results = calloc(count + 1, sizeof *results);
    count = select_builds(line, known, count);
    const optcert_calibration_record record = {line->record, line->names ? "identify" : "conformance", common->seed,
                                               line->share, known, results, count};
    run_all(line, common, line->names ? optcert_calibrate_naming : optcert_calibrate, &record);
    for (size_t i = 0; i < count; i++) {
        report_build(common, &known[i], &results[i]);
    }
    optcert_claims claims = {0}, observations = {0};
    (void)optcert_calibration_claims(known, results, count, common->seed, &claims, &observations);
    report(common, &claims, &observations);
    const int code = optcert_exit_code(optcert_claims_verdict(&claims));
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    free(known);
    free(results);
    return code;
}

int optcert_cmd_calibrate(int argc, char **argv)
{
    calibrate_line line = {.seeds = 1, .share = 1};
    optcert_options common;
    optcert_parse(
        &(optcert_line){.options = options,
                        .parser = parse,
                        .doc = "Runs the conformance suite over every build whose verdict is known: the "
                               "shipped ones and the corpus of defects and of unusual but right builds.",
                        .input = &line,
                        .has_claims = true},
        argc, argv, &common);
    if (line.names && line.seeds == 1 && line.share == 1 && line.record == NULL) {
        return calibrate_names(&line, &common);
    }
    if (line.suite != NULL && strcmp(line.suite, "scaling") == 0) {
        return optcert_calibrate_scaling(line.only, line.seeds, line.record, &common);
    }
    return calibrate_builds(&line, &common);
}
