/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert certify: runs the suites over a build and writes a certificate. */
#include "build_open.h"
#include "certify_reports.h"
#include "command.h"
#include "file.h"
#include "identify.h"
#include "json_text.h"
#include "options.h"
#include "proofs.h"
#include "report.h"
#include "resolution.h"
#include "statement.h"
#include "suites.h"
#include "summary.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct certify_line {
    const char *build, *claims, *level, *out, *sign;
    uint64_t suites;
    double resolution; /* 0: not given */
    optcert_certify_reports reports;
} certify_line;

enum { KEY_CLAIMS = 0x2000, KEY_LEVEL, KEY_SUITE, KEY_OUT, KEY_SIGN, KEY_HTML, KEY_SARIF, KEY_TEST_RESULT, KEY_RESOLUTION };

static const struct argp_option options[] = {
    {"claims", KEY_CLAIMS, "DIALECT", 0, "dialect to hold the build to (default: the one it claims)", 0},
    {"level", KEY_LEVEL, "LEVEL", 0, "quick (default) or full: ten times as many cases", 0},
    {"suite", KEY_SUITE, "LIST", 0, "suites to run, by commas (optcert list shows them); all; default", 0},
    {"resolution", KEY_RESOLUTION, "D", 0,
     "scaling, svag: the largest distance of two laws (MMD, below 1.41) that passes for none (default 0.06)", 0},
    {"out", KEY_OUT, "FILE", 0, "where the certificate goes (default: NAME.certificate.json here)", 0},
    {"sign", KEY_SIGN, "KEY", 0, "sign it: the certificate becomes an envelope (optcert keygen makes keys)", 0},
    {"html", KEY_HTML, "FILE", 0, "also write a self-contained page to FILE", 0},
    {"sarif", KEY_SARIF, "FILE", 0, "also write SARIF 2.1.0 to FILE: a result for each claim that did not pass", 0},
    {"test-result", KEY_TEST_RESULT, "FILE", 0, "also write in-toto's stock test-result statement to FILE", 0},
    {0},
};

static void choose_suites(certify_line *line, const char *list)
{
    char word[64];
    if (!optcert_suites_select(list, &line->suites, word, sizeof word)) {
        optcert_usage("--suite '%s' is not a suite that certify runs (optcert list shows them)", word);
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    certify_line *line = state->input;
    switch (key) {
    case KEY_CLAIMS:
        line->claims = arg;
        return 0;
    case KEY_LEVEL:
        if (strcmp(arg, "quick") != 0 && strcmp(arg, "full") != 0) {
            optcert_usage("--level '%s' is neither quick nor full", arg);
        }
        line->level = arg;
        return 0;
    case KEY_SUITE:
        choose_suites(line, arg);
        return 0;
    case KEY_RESOLUTION:
        line->resolution = optcert_option_resolution(arg);
        return 0;
    case KEY_OUT:
        line->out = arg;
        return 0;
    case KEY_SIGN:
        line->sign = arg;
        return 0;
    case KEY_HTML:
        line->reports.html = arg;
        return 0;
    case KEY_SARIF:
        line->reports.sarif = arg;
        return 0;
    case KEY_TEST_RESULT:
        line->reports.test_result = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (line->build != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        line->build = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a build is needed: a shared object, builtin:NAME or exec:COMMAND");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* `why`: how the build ended before it could claim anything; "" where it did not. */
static const oc_ref_dialect *dialect_of(const certify_line *line, const optcert_build_info *build, const char *why)
{
    const char *name = line->claims != NULL ? line->claims : build->claims;
    if (*why != '\0' && line->claims == NULL) {
        optcert_usage("%s: %s; it claims no dialect: give --claims for a certificate that says so", build->spec, why);
    }
    if (name == NULL || *name == '\0') {
        optcert_usage("%s claims no dialect: give --claims (optcert list shows them)", build->spec);
    }
    const oc_ref_dialect *dialect = oc_ref_dialect_find(name);
    if (dialect == NULL) {
        optcert_usage("dialect '%s' is not known (optcert list shows them)", name);
    }
    return dialect;
}

static void show_progress(void *context, const char *suite, uint64_t done, uint64_t total)
{
    optcert_progress(context, suite, done, total);
}

/* NAME.certificate.json, with what file names had better not hold replaced. */
static void default_out(const optcert_build_info *build, char *out, size_t size)
{
    snprintf(out, size, "%.100s.certificate.json", build->name);
    for (char *c = out; *c != '\0'; c++) {
        *c = isalnum((unsigned char)*c) || strchr("-._", *c) != NULL ? *c : '-';
    }
}

static void report(const certify_line *line, const optcert_certificate *certificate,
                   const optcert_secret_key *key, const optcert_options *common)
{
    char path[256];
    default_out(certificate->build, path, sizeof path);
    json_t *statement = optcert_statement(certificate);
    if (statement == NULL) {
        optcert_broken("the certificate cannot be written: a text of the build is not UTF-8, or /proc/cpuinfo cannot be read");
    }
    optcert_certify_reports_write(&line->reports, statement, key);
    json_t *written = optcert_certify_signed(statement, key);
    const bool file = line->out != NULL || !common->json;
    if (file) {
        optcert_file_write_json(line->out != NULL ? line->out : path, written);
    }
    if (common->json) {
        optcert_json_print(written, stdout);
    } else {
        optcert_summary_print(certificate, optcert_colour(), stdout);
        json_decref(written);
    }
    optcert_report_junit(common, "optcert.certify", certificate->claims);
    if (file && !common->quiet) {
        optcert_note("certificate written to %s", line->out != NULL ? line->out : path);
    }
}

/* Whether the build answers, and answers something else than the dialect. */
static bool deviates(const optcert_claims *claims)
{
    bool other = false;
    for (size_t i = 0; i < claims->count; i++) {
        const char *id = claims->item[i].id;
        const size_t length = strlen(id);
        const bool error = strncmp(id, "conformance.", 12) == 0 && length > 4 && strcmp(id + length - 4, ".ulp") == 0;
        other = other || (error && claims->item[i].verdict == OPTCERT_FAILED);
    }
    return other;
}

/* What would explain the build's answers, into out; false where nothing known does. The build is started afresh: what
 * its process has been through is part of what is looked at. */
static bool diagnose(const certify_line *line, const oc_ref_dialect *dialect, uint64_t seed, char *out, size_t size)
{
    optcert_identification found;
    optcert_build_handle *handle = optcert_open_build(line->build);
    if (!optcert_identify_defect(handle, dialect, seed, &found)) {
        optcert_broken("the harness ran short of memory or processes");
    }
    const bool known = found.explanation.dialect != NULL && found.explanation.count > 0;
    if (known) {
        char text[1200], caveat[640];
        optcert_explanation_text(&found.explanation, text, sizeof text);
        optcert_explanation_caveat(&found.explanation, caveat, sizeof caveat);
        snprintf(out, size, "%s%s%s", text, *caveat != '\0' ? "; " : "", caveat);
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
    return known;
}

int optcert_cmd_certify(int argc, char **argv)
{
    certify_line line = {.level = "quick"};
    optcert_options common;
    choose_suites(&line, NULL);
    optcert_parse(
        &(optcert_line){
            .options = options,
            .parser = parse,
            .args_doc = "BUILD",
            .doc = "Holds a build to the dialect that it claims and writes a certificate. BUILD is a "
                   "shared object that exports the build interface (optcert/build.h), builtin:NAME, or "
                   "exec:COMMAND.",
            .input = &line,
            .has_claims = true},
        argc, argv, &common);
    char when[32];
    if (!optcert_time_text(when, sizeof when)) {
        optcert_usage("SOURCE_DATE_EPOCH must be a whole number of seconds");
    }
    optcert_secret_key key;
    if (line.sign != NULL) {
        optcert_file_secret_key(line.sign, &key);
    }
    char why[512];
    optcert_build_handle *handle = optcert_open_build_dead(line.build, why, sizeof why);
    const optcert_build_info *build = optcert_build_describe(handle);
    const oc_ref_dialect *dialect = dialect_of(&line, build, why);
    const bool ours = strncmp(line.build, "builtin:", 8) == 0;
    optcert_claims claims = {0}, observations = {0};
    const optcert_suite_job job = {.build = handle,
                                   .dialect = dialect,
                                   .seed = common.seed,
                                   .full = strcmp(line.level, "full") == 0,
                                   .exact = ours && dialect->exact != NULL,
                                   .resolution = line.resolution,
                                   .progress = show_progress,
                                   .context = &common};
    if (!optcert_suites_run(line.suites, &job, &claims, &observations) ||
        (ours && !optcert_proof_claims(dialect, build->scalar, &claims))) {
        optcert_broken("the harness ran short of memory or processes");
    }
    char diagnosis[1850];
    const bool known = deviates(&claims) && diagnose(&line, dialect, common.seed, diagnosis, sizeof diagnosis);
    const optcert_certificate certificate = {.build = build,
                                             .dialect = dialect,
                                             .level = line.level,
                                             .seed = common.seed,
                                             .claims = &claims,
                                             .observations = &observations,
                                             .diagnosis = known ? diagnosis : NULL};
    report(&line, &certificate, line.sign != NULL ? &key : NULL, &common);
    optcert_key_wipe(&key);
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    optcert_build_close(handle);
    return optcert_exit_code(verdict);
}
