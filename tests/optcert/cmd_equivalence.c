/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert equivalence: whether the fast paths equal the proved core, bit for bit. */
#include "claim_json.h"
#include "command.h"
#include "dense_bound.h"
#include "equivalence.h"
#include "exhaustive_record.h"
#include "json_text.h"
#include "kernel_damage.h"
#include "optcert/isa.h"
#include "options.h"
#include "report.h"
#include "verdict.h"

#include <inttypes.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { KEY_LEVEL = 0x2000, KEY_ELEMENTS, KEY_CONTEXTS, KEY_RECORD, KEY_SECONDS, KEY_PLANT };
enum { QUICK = 10000000, FULL = 100000000, PLANTED = 4 /* bounds */ };

typedef struct equivalence_line {
    const char *unit;
    const optcert_kernel_defect *planted;
    bool full;
    uint64_t elements, contexts; /* UINT64_MAX: the level's */
    const char *record;
    uint64_t seconds;
} equivalence_line;

static const struct argp_option options[] = {
    {"level", KEY_LEVEL, "LEVEL", 0,
     "quick (default): 10^7 random elements per kernel and format; full: 10^8, and every binary32 gradient in 8 contexts", 0},
    {"elements", KEY_ELEMENTS, "N", 0, "random elements per kernel and format instead of the level's", 0},
    {"contexts", KEY_CONTEXTS, "N", 0, "contexts, 0 to 8, in which every binary32 gradient is tried, instead of the level's", 0},
    {"record", KEY_RECORD, "FILE", 0,
     "keep each context that was exhausted in FILE, and do not run again what it holds for the same machine code", 0},
    {"seconds", KEY_SECONDS, "N", 0, "with --record: begin no context after N seconds; the claim is then inconclusive", 0},
    {"plant", KEY_PLANT, "DEFECT", 0, "put a known defect into the fast paths: the suite must fail (optcert list shows them)", 0},
    {0},
};

static bool is_unit(const char *name)
{
    if (strcmp(name, "blas") == 0) {
        return true;
    }
    for (const optcert_kernel *kernel = optcert_kernels; kernel->unit != NULL; kernel++) {
        if (strcmp(kernel->unit, name) == 0) {
            return true;
        }
    }
    return false;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    equivalence_line *line = state->input;
    switch (key) {
    case KEY_LEVEL:
        if (strcmp(arg, "quick") != 0 && strcmp(arg, "full") != 0) {
            optcert_usage("--level '%s' is neither quick nor full", arg);
        }
        line->full = strcmp(arg, "full") == 0;
        return 0;
    case KEY_ELEMENTS:
        line->elements = optcert_option_whole("--elements", arg, 1, UINT64_C(1000000000000));
        return 0;
    case KEY_CONTEXTS:
        line->contexts = optcert_option_whole("--contexts", arg, 0, OPTCERT_EXHAUSTIVE_CONTEXTS);
        return 0;
    case KEY_RECORD:
        line->record = arg;
        return 0;
    case KEY_SECONDS:
        line->seconds = optcert_option_whole("--seconds", arg, 0, 1000000000);
        return 0;
    case KEY_PLANT:
        line->planted = optcert_kernel_defect_find(arg);
        if (line->planted == NULL) {
            optcert_usage("--plant '%s' is not a known defect of kernels (optcert list shows them)", arg);
        }
        return 0;
    case ARGP_KEY_ARG:
        if (line->unit != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        if (!is_unit(arg)) {
            optcert_usage("'%s' is not a unit with a fast path or blas (spec/fast.md)", arg);
        }
        line->unit = arg;
        return 0;
    case ARGP_KEY_END:
        if (line->seconds != UINT64_MAX && line->record == NULL) {
            optcert_usage("--seconds needs --record, where a later run goes on");
        }
        if (line->record != NULL && line->planted != NULL) {
            optcert_usage("--record keeps nothing of a run with --plant");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void show_progress(void *context, uint64_t done, uint64_t total)
{
    optcert_progress(context, "equivalence", done, total);
}

static json_t *instruction_sets(void)
{
    json_t *array = json_array();
    for (oc_isa isa = OC_ISA_BASE; isa <= OC_ISA_AVX512; isa++) {
        json_array_append_new(array, json_pack("{s:s, s:b}", "name", oc_isa_text(isa), "available",
                                               (int)oc_isa_available(isa)));
    }
    return array;
}

static void print_json(const optcert_claims *claims)
{
    optcert_json_print(json_pack("{s:s, s:o, s:o}", "verdict", optcert_verdict_text(optcert_claims_verdict(claims)),
                                 "instruction_sets", instruction_sets(), "claims",
                                 optcert_claims_to_json(claims, optcert_claim_to_json)),
                       stdout);
}

static void print_text(const optcert_claims *claims)
{
    uint64_t compared = 0;
    printf("instruction sets:");
    for (oc_isa isa = OC_ISA_BASE; isa <= OC_ISA_AVX512; isa++) {
        printf(" %s%s", oc_isa_text(isa), oc_isa_available(isa) ? "" : " (not on this machine: not tried)");
    }
    printf("\n%-45s %15s %10s  %s\n", "claim", "elements", "measured", "verdict");
    for (size_t i = 0; i < claims->count; i++) {
        const optcert_claim *claim = &claims->item[i];
        printf("%-45s %15" PRIu64 " %10.4g  %s\n", claim->id, claim->sample_size, claim->measured,
               optcert_verdict_text(claim->verdict));
        if (claim->verdict != OPTCERT_PASSED && claim->detail[0] != '\0') {
            printf("    %s\n", claim->detail);
        }
        compared += claim->sample_size;
    }
    printf("%" PRIu64 " elements compared, verdict: %s\n", compared, optcert_verdict_text(optcert_claims_verdict(claims)));
}

/* The record of that file, NULL without one. */
static optcert_exhausted *open_record(const char *path)
{
    const char *reason;
    optcert_exhausted *record = path != NULL ? optcert_exhausted_open(path, &reason) : NULL;
    if (path != NULL && record == NULL) {
        optcert_usage("--record '%s': %s", path, reason);
    }
    return record;
}

static double deadline_of(uint64_t seconds)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return seconds == UINT64_MAX ? INFINITY : (double)t.tv_sec + (double)seconds;
}

int optcert_cmd_equivalence(int argc, char **argv)
{
    equivalence_line line = {.elements = UINT64_MAX, .contexts = UINT64_MAX, .seconds = UINT64_MAX};
    optcert_options common;
    optcert_parse(&(optcert_line){.options = options,
                                  .parser = parse,
                                  .args_doc = "[UNIT]",
                                  .doc = "Compares the library's fast paths (optcert/fast.h, fast_sde.h) with its proved core, "
                                         "element by element, for every instruction set that this machine has: \"measured\" counts "
                                         "those that differ. Unit blas is OpenBLAS on ensembles of paths, held to the derived bound of "
                                         "sums in any order: \"measured\" is the largest of difference / bound.",
                                  .input = &line,
                                  .has_claims = true},
                  argc, argv, &common);
    omp_set_num_threads((int)common.jobs);
    optcert_exhausted *record = open_record(line.record);
    const optcert_equivalence job = {
        .unit = line.unit,
        .record = record,
        .deadline = deadline_of(line.seconds),
        .elements = line.elements != UINT64_MAX ? line.elements : (line.full ? FULL : QUICK),
        .contexts = line.contexts != UINT64_MAX ? (uint32_t)line.contexts : (line.full ? OPTCERT_EXHAUSTIVE_CONTEXTS : 0),
        .seed = common.seed,
        .damage = line.planted != NULL ? line.planted->damage : NULL,
        .progress = show_progress,
        .context = &common};
    optcert_claims claims = {0};
    const optcert_dense_job dense = {.seed = common.seed, .planted = line.planted != NULL ? PLANTED : 0};
    const bool linear = line.unit == NULL || strcmp(line.unit, "blas") == 0;
    if (!optcert_equivalence_run(&job, &claims) || (linear && !optcert_dense_bound_run(&dense, &claims))) {
        optcert_broken(record != NULL ? "the suite ran short of memory, or could not write its record"
                                      : "the suite ran short of memory");
    }
    optcert_exhausted_close(record);
    if (common.json) {
        print_json(&claims);
    } else {
        print_text(&claims);
    }
    optcert_report_junit(&common, "optcert.equivalence", &claims);
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    optcert_claims_free(&claims);
    return optcert_exit_code(verdict);
}
