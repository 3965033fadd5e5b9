/* SPDX-License-Identifier: GPL-3.0-or-later
 * Commands behind the exec protocol: good ones, and every way of talking badly. The bad ones are shells
 * that use nothing but what is built into them, since a command may not start processes. */
#include "build_handle.h"
#include "build_spec.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HELLO                                                                                                \
    "read l; printf "                                                                                        \
    "'{\"ok\":true,\"abi\":1,\"name\":\"x\",\"claims\":\"sgd\",\"scalar\":\"f64\",\"get\":true}\\n'; "
#define YES "read l; printf '{\"ok\":true}\\n'; "
#define STEP "read l; printf '{\"ok\":true,\"bytes\":8}\\n12345678'; "

/* Patience for what answers, on however busy a machine; not much of it for what is known not to. */
static optcert_limits limits_for(optcert_outcome expected)
{
    const double seconds = expected == OPTCERT_HUNG ? 0.5 : 30;
    return (optcert_limits){
        .open_seconds = 60, .call_seconds = seconds, .cpu_seconds = 60, .memory_bytes = UINT64_C(1) << 29};
}

static const optcert_hyper hyper = {.lr = 0.5};

/* Opens, creates, takes two steps of one element; the first outcome that is not OPTCERT_OK. */
static optcert_outcome talk(const char *script, optcert_outcome expected, char *symptom, size_t size)
{
    char spec[4096];
    const optcert_limits limits = limits_for(expected);
    optcert_build_handle *handle = NULL;
    optcert_instance *instance = NULL;
    double theta = 1;
    snprintf(spec, sizeof spec, "exec:/bin/sh -c \"%s\"", script);
    optcert_outcome outcome = optcert_build_open(spec, &limits, &handle, symptom, size);
    if (outcome != OPTCERT_OK) {
        return outcome;
    }
    outcome = optcert_build_create(handle, 1, &hyper, OPTCERT_PLACE_END, &instance);
    for (int i = 0; outcome == OPTCERT_OK && i < 2; i++) {
        outcome = optcert_build_step(instance, &theta, &(double){1});
    }
    snprintf(symptom, size, "%s", optcert_build_symptom(handle));
    optcert_build_close(handle);
    return outcome;
}

/* The script as it stands inside double quotes of the command. */
static void quote(const char *script, char *quoted)
{
    for (; *script != '\0'; script++) {
        if (*script == '"' || *script == '\\') {
            *quoted++ = '\\';
        }
        *quoted++ = *script;
    }
    *quoted = '\0';
}

static const struct {
    const char *what, *script;
    optcert_outcome outcome;
    const char *symptom; /* part of it */
} bad_ways[] = {
    {"leaves at once", "exit 3", OPTCERT_EXITED, "status 3"},
    {"dies at once", "kill -SEGV $$", OPTCERT_CRASHED, "signal 11"},
    {"last line of stderr", "echo no such module >&2; exit 1", OPTCERT_EXITED, "no such module"},
    {"garbage", "echo hello; read l", OPTCERT_PROTOCOL, "hello"},
    {"JSON, but no object", "echo 3; read l", OPTCERT_PROTOCOL, "not a JSON object"},
    {"object without ok", "echo '{}'; read l", OPTCERT_PROTOCOL, "not a JSON object"},
    {"ok is no boolean", "echo '{\"ok\":1}'; read l", OPTCERT_PROTOCOL, "not a JSON object"},
    {"unprintable", "printf '\\001\\377\\n'; read l", OPTCERT_PROTOCOL, "??"},
    {"line without end", "while :; do printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; done", OPTCERT_PROTOCOL,
     "more than"},
    {"other protocol version", "echo '{\"ok\":true,\"abi\":2,\"scalar\":\"f64\"}'; read l",
     OPTCERT_UNREACHABLE, "version"},
    {"other scalar", "echo '{\"ok\":true,\"abi\":1,\"scalar\":\"f16\"}'; read l", OPTCERT_UNREACHABLE, "f32"},
    {"declines", "echo '{\"ok\":false}'; read l", OPTCERT_UNREACHABLE, "declines"},
    {"bytes where none are due", "echo '{\"ok\":true,\"bytes\":8}'; read l", OPTCERT_PROTOCOL,
     "8 bytes where 0"},
    {"negative bytes", HELLO "echo '{\"ok\":true,\"bytes\":-8}'; read l", OPTCERT_PROTOCOL, "-8 bytes"},
    {"silent", HELLO YES "read l; while :; do :; done", OPTCERT_HUNG, "no answer"},
    {"refuses to create", HELLO "read l; echo '{\"ok\":false,\"error\":\"no such thing\"}'; read l",
     OPTCERT_REFUSED, "NULL: no such thing"},
    {"refuses a step", HELLO YES "read l; echo '{\"ok\":false}'; read l", OPTCERT_REFUSED, "step"},
    {"too few bytes announced", HELLO YES "read l; echo '{\"ok\":true,\"bytes\":4}'; read l",
     OPTCERT_PROTOCOL, "4 bytes where 8"},
    {"too many bytes announced", HELLO YES "read l; echo '{\"ok\":true,\"bytes\":80}'; read l",
     OPTCERT_PROTOCOL, "80 bytes where 8"},
    {"fewer bytes than announced",
     HELLO YES "read l; printf '{\"ok\":true,\"bytes\":8}\\n1234'; read l; read l", OPTCERT_HUNG,
     "no answer"},
    {"leaves within an array", HELLO YES "read l; printf '{\"ok\":true,\"bytes\":8}\\n1234'; exit 5",
     OPTCERT_EXITED, "status 5"},
    {"more bytes than announced",
     HELLO YES "read l; printf '{\"ok\":true,\"bytes\":8}\\n123456789\\n'; read l", OPTCERT_PROTOCOL, "9"},
    {"closes its ears", HELLO YES "exec 0<&-; while :; do :; done", OPTCERT_HUNG, "no answer"},
    {"closes its mouth", HELLO YES "exec 1>&-; while :; do :; done", OPTCERT_HUNG, "no answer"},
    {"in small pieces",
     HELLO YES "read l; printf '{\"ok\"'; i=0; while [ $i -lt 2999 ]; do i=$((i+1)); done; printf "
               "':true,\"bytes\":8}'; "
               "printf '\\n1234'; i=0; while [ $i -lt 2999 ]; do i=$((i+1)); done; printf 5678; " STEP
               "read l",
     OPTCERT_OK, ""},
};

static void bad_talk(void)
{
    for (size_t i = 0; i < sizeof bad_ways / sizeof bad_ways[0]; i++) {
        char symptom[256] = "";
        char script[2048];
        quote(bad_ways[i].script, script);
        const optcert_outcome outcome = talk(script, bad_ways[i].outcome, symptom, sizeof symptom);
        UNIT_CHECK(outcome == bad_ways[i].outcome, "%s: %s: %s", bad_ways[i].what,
                   optcert_outcome_text(outcome), symptom);
        UNIT_CHECK(strstr(symptom, bad_ways[i].symptom) != NULL, "%s: '%s' lacks '%s'", bad_ways[i].what,
                   symptom, bad_ways[i].symptom);
    }
}

/* What a command tries outside itself fails; it then leaves with the status that says so. */
static void contained(void)
{
    static const struct {
        const char *what, *script;
    } cases[] = {
        {"starts a process", "/bin/true; [ $? -ne 0 ] && exit 9"},
        {"kills the runner", "kill -KILL $PPID || exit 9"},
        {"kills its group", "kill -KILL 0 || exit 9"},
        {"writes a file", "echo x 2>/dev/null >/tmp/optcert-escape || exit 9"},
        {"opens its limits", "ulimit -f unlimited 2>/dev/null || exit 9"},
        {"writes to its scratch folder", "echo x >$TMPDIR/x && exit 9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char symptom[256] = "";
        char script[512];
        quote(cases[i].script, script);
        const optcert_outcome outcome = talk(script, OPTCERT_EXITED, symptom, sizeof symptom);
        const bool blocked = strstr(symptom, "fork") != NULL || strstr(symptom, "status 9") != NULL;
        UNIT_CHECK(outcome == OPTCERT_EXITED && blocked, "%s: %s: %s", cases[i].what,
                   optcert_outcome_text(outcome), symptom);
    }
    UNIT_CHECK(access("/tmp/optcert-escape", F_OK) != 0, "a file was written");
}

/* Arrays much larger than a pipe's buffer, through the C example where it has been built. */
static void large_arrays(void)
{
    enum { MANY = 300000 };
    static double theta[MANY], grad[MANY];
    char error[256];
    optcert_build_handle *handle = NULL;
    optcert_instance *instance = NULL;
    if (optcert_build_open("exec:build/examples/exec_sgd", NULL, &handle, error, sizeof error) !=
        OPTCERT_OK) {
        unit_note("skipped: %s", error);
        return;
    }
    for (size_t i = 0; i < MANY; i++) {
        theta[i] = (double)i;
        grad[i] = 2;
    }
    UNIT_CHECK(optcert_build_create(handle, MANY, &hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK,
               "create");
    UNIT_CHECK(optcert_build_step(instance, theta, grad) == OPTCERT_OK, "step: %s",
               optcert_build_symptom(handle));
    for (size_t i = 0; i < MANY; i++) {
        if (!UNIT_CHECK(theta[i] == (double)i - 1, "element %zu: %a", i, theta[i])) {
            break;
        }
    }
    UNIT_CHECK(optcert_build_destroy(instance) == OPTCERT_OK, "destroy");
    optcert_build_close(handle);
}

/* A program is looked for where the shell would, and its file is what the digest is of. */
static void found_in_path(void)
{
    static const char *const same[] = {"exec:true", "exec:/bin/true"};
    char of[2][4096] = {"", ""};
    for (int i = 0; i < 2; i++) {
        char error[256];
        static optcert_spec spec;
        UNIT_CHECK(optcert_spec_resolve(same[i], &spec, error, sizeof error) == OPTCERT_OK, "%s: %s", same[i], error);
        snprintf(of[i], sizeof of[i], "%s", spec.digest_of);
    }
    UNIT_CHECK(of[0][0] == '/' && strcmp(strrchr(of[0], '/'), strrchr(of[1], '/')) == 0, "%s and %s", of[0], of[1]);
}

UNIT_SUITE(build_exec, {"found_in_path", found_in_path}, {"bad_talk", bad_talk}, {"contained", contained}, {"large_arrays", large_arrays})
