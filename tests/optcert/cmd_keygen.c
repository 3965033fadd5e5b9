/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert keygen: a new pair of keys for signing certificates. */
#include "command.h"
#include "file.h"
#include "json_text.h"
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
    const char **prefix = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (*prefix != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        *prefix = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a prefix for the two files' names is needed");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void report(const optcert_options *common, const char *id, const char *secret, const char *public_)
{
    if (common->json) {
        optcert_json_print(json_pack("{s:s, s:o, s:o}", "keyid", id, "secret", optcert_json_string(secret),
                                     "public", optcert_json_string(public_)),
                           stdout);
    } else {
        printf("secret  %s\npublic  %s\nkeyid   %s\n", secret, public_, id);
    }
}

/* Half a pair is of no use: without this file its partner goes too. */
static void create(const char *path, unsigned mode, const char *text, const char *partner)
{
    if (optcert_file_create(path, mode, text)) {
        return;
    }
    const int why = errno;
    if (partner != NULL) {
        unlink(partner);
    }
    if (why == EEXIST) {
        optcert_usage("%s is already there: it is not written over", path);
    }
    optcert_broken("cannot write %s: %s", path, strerror(why));
}

int optcert_cmd_keygen(int argc, char **argv)
{
    const char *prefix = NULL;
    char secret_path[4096], public_path[4096], id[OPTCERT_DIGEST_SIZE];
    optcert_options common;
    optcert_parse(
        &(optcert_line){.parser = parse,
                        .args_doc = "PREFIX",
                        .doc =
                            "Makes an Ed25519 key pair: PREFIX.key (secret, mode 0600) signs certificates, "
                            "PREFIX.pub verifies them. Files that are there already are not written over.",
                        .input = &prefix},
        argc, argv, &common);
    if (strlen(prefix) > sizeof secret_path - sizeof ".key") {
        optcert_usage("the prefix is too long");
    }
    snprintf(secret_path, sizeof secret_path, "%s.key", prefix);
    snprintf(public_path, sizeof public_path, "%s.pub", prefix);
    if (access(public_path, F_OK) == 0) {
        optcert_usage("%s is already there: it is not written over", public_path);
    }
    optcert_secret_key key;
    if (!optcert_key_new(&key)) {
        optcert_broken("the system has no random numbers");
    }
    char *secret = optcert_key_secret_text(&key), *public_ = optcert_key_public_text(&key.public_key);
    create(secret_path, 0600, secret, NULL);
    create(public_path, 0644, public_, secret_path);
    optcert_key_id(&key.public_key, id);
    report(&common, id, secret_path, public_path);
    optcert_key_wipe(&key);
    free(secret);
    free(public_);
    return OPTCERT_EXIT_PASSED;
}
