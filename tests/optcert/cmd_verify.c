/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert verify: whether a certificate is sound, and about the build at hand. */
#include "build_spec.h"
#include "command.h"
#include "dsse.h"
#include "file.h"
#include "json_text.h"
#include "options.h"
#include "policy.h"
#include "report.h"
#include "summary.h"
#include "verdict.h"
#include "verify.h"

#include <stdlib.h>
#include <string.h>

typedef struct verify_line {
    const char *certificate, *build, *key, *policy;
} verify_line;

enum { KEY_KEY = 0x2000, KEY_POLICY };

static const struct argp_option options[] = {
    {"key", KEY_KEY, "PUB", 0, "the public key that must have signed it (PREFIX.pub of optcert keygen)", 0},
    {"policy", KEY_POLICY, "POLICY", 0, "what it must contain: conformance, production, research, or a file", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    verify_line *line = state->input;
    switch (key) {
    case KEY_KEY:
        line->key = arg;
        return 0;
    case KEY_POLICY:
        line->policy = arg;
        return 0;
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

/* A shipped policy, or a file's. */
static json_t *read_policy(const char *name)
{
    char why[256] = "";
    const char *shipped = optcert_policy_shipped(name);
    size_t size = shipped != NULL ? strlen(shipped) : 0;
    char *text = shipped != NULL ? NULL : optcert_file_read(name, &size);
    json_t *policy = optcert_policy_read(shipped != NULL ? shipped : text, size, why, sizeof why);
    if (policy == NULL) {
        optcert_usage("%s is no policy: %s", name, why);
    }
    free(text);
    return policy;
}

static const char *says(const json_t *certificate)
{
    const char *verdict =
        json_string_value(json_object_get(json_object_get(certificate, "predicate"), "verdict"));
    return verdict != NULL ? verdict : "nothing";
}

/* What a verification found out. */
typedef struct findings {
    optcert_claims checks;
    json_t *certificate; /* NULL where it could not be read, or its signature is bad */
    optcert_signature signature;
    bool sound; /* whatever a policy says */
    json_t *policy; /* NULL: none was asked for */
} findings;

static void print_json(const findings *found)
{
    json_t *reasons = json_array();
    for (size_t i = 0; i < found->checks.count; i++) {
        const optcert_claim *check = &found->checks.item[i];
        if (check->verdict != OPTCERT_PASSED) {
            json_array_append_new(reasons, json_sprintf("%s: %s", check->id, check->detail));
        }
    }
    const char *verdict = optcert_verdict_text(optcert_claims_verdict(&found->checks));
    optcert_json_print(json_pack("{s:s, s:b, s:s, s:s, s:s?, s:o}", "verdict", verdict, "sound", found->sound,
                                 "signature", optcert_signature_text(found->signature), "certificate_says",
                                 says(found->certificate), "policy",
                                 found->policy != NULL ? optcert_policy_name(found->policy) : NULL, "reasons", reasons),
                       stdout);
}

static void print_text(const findings *found)
{
    static const char *const signature[] = {
        "It is not signed: anyone can have written it.",
        "Its signature was not checked: give --key PUB. Without that, anyone can have written it.",
        "It is signed by the key given.", ""};
    for (size_t i = 0; i < found->checks.count; i++) {
        optcert_summary_claim(&found->checks.item[i], optcert_colour(), stdout);
    }
    if (!found->sound) {
        puts("The certificate is not sound: it certifies nothing.");
        return;
    }
    printf("The certificate is sound. It says: %s.\n%s\n", says(found->certificate), signature[found->signature]);
    if (found->policy != NULL) {
        printf("It %s the policy '%s'.\n",
               optcert_claims_verdict(&found->checks) == OPTCERT_PASSED ? "meets" : "does not meet",
               optcert_policy_name(found->policy));
    }
}

/* The signature first: nothing is read of a statement whose signature is bad. */
static findings verify(const verify_line *line)
{
    static optcert_spec spec;
    findings found = {0};
    optcert_public_key key;
    size_t size = 0;
    if (line->key != NULL) {
        optcert_file_public_key(line->key, &key);
    }
    if (line->policy != NULL) {
        found.policy = read_policy(line->policy);
    }
    const char *digest = digest_of(line->build, &spec);
    char *text = optcert_file_read(line->certificate, &size);
    const optcert_opened opened = optcert_dsse_open(text, size, line->key != NULL ? &key : NULL, &found.checks);
    free(text);
    found.signature = opened.signature;
    if (opened.statement != NULL) {
        found.certificate = optcert_verify(opened.statement, opened.size, digest, &found.checks);
        free(opened.statement);
    }
    found.sound = optcert_claims_verdict(&found.checks) == OPTCERT_PASSED;
    if (found.sound && found.policy != NULL) {
        optcert_policy_apply(found.policy, found.certificate, found.signature, &found.checks);
    }
    return found;
}

int optcert_cmd_verify(int argc, char **argv)
{
    verify_line line = {0};
    optcert_options common;
    optcert_parse(
        &(optcert_line){
            .options = options,
            .parser = parse,
            .args_doc = "CERTIFICATE [BUILD]",
            .doc = "Checks that a certificate is whole and that every verdict in it follows from its "
                   "numbers; with BUILD, that it is about that build; with --key, that it was signed with that "
                   "key's secret half. Exit 0 says that the certificate is sound, whatever its verdict on the "
                   "build; with --policy, also that it contains what the policy asks for.",
            .input = &line,
            .has_claims = true},
        argc, argv, &common);
    findings found = verify(&line);
    if (common.json) {
        print_json(&found);
    } else {
        print_text(&found);
    }
    optcert_report_junit(&common, "optcert.verify", &found.checks);
    const optcert_verdict verdict = optcert_claims_verdict(&found.checks);
    optcert_claims_free(&found.checks);
    json_decref(found.certificate);
    json_decref(found.policy);
    return optcert_exit_code(verdict);
}
