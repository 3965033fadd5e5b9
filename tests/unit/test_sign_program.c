/* SPDX-License-Identifier: GPL-3.0-or-later
 * keygen, sign, certify --sign and verify --key as their users meet them. */
#include "program.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Run in an empty folder, in this order: later lines use what earlier ones wrote. */
static const struct {
    const char *arguments;
    int code;
    const char *says; /* what stdout and stderr together must hold */
} lines[] = {
    {"keygen", 2, "optcert: keygen: a prefix"},
    {"keygen a b", 2, "one argument too many"},
    {"keygen nowhere/me", 4, "cannot write nowhere/me.key: No such file"},
    {"keygen me", 0, "public  me.pub"},
    {"keygen me", 2, "me.pub is already there: it is not written over"},
    {"keygen other", 0, "keyid"},
    {"certify builtin:sgd-f32 --quiet --out bare.json", 0, "passed"},
    {"certify builtin:sgd-f32 --quiet --out signed.json --sign me.key", 0, "passed"},
    {"certify builtin:sgd-f32 --sign none.key", 2, "cannot read none.key: No such file"},
    {"certify builtin:sgd-f32 --sign me.pub", 2, "it holds a public key; the secret one is needed"},
    {"verify bare.json", 0, "It is not signed"},
    {"verify bare.json --json", 0, "\"signature\": \"none\""},
    {"verify bare.json --key me.pub", 1, "this is no envelope: nothing is signed"},
    {"verify signed.json", 0, "Its signature was not checked: give --key PUB"},
    {"verify signed.json --key me.pub", 0, "It is signed by the key given"},
    {"verify signed.json builtin:sgd-f32 --key me.pub", 0, "It says: passed"},
    {"verify signed.json builtin:sgd-f32 --key me.pub --json", 0, "\"signature\": \"good\""},
    {"verify signed.json defect:sgd-half-lr --key me.pub", 1, "the certificate is about sha256"},
    {"verify signed.json --key other.pub", 1, "the key given is"},
    {"verify signed.json --key other.pub --json", 1, "\"certificate_says\": \"nothing\""},
    {"verify signed.json --key none.pub", 2, "optcert: verify: cannot read none.pub: No such file"},
    {"verify signed.json --key me.key", 2, "me.key is no public key: it holds a secret key"},
    {"verify signed.json --key bare.json", 2, "does not start with 'optcert-ed25519-public'"},
    {"sign bare.json --key me.key", 2, "--out FILE is needed"},
    {"sign bare.json --out again.json", 2, "--key KEY is needed"},
    {"sign --key me.key --out again.json", 2, "a certificate is needed"},
    {"sign none.json --key me.key --out again.json", 2, "cannot read none.json"},
    {"sign signed.json --key me.key --out again.json", 2, "signed.json is signed already"},
    {"sign me.pub --key me.key --out again.json", 1, "me.pub is not signed: verify.form: not JSON"},
    {"sign bare.json --key me.key --out again.json", 0, "again.json is signed by key"},
    {"verify again.json --key me.pub", 0, "It is signed by the key given"},
    {"verify bare.json --policy conformance", 0, "It meets the policy 'conformance'"},
    {"verify bare.json --policy research", 0, "It meets the policy 'research'"},
    {"verify signed.json --key me.pub --policy production", 1, "the level is quick, not full"},
    {"verify signed.json --key me.pub --policy production --json", 1, "\"sound\": true"},
    {"certify defect:sgd-half-lr --quiet --out bad.json --html bad.html --sarif bad.sarif --test-result bad.result "
     "--sign me.key",
     1, "failed"},
    {"verify bad.json --key me.pub", 0, "It says: failed"},
    {"verify bad.json --policy conformance", 1, "does not meet the policy 'conformance'"},
    {"verify bad.result --key me.pub", 1, "predicateType is 'https://in-toto.io/attestation/test-result/v0.1'"},
    {"certify builtin:sgd-f32 --quiet --out bare.json --html /nonexistent/page", 4, "cannot write /nonexistent/page"},
    {"verify bare.json --policy lenient", 2, "cannot read lenient"},
    {"verify bare.json --policy bare.json", 2, "bare.json is no policy: _type is not a member"},
    {"verify bare.json --policy me.pub", 2, "me.pub is no policy: not JSON"},
};

static char *slurp(const char *path)
{
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    if (file == NULL || getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

static void files_left(void)
{
    static char text[4096];
    struct stat status = {0};
    UNIT_CHECK(stat("me.key", &status) == 0 && (status.st_mode & 0777) == 0600, "me.key: mode %o",
               status.st_mode & 0777);
    UNIT_CHECK(access("nowhere", F_OK) != 0, "a folder was made");
    UNIT_CHECK(chmod("me.key", 0644) == 0 && program_run("sign bare.json --key me.key --out read.json", "2>&1", text, sizeof text) == 0 &&
                   strstr(text, "warning: others may read me.key") != NULL, "%s", text);
    char *one = slurp("signed.json"), *two = slurp("again.json");
    UNIT_CHECK(one != NULL && two != NULL && strcmp(one, two) == 0,
               "certify --sign and sign write different bytes");
    free(one);
    free(two);
}

static void command_lines(void)
{
    static char text[1 << 20];
    char folder[] = "/tmp/optcert-test-XXXXXX", before[4096], remove[64];
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0,
                    "no folder")) {
        return;
    }
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const int code = program_run(lines[i].arguments, "2>&1", text, sizeof text);
        UNIT_CHECK(code == lines[i].code, "optcert %s: exit %d, expected %d:\n%s", lines[i].arguments, code,
                   lines[i].code, text);
        UNIT_CHECK(strstr(text, lines[i].says) != NULL, "optcert %s: '%s' lacks '%s'", lines[i].arguments,
                   text, lines[i].says);
        const char *end = strchr(text, '\n');
        UNIT_CHECK(code != 2 || (end != NULL && end[1] == '\0'), "optcert %s: more than one line: %s",
                   lines[i].arguments, text);
    }
    files_left();
    unsetenv("SOURCE_DATE_EPOCH");
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

UNIT_SUITE(program_sign, {"command_lines", command_lines})
