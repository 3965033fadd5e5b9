/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program as its users meet it: exit codes, where output goes, what messages say. */
#include "json_text.h"
#include "program.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ADAM "--lr 1e-3 --beta1 0.9 --beta2 0.999 --eps 1e-8"

static const struct {
    const char *arguments;
    int code;
    const char *out, *err; /* what each stream must hold; "" for nothing in particular */
} lines[] = {
    {"", 2, "", "optcert: a command is needed"},
    {"nonsense", 2, "", "optcert: 'nonsense' is not a command"},
    {"--version", 0, "optcert ", ""},
    {"--help", 0, "scale", ""},
    {"list", 0, "adam/eps-hat", ""},
    {"list extra", 2, "", ""},
    {"scale adam --batch 256 --to 4096 " ADAM, 2, "",
     "optcert: scale: kappa 16 is not allowed: kappa*(1-beta1) must be < 1"},
    {"scale adam --batch 256 --to 4096 " ADAM, 2, "", "(largest batch 2559)"},
    {"scale adam --batch 256 --to 1024 " ADAM, 0, "0.6 ", ""},
    {"scale adam --batch 256 --to 1024", 2, "", "--lr"},
    {"scale --batch 256 --to 1024 " ADAM, 2, "", "an optimizer is needed"},
    {"scale sgd --batch 1 --to 2 --lr 1 --beta1 0.9", 2, "", "--beta1: sgd has no such hyper-parameter"},
    {"scale adam --batch 0 --to 2 --lr 1", 2, "", "--batch '0' is not a whole number from 1"},
    {"scale adam --batch 1 --to 2 --lr 1e", 2, "", "--lr 1e is not a finite number"},
    {"scale ema --batch 1 --to 4", 2, "", "--ema is needed"},
    {"scale ema --batch 1 --to 2 --ema 0.9", 0, "0.81 ", ""},
    {"scale sgd --batch 64 --to 256 --lr 0.01 --steps 100 --problem quadratic", 0, "-0.0018394 ", ""},
    {"scale sgd --batch 64 --to 256 --lr 0.01 --problem quadratic", 2, "", "--problem needs --steps"},
    {"scale sgd --batch 64 --to 256 --lr 0.01 --steps 9 --problem cubic", 2, "", "--problem 'cubic' is not one"},
    {"scale ema --batch 1 --to 2 --ema 0.9 --steps 9 --problem quadratic", 2, "", "no first-order error is known for ema"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --set T=1", 2, "", "T follows from"},
    {"scale sgd --batch 1 --to 2 --lr 1 --sample-noise 1", 2, "", "describe a --problem"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients /nonexistent", 2, "", "--gradients /nonexistent: it cannot be opened"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients /dev/null", 2, "", "it is not a .npy file"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients /", 2, "", "--gradients /: it cannot be"},
    {"certify", 2, "", "a build is needed"},
    {"certify builtin:nonesuch", 2, "", "there is no build 'nonesuch'"},
    {"certify builtin:adam --claims nonesuch", 2, "", "dialect 'nonesuch' is not known"},
    {"certify builtin:sgd --level slow", 2, "", "--level 'slow' is neither quick nor full"},
    {"certify builtin:sgd-f32 --out /dev/null", 0, "This build computes sgd in binary32",
     "certificate written to"},
    {"certify builtin:sgd-f32 --claims sgd/l2 --out /dev/null", 1, "does not compute sgd/l2", ""},
    {"certify builtin:sgd --suite nonesuch", 2, "", "--suite 'nonesuch' is not a suite that certify runs"},
    {"certify builtin:sgd-f32 --suite robustness --out /dev/null", 0, "the suite conformance did not", ""},
    {"certify defect:sgd-half-lr --out /dev/null", 1, "It matches sgd exactly if the learning rate were 0.5 times", ""},
    {"certify defect:sgd-sign --suite conformance --json --out /dev/null", 1, "; these would show nowhere beside it, and so cannot be told: ", ""},
    {"identify", 2, "", "a build is needed"},
    {"identify /nonexistent", 2, "", "cannot read /nonexistent"},
    {"identify builtin:sgd --hyper eps", 2, "", "--hyper 'eps' is not NAME=VALUE"},
    {"identify builtin:sgd --hyper epsilon=1", 2, "", "--hyper 'epsilon' is none of"},
    {"identify builtin:sgd --hyper eps=x", 2, "", "--hyper 'x' is not a finite number"},
    {"identify builtin:sgd --hyper lr=0.1,lr=0.2", 2, "", "--hyper 'lr' is given twice"},
    {"identify builtin:sgd-f32", 0, "dialect   sgd", ""},
    {"identify defect:sgd-negated", 1, "matches sgd exactly if the gradient had the other sign", ""},
    {"calibrate --only right-sgd-fma --record /dev/null", 2, "", "--record '/dev/null' is not JSON"},
    {"verify", 2, "", "a certificate is needed"},
    {"verify /nonexistent", 2, "", "cannot read /nonexistent"},
    {"verify /dev/null", 1, "not sound", ""},
};

static void command_lines(void)
{
    static char text[1 << 20];
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        int code = program_run(lines[i].arguments, "2>/dev/null", text, sizeof text);
        UNIT_CHECK(code == lines[i].code, "optcert %s: exit %d, expected %d", lines[i].arguments, code,
                   lines[i].code);
        UNIT_CHECK(strstr(text, lines[i].out) != NULL, "optcert %s: stdout lacks '%s'", lines[i].arguments,
                   lines[i].out);
        UNIT_CHECK(code != 2 || *text == '\0', "optcert %s: a refusal writes to stdout", lines[i].arguments);
        code = program_run(lines[i].arguments, "2>&1 >/dev/null", text, sizeof text);
        UNIT_CHECK(strstr(text, lines[i].err) != NULL, "optcert %s: stderr '%s' lacks '%s'",
                   lines[i].arguments, text, lines[i].err);
    }
}

/* What a user's system does to a command line that is right. */
static void wrong_surroundings(void)
{
    static const struct {
        const char *environment, *arguments, *redirect;
        int code;
        const char *says;
    } cases[] = {
        {"SOURCE_DATE_EPOCH=soon", "certify builtin:sgd-f32 --out /dev/null", "2>&1", 2, "SOURCE_DATE_EPOCH must be a whole number of seconds"},
        {"", "list", "2>&1 >/dev/full", 4, "cannot write to standard output: No space left on device"},
        {"", "scale sgd --batch 1 --to 2 --lr 1 --json", "2>&1 >/dev/full", 4, "cannot write to standard output"},
    };
    char text[4096];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int code = program_run_with(cases[i].environment, cases[i].arguments, cases[i].redirect, text, sizeof text);
        UNIT_CHECK(code == cases[i].code && strstr(text, cases[i].says) != NULL, "%s optcert %s %s: exit %d: %s", cases[i].environment,
                   cases[i].arguments, cases[i].redirect, code, text);
    }
    static char long_prefix[4200] = "keygen ";
    memset(long_prefix + 7, 'x', 4095);
    UNIT_CHECK(program_run(long_prefix, "2>&1", text, sizeof text) == 2 && strstr(text, "the prefix is too long") != NULL, "%s", text);
}

static double number_at(const json_t *json, const char *object, const char *key)
{
    const json_t *value = json_object_get(json_object_get(json, object), key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void scale_in_json(void)
{
    static char text[1 << 16];
    program_run("scale adam --batch 256 --to 1024 --json " ADAM, "2>/dev/null", text, sizeof text);
    json_t *json = json_loads(text, 0, NULL);
    UNIT_CHECK(json != NULL, "not JSON: %s", text);
    UNIT_CHECK(number_at(json, "to", "lr") == 2e-3 && number_at(json, "to", "beta1") == 0.6 &&
                   number_at(json, "to", "beta2") == 0.996 && number_at(json, "to", "eps") == 5e-9 &&
                   number_at(json, "to", "batch") == 1024,
               "%s", text);
    UNIT_CHECK(fabs(number_at(json, "invariants", "c1") - 1e5) <= 1e-9 * 1e5, "%s", text);
    UNIT_CHECK(json_number_value(json_object_get(json, "kappa_max")) == 10, "%s", text);
    json_decref(json);
}

/* The same build, seed and time give the same bytes, whatever the verdict. */
static void reproducible(void)
{
    static const char *const builds[] = {"builtin:sgd-f32", "defect:sgd-negated-f64"};
    static char one[1 << 20], other[1 << 20];
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        char arguments[256];
        snprintf(arguments, sizeof arguments, "certify %s --json --quiet --html /dev/stderr", builds[i]);
        program_run(arguments, "2>&1", one, sizeof one);
        program_run(arguments, "2>&1", other, sizeof other);
        UNIT_CHECK(strstr(one, "1970-01-02T00:00:00Z") != NULL && strstr(one, "</html>") != NULL, "%s: %.300s", builds[i],
                   one);
        UNIT_CHECK(strcmp(one, other) == 0, "%s: other bytes the second time", builds[i]);
    }
    unsetenv("SOURCE_DATE_EPOCH");
}

/* The program bounds how long its threads spin by starting itself again, once, and leaves what a user has set alone. libgomp
 * says its settings each time it starts. */
static const struct {
    const char *environment, *last;
    int starts;
} spinning[] = {
    {"-u GOMP_SPINCOUNT -u OMP_WAIT_POLICY", "GOMP_SPINCOUNT = '1000'", 2},
    {"-u OMP_WAIT_POLICY GOMP_SPINCOUNT=5", "GOMP_SPINCOUNT = '5'", 1},
    {"-u GOMP_SPINCOUNT OMP_WAIT_POLICY=passive", "GOMP_SPINCOUNT = '0'", 1},
};

#ifdef __clang__
static const bool has_libgomp = false; /* but libomp, whose threads go to sleep after 0.2 s */
#else
static const bool has_libgomp = true;
#endif

static void bounded_spinning(void)
{
    static char text[1 << 16];
    for (size_t i = 0; has_libgomp && i < sizeof spinning / sizeof spinning[0]; i++) {
        char line[256];
        snprintf(line, sizeof line, "%s OMP_DISPLAY_ENV=VERBOSE", spinning[i].environment);
        const int code = program_run_with(line, "list", "2>&1 >/dev/null", text, sizeof text);
        int starts = 0;
        const char *last = text;
        for (const char *at = text; (at = strstr(at, "GOMP_SPINCOUNT")) != NULL; at++) {
            last = at;
            starts++;
        }
        UNIT_CHECK(code == 0 && starts == spinning[i].starts && strncmp(last, spinning[i].last, strlen(spinning[i].last)) == 0,
                   "%s: exit %d, started %d times, at last %.40s", spinning[i].environment, code, starts, last);
    }
}

/* certify writes what verify takes; for another build it does not. */
static void certify_then_verify(void)
{
    static char text[1 << 20];
    char path[] = "/tmp/optcert-test-XXXXXX", arguments[256];
    close(mkstemp(path));
    snprintf(arguments, sizeof arguments, "certify builtin:sgd --quiet --out %s", path);
    UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == 0, "%s", text);
    snprintf(arguments, sizeof arguments, "verify %s builtin:sgd", path);
    UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == 0, "%s", text);
    snprintf(arguments, sizeof arguments, "verify %s defect:sgd-half-lr", path);
    UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == 1, "%s", text);
    UNIT_CHECK(strstr(text, "the certificate is about sha256") != NULL, "%s", text);
    unlink(path);
}

/* Runs that a record holds are not run again, and add up only with their like. */
static void calibration_goes_on(void)
{
    static char text[1 << 16];
    char path[] = "/tmp/optcert-test-XXXXXX";
    const struct {
        const char *arguments;
        int code;
        const char *says;
    } runs[] = {{"--seeds 1", 0, "of 2"},        {"--seeds 3", 0, "of 6"}, {"--seeds 2", 0, "of 6"},
                {"--seeds 4 --seed 2", 2, "begins with seed 1, not 2"},
                {"--seeds 4 --names", 2, "is a record of 'conformance', not of 'identify'"}};
    close(mkstemp(path));
    unlink(path);
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        char arguments[256];
        snprintf(arguments, sizeof arguments, "calibrate --only right-sgd-fma --quiet --record %s %s", path, runs[i].arguments);
        UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == runs[i].code, "%s", text);
        UNIT_CHECK(strstr(text, runs[i].says) != NULL, "%s: %s", runs[i].arguments, text);
    }
    unlink(path);
}

/* Whatever a build does, there is a certificate that says so, and it is sound. */
static void hostile_builds_are_certified(void)
{
    static const struct {
        const char *build, *options, *says;
    } builds[] = {{"defect:hostile-crash", "", "crashed: segmentation"},
                  {"defect:hostile-noise", "", "neither does stderr"},
                  {"exec:/bin/true", "--claims sgd", "exited"}, /* before it says what it is */
                  {"exec:/bin/cat", "--claims sgd", "protocol-error"}};
    static char text[1 << 20];
    char path[] = "/tmp/optcert-test-XXXXXX", arguments[256];
    close(mkstemp(path));
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        snprintf(arguments, sizeof arguments, "certify %s %s --quiet --out %s", builds[i].build, builds[i].options, path);
        UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == 1, "%s: %s", arguments, text);
        UNIT_CHECK(strstr(text, builds[i].says) != NULL, "%s: %s", arguments, text);
        snprintf(arguments, sizeof arguments, "verify %s", path);
        UNIT_CHECK(program_run(arguments, "2>&1", text, sizeof text) == 0, "%s: %s", builds[i].build, text);
    }
    unlink(path);
}

UNIT_SUITE(program, {"command_lines", command_lines}, {"wrong_surroundings", wrong_surroundings}, {"scale_in_json", scale_in_json},
           {"certify_then_verify", certify_then_verify}, {"reproducible", reproducible},
           {"hostile_builds_are_certified", hostile_builds_are_certified}, {"calibration_goes_on", calibration_goes_on}, {"bounded_spinning", bounded_spinning})
