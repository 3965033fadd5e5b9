/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is said of a build's process: how it ended, what it last wrote, and where what is shipped lies. */
#include "build_process.h"
#include "build_spec.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct {
    int status; /* as waitpid tells it */
    optcert_outcome outcome;
    const char *says;
} fates[] = {
    {0, OPTCERT_EXITED, "left by itself with exit status 0"},
    {3 << 8, OPTCERT_EXITED, "left by itself with exit status 3"},
    {SIGXCPU, OPTCERT_HUNG, "used up its CPU time (SIGXCPU)"},
    {SIGSYS, OPTCERT_FORBIDDEN, "a system call that the sandbox does not allow"},
    {SIGSEGV, OPTCERT_CRASHED, "ended by signal 11 (Segmentation fault)"},
    {SIGKILL, OPTCERT_CRASHED, "ended by signal 9 (Killed)"},
};

static void ends(void)
{
    for (size_t i = 0; i < sizeof fates / sizeof fates[0]; i++) {
        char text[128] = "";
        const optcert_process process = {.status = fates[i].status};
        const optcert_outcome outcome = optcert_process_fate(&process, text, sizeof text);
        UNIT_CHECK(outcome == fates[i].outcome && strstr(text, fates[i].says) != NULL, "status %x: %s: %s", (unsigned)fates[i].status,
                   optcert_outcome_text(outcome), text);
    }
    UNIT_CHECK(strcmp(optcert_outcome_text((optcert_outcome)99), "unknown") == 0, "an outcome that is none has a name");
}

#define FIFTY "01234567890123456789012345678901234567890123456789"

static const struct {
    const char *log, *last;
} logs[] = {
    {"", ""},
    {"\n \n", ""},
    {"one", "one"},
    {"one\ntwo\n", "two"},
    {"one\ntwo\n\n  \n", "two"},
    {"a\tb\x01\x7f\xff", "a?b???"},
    {"first\n" FIFTY FIFTY, FIFTY "0123456789012"}, /* as much as there is room for */
};

static void last_lines(void)
{
    for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++) {
        char text[64];
        const size_t size = strlen(logs[i].log);
        const optcert_process process = {.log = memfd_create("log", MFD_CLOEXEC)};
        UNIT_CHECK(write(process.log, logs[i].log, size) == (ssize_t)size, "no log");
        optcert_process_last_line(&process, text, sizeof text);
        UNIT_CHECK(strcmp(text, logs[i].last) == 0, "log %zu: '%s', not '%s'", i, text, logs[i].last);
        close(process.log);
    }
}

static void siblings(void)
{
    char path[4096], small[8];
    UNIT_CHECK(optcert_sibling_path("optcert-runner", path, sizeof path) && access(path, R_OK) == 0, "%s", path);
    UNIT_CHECK(!optcert_sibling_path("no-such-file", path, sizeof path) && strstr(path, "/no-such-file") != NULL, "%s", path);
    UNIT_CHECK(!optcert_sibling_path("optcert-runner", small, sizeof small), "a path that does not fit");
}

/* A command is kept whole or refused. */
static void long_commands(void)
{
    static char spec[6000];
    static optcert_spec out;
    char error[256] = "";
    memset(spec, 'x', sizeof spec - 1);
    memcpy(spec, "exec:", 5);
    UNIT_CHECK(optcert_spec_resolve(spec, &out, error, sizeof error) == OPTCERT_UNREACHABLE && strstr(error, "the command is longer than") != NULL,
               "%s", error);
}

UNIT_SUITE(build_process, {"ends", ends}, {"last_lines", last_lines}, {"siblings", siblings}, {"long_commands", long_commands})
