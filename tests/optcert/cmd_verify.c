/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert verify: whether a certificate is sound, and about the build at hand. */
#include "build_spec.h"
#include "command.h"
#include "json_text.h"
#include "options.h"
#include "report.h"
#include "summary.h"
#include "verdict.h"
#include "verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20 };

typedef struct verify_line {
    const char *certificate, *build;
} verify_line;

static error_t parse(int key, char *arg, struct argp_state *state)
{
    verify_line *line = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (line->build != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        *(line->certificate == NULL ? &line->certificate : &line->build) = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a certificate is needed");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "re");
    char *text = malloc(FILE_MAX + 1);
    if (file == NULL || text == NULL) {
        optcert_usage("cannot read %s: %s", path, strerror(errno));
    }
    *size = fread(text, 1, FILE_MAX, file);
    if (ferror(file) != 0 || fgetc(file) != EOF) {
        optcert_usage("cannot read %s: %s", path, ferror(file) != 0 ? strerror(errno) : "it is too large");
    }
    fclose(file);
    text[*size] = '\0';
    return text;
}

static const char *digest_of(const char *build, optcert_spec *spec)
{
    char error[512] = "";
    if (build == NULL) {
        return NULL;
    }
    if (optcert_spec_resolve(build, spec, error, sizeof error) != OPTCERT_OK) {
        optcert_usage("%s: %s", build, error);
    }
    return spec->digest;
}

static const char *says(const json_t *certificate)
{
    const char *verdict =
        json_string_value(json_object_get(json_object_get(certificate, "predicate"), "verdict"));
    return verdict != NULL ? verdict : "nothing";
}

static void print_json(const optcert_claims *checks, const json_t *certificate)
{
    json_t *reasons = json_array();
    for (size_t i = 0; i < checks->count; i++) {
        if (checks->item[i].verdict != OPTCERT_PASSED) {
            json_array_append_new(reasons,
                                  json_sprintf("%s: %s", checks->item[i].id, checks->item[i].detail));
        }
    }
    const char *verdict = optcert_verdict_text(optcert_claims_verdict(checks));
    optcert_json_print(json_pack("{s:s, s:s, s:o}", "verdict", verdict, "certificate_says", says(certificate),
                                 "reasons", reasons),
                       stdout);
}

static void print_text(const optcert_claims *checks, const json_t *certificate)
{
    for (size_t i = 0; i < checks->count; i++) {
        optcert_summary_claim(&checks->item[i], optcert_colour(), stdout);
    }
    if (optcert_claims_verdict(checks) == OPTCERT_PASSED) {
        printf("The certificate is sound. It says: %s.\n", says(certificate));
    } else {
        puts("The certificate is not sound: it certifies nothing.");
    }
}

int optcert_cmd_verify(int argc, char **argv)
{
    static optcert_spec spec;
    verify_line line = {0};
    optcert_options common;
    optcert_parse(
        &(optcert_line){
            .parser = parse,
            .args_doc = "CERTIFICATE [BUILD]",
            .doc = "Checks that a certificate is whole and that every verdict in it follows from its "
                   "numbers; with BUILD, that it is about that build. Exit 0 says that the "
                   "certificate is sound, whatever its verdict on the build.",
            .input = &line,
            .has_claims = true},
        argc, argv, &common);
    size_t size = 0;
    char *text = read_file(line.certificate, &size);
    optcert_claims checks = {0};
    json_t *certificate = optcert_verify(text, size, digest_of(line.build, &spec), &checks);
    if (common.json) {
        print_json(&checks, certificate);
    } else {
        print_text(&checks, certificate);
    }
    optcert_report_junit(&common, "optcert.verify", &checks);
    const optcert_verdict verdict = optcert_claims_verdict(&checks);
    optcert_claims_free(&checks);
    json_decref(certificate);
    free(text);
    return optcert_exit_code(verdict);
}
