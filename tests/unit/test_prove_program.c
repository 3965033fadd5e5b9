/* SPDX-License-Identifier: GPL-3.0-or-later
 * prove as its users meet it, in a source tree of this test's own: its make answers for the provers. Unit `good` holds; `stale` has an
 * entry that is not of its sources; `open` has goals that nobody proved; `bare` has no entry. */
#include "program.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *path, *text;
} files[] = {
    {"proofs/wp.mk", "units:\n\t@printf 'good\\nstale\\nopen\\nbare\\n'\ncheck compare:\n\t@test '$(UNIT)' = good\n"},
    {"proofs/wp/good.json", "{\"unit\": \"good\", \"digest\": \"d1\", \"functions\": 2, \"smoke_passed\": 3, \"goals\": [{\"goal\": \"g1\", "
                            "\"function\": \"f\", \"property\": \"p\", \"ms\": 1500}, {\"goal\": \"g2\", \"function\": \"f\", "
                            "\"property\": \"q\", \"ms\": 500}]}\n"},
    {"proofs/wp/stale.json", "{\"unit\": \"stale\", \"goals\": [{\"goal\": \"g1\", \"ms\": 1}]}\n"},
    {"proofs/wp/open.json", "{\"unit\": \"open\", \"goals\": [{\"goal\": \"o1\"}, {\"goal\": \"o2\"}]}\n"},
    {"own/wp/open.f32/unproved", "o1\ttimeout\nx_wp_smoke_1\tvalid\n"},
    {"impl/good.c", ""},
};

static const struct {
    const char *arguments;
    int code;
    const char *says;
} lines[] = {
    {"prove good", 0, "2 goals in 1 units"},
    {"prove good", 0, " 2      2      3     2.0  d1               proved"},
    {"prove good --digests --json", 0, "\"verdict\": \"passed\""},
    {"prove good --json", 0, "\"source\": \"impl/good.c\""},
    {"prove", 1, "5 goals in 4 units"},
    {"prove stale", 1, "the ledger entry does not belong to these sources and tools"},
    {"prove stale --json", 1, "\"status\": \"stale\""},
    {"prove stale --json", 1, "\"source\": \"impl/stale.h\""},
    {"prove bare", 1, "the unit has no ledger entry"},
    {"prove open", 1, "    o1: "},
    {"prove open", 1, "no execution reaches this: a contract is contradictory"},
    {"prove open --json", 1, "\"status\": \"unproved\""},
    {"prove --sarif found.sarif --quiet", 1, "not proved"},
    {"prove other", 2, "'other' is not a unit of impl/"},
    {"prove good --sarif /nonexistent/x", 4, "cannot write /nonexistent/x"},
};

/* Files that break the tree, one after the other, and what is said then. */
static const struct {
    const char *path, *text, *says;
} broken[] = {
    {"proofs/wp/good.json", "{\"unit\"", "cannot read proofs/wp/good.json"},
    {"proofs/wp.mk", "units:\n\t@false\n", "cannot list the units"},
};

static void write_file(const char *path, const char *text)
{
    char part[64];
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        mkdir(part, 0777);
    }
    FILE *file = fopen(path, "we");
    UNIT_CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0, "%s is not written", path);
}

static void check(const char *arguments, int code, const char *says)
{
    static char text[1 << 16];
    const int got = program_run_with("BUILD=own GOMP_SPINCOUNT=1000", arguments, "2>&1", text, sizeof text);
    UNIT_CHECK(got == code, "optcert %s: exit %d, expected %d:\n%s", arguments, got, code, text);
    UNIT_CHECK(strstr(text, says) != NULL, "optcert %s: '%s' lacks '%s'", arguments, text, says);
}

static void command_lines(void)
{
    char folder[] = "/tmp/optcert-test-XXXXXX", before[4096], remove[64];
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0, "no folder")) {
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        write_file(files[i].path, files[i].text);
    }
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        check(lines[i].arguments, lines[i].code, lines[i].says);
    }
    check("prove stale --sarif found.sarif --quiet", 1, "stale");
    FILE *sarif = fopen("found.sarif", "re");
    char text[4096] = "";
    UNIT_CHECK(sarif != NULL && fread(text, 1, sizeof text - 1, sarif) > 0 && strstr(text, "\"2.1.0\"") != NULL, "no SARIF: %s", text);
    fclose(sarif);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        write_file(broken[i].path, broken[i].text);
        check("prove good", 4, broken[i].says);
    }
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

UNIT_SUITE(program_prove, {"command_lines", command_lines})
