/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program on a terminal: how far it is, in one line that is wiped at the end, and verdicts in colour; and neither where the user
 * does not want it. */
#include "program.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *environment, *arguments;
    int code;
    bool progress, colour;
} lines[] = {
    {"-u NO_COLOR", "certify builtin:sgd-f32 --out /dev/null", 0, true, true},
    {"-u NO_COLOR", "certify builtin:sgd-f32 --out /dev/null --quiet", 0, false, true},
    {"NO_COLOR=1", "certify builtin:sgd-f32 --out /dev/null", 0, true, false},
    {"NO_COLOR=", "verify /dev/null", 1, false, true},
    {"NO_COLOR=1", "converge integrator --steps 4,8,16,32,64", 0, false, false},
    {"NO_COLOR=1", "converge limit --optimizer sgd --steps 4,8,16,32,64 --phi theta", 0, true, false},
    {"NO_COLOR=1", "converge limit --optimizer sgd --engine monte-carlo --paths 4096 --steps 8,16,32 --phi theta", 0, true, false},
    {"NO_COLOR=1", "converge limit --optimizer sgd --engine monte-carlo --paths 4096 --steps 8,16,32 --phi theta --quiet", 0, false, false},
    {"NO_COLOR=1", "calibrate --only builtin:sgd-f32", 0, true, false},
};

/* The terminal is read while the program runs: what it does not take makes the program wait. */
typedef struct reader {
    int terminal;
    size_t size;
    char text[1 << 16];
} reader;

static void *read_all(void *context)
{
    reader *r = context;
    ssize_t got;
    while ((got = read(r->terminal, r->text + r->size, sizeof r->text - 1 - r->size)) > 0 && r->size + (size_t)got < sizeof r->text - 1) {
        r->size += (size_t)got;
    }
    r->text[r->size] = '\0';
    return NULL;
}

/* Runs the line with both streams on a terminal; answers its exit code. */
static int run_on_terminal(size_t i, reader *r)
{
    char other[256], redirect[300], none[16];
    pthread_t thread;
    r->size = 0;
    r->terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (!UNIT_CHECK(r->terminal >= 0 && grantpt(r->terminal) == 0 && unlockpt(r->terminal) == 0 &&
                        ptsname_r(r->terminal, other, sizeof other) == 0, "no terminal")) {
        return -1;
    }
    const int held = open(other, O_RDWR | O_NOCTTY | O_CLOEXEC); /* so that the reader does not meet the end too soon */
    pthread_create(&thread, NULL, read_all, r);
    snprintf(redirect, sizeof redirect, ">%s 2>&1", other);
    const int code = program_run_with(lines[i].environment, lines[i].arguments, redirect, none, sizeof none);
    close(held);
    pthread_join(thread, NULL);
    close(r->terminal);
    return code;
}

static void on_terminal(void)
{
    static reader r;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const int code = run_on_terminal(i, &r);
        const bool progress = strstr(r.text, "\r\033[K") != NULL, colour = strstr(r.text, "\033[3") != NULL;
        UNIT_CHECK(code == lines[i].code && r.size > 0, "optcert %s: exit %d: %.300s", lines[i].arguments, code, r.text);
        UNIT_CHECK(progress == lines[i].progress, "optcert %s: %s", lines[i].arguments, progress ? "shows how far it is" : "does not show how far it is");
        UNIT_CHECK(colour == lines[i].colour, "%s optcert %s: %s", lines[i].environment, lines[i].arguments, colour ? "colours" : "no colours");
    }
}

UNIT_SUITE(terminal, {"on_terminal", on_terminal})
