/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert sign: puts a certificate in a signed envelope. */
#include "command.h"
#include "dsse.h"
#include "file.h"
#include "json_text.h"
#include "options.h"
#include "verify.h"

#include <stdlib.h>

typedef struct sign_line {
    const char *certificate, *key, *out;
} sign_line;

enum { KEY_KEY = 0x2000, KEY_OUT };

static const struct argp_option options[] = {
    {"key", KEY_KEY, "KEY", 0, "the secret key (PREFIX.key of optcert keygen)", 0},
    {"out", KEY_OUT, "FILE", 0, "where the envelope goes", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    sign_line *line = state->input;
    switch (key) {
    case KEY_KEY:
        line->key = arg;
        return 0;
    case KEY_OUT:
        line->out = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (line->certificate != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        line->certificate = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a certificate is needed");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* A signature says that its owner stands by the certificate: what is not sound is not signed. */
static int refuse_unsound(const char *path, const optcert_claims *checks)
{
    for (size_t i = 0; i < checks->count; i++) {
        if (checks->item[i].verdict != OPTCERT_PASSED) {
            optcert_note("%s is not signed: %s: %s", path, checks->item[i].id, checks->item[i].detail);
            return OPTCERT_EXIT_FAILED;
        }
    }
    return OPTCERT_EXIT_PASSED;
}

static void report(const sign_line *line, const optcert_secret_key *key, const optcert_options *common)
{
    char id[OPTCERT_DIGEST_SIZE];
    optcert_key_id(&key->public_key, id);
    if (common->json) {
        optcert_json_print(json_pack("{s:o, s:s}", "envelope", optcert_json_string(line->out), "keyid", id),
                           stdout);
    } else if (!common->quiet) {
        optcert_note("%s is signed by key %.12s...", line->out, id);
    }
}

int optcert_cmd_sign(int argc, char **argv)
{
    sign_line line = {0};
    optcert_options common;
    optcert_parse(
        &(optcert_line){.options = options,
                        .parser = parse,
                        .args_doc = "CERTIFICATE",
                        .doc = "Puts a certificate in a DSSE envelope, signed with Ed25519. A certificate "
                               "that optcert verify calls unsound is not signed (exit 1).",
                        .input = &line},
        argc, argv, &common);
    if (line.key == NULL || line.out == NULL) {
        optcert_usage("%s is needed", line.key == NULL ? "--key KEY" : "--out FILE");
    }
    optcert_secret_key key;
    size_t size = 0;
    optcert_file_secret_key(line.key, &key);
    char *text = optcert_file_read(line.certificate, &size);
    optcert_claims checks = {0};
    const optcert_opened opened = optcert_dsse_open(text, size, NULL, &checks);
    if (opened.signature != OPTCERT_SIGNATURE_NONE) {
        optcert_usage("%s is signed already", line.certificate);
    }
    json_decref(optcert_verify(text, size, NULL, &checks));
    const int code = refuse_unsound(line.certificate, &checks);
    if (code == OPTCERT_EXIT_PASSED) {
        json_t *envelope = optcert_dsse_sign(text, size, &key);
        optcert_file_write_json(line.out, envelope);
        json_decref(envelope);
        report(&line, &key, &common);
    }
    optcert_key_wipe(&key);
    optcert_claims_free(&checks);
    free(opened.statement);
    free(text);
    return code;
}
