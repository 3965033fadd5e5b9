/* SPDX-License-Identifier: GPL-3.0-or-later
 * Builds reached through a handle: description, steps, runs, slots, refusals, restart after a death. */
#include "build_handle.h"
#include "unit.h"

#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 7 };
static const optcert_hyper hyper = {
    .lr = 0.125, .beta1 = 0.5, .beta2 = 0.75, .eps = 0.25, .weight_decay = 0.5, .momentum = 0.5};

static optcert_build_handle *open_build(const char *spec)
{
    char error[256];
    optcert_build_handle *handle = NULL;
    const optcert_outcome outcome = optcert_build_open(spec, NULL, &handle, error, sizeof error);
    UNIT_CHECK(outcome == OPTCERT_OK, "%s: %s: %s", spec, optcert_outcome_text(outcome), error);
    return handle;
}

static optcert_instance *create(optcert_build_handle *handle, size_t n, optcert_placement placement)
{
    optcert_instance *instance = NULL;
    const optcert_outcome outcome = optcert_build_create(handle, n, &hyper, placement, &instance);
    UNIT_CHECK(outcome == OPTCERT_OK, "create: %s: %s", optcert_outcome_text(outcome),
               optcert_build_symptom(handle));
    return instance;
}

static void descriptions(void)
{
    static const struct {
        const char *spec, *name, *claims;
        uint32_t scalar;
    } cases[] = {
        {"builtin:sgd", "sgd", "sgd", OPTCERT_F64},
        {"builtin:sgd-momentum-f32", "sgd-momentum", "sgd-momentum", OPTCERT_F32},
        {"builtin:rmsprop-f64", "rmsprop", "rmsprop", OPTCERT_F64},
        {"builtin:rmsprop-new-v-f32", "rmsprop-new-v", "rmsprop/new-v", OPTCERT_F32},
        {"builtin:adam", "adam", "adam", OPTCERT_F64},
        {"builtin:adamw-f32", "adamw", "adamw", OPTCERT_F32},
        {"defect:adam-eps-hat-f32", "adam-eps-hat-f32", "adam", OPTCERT_F32},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_build_handle *handle = open_build(cases[i].spec);
        if (handle == NULL) {
            continue;
        }
        const optcert_build_info *info = optcert_build_describe(handle);
        UNIT_CHECK(strcmp(info->name, cases[i].name) == 0, "%s is called %s", cases[i].spec, info->name);
        UNIT_CHECK(strcmp(info->claims, cases[i].claims) == 0, "%s claims %s", cases[i].spec, info->claims);
        UNIT_CHECK(info->scalar == cases[i].scalar, "%s has scalar %u", cases[i].spec, info->scalar);
        UNIT_CHECK(info->has_get && info->has_set, "%s hides its state", cases[i].spec);
        UNIT_CHECK(strlen(info->digest) == 64, "%s has digest '%s'", cases[i].spec, info->digest);
        UNIT_CHECK(info->fp_environment[0] == '\0', "%s: %s", cases[i].spec, info->fp_environment);
        UNIT_CHECK(optcert_build_memory(handle) > 0, "%s uses no memory", cases[i].spec);
        optcert_build_close(handle);
    }
}

static void unreachable(void)
{
    static const char *const specs[] = {"builtin:nothing",
                                        "defect:nothing",
                                        "/no/such/file.so",
                                        "/dev/null",
                                        "exec:/no/such/command",
                                        "exec:",
                                        "exec:'",
                                        "exec:no-such-program-anywhere",
                                        "builtin:adam-f16",
                                        "defect:adam-float32-state-f32",
                                        "defect:adam-eps-hat+adam-eps-missing"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        char error[256] = "";
        optcert_build_handle *handle = NULL;
        const optcert_outcome outcome = optcert_build_open(specs[i], NULL, &handle, error, sizeof error);
        UNIT_CHECK(outcome == OPTCERT_UNREACHABLE && handle == NULL, "%s: %s", specs[i],
                   optcert_outcome_text(outcome));
        UNIT_CHECK(error[0] != '\0', "%s: no reason given", specs[i]);
        optcert_build_close(handle);
    }
}

/* One step of each builtin on numbers whose arithmetic is exact or nearly so; the definitions by hand. */
static void steps(void)
{
    static const struct {
        const char *spec;
        double theta; /* after a step from 1 with gradient 2 */
        const char *slot;
        double value;
    } cases[] = {
        {"builtin:sgd", 0.75, NULL, 0},
        {"builtin:sgd-momentum", 0.75, "m", 2},
        {"builtin:rmsprop", 1 - 0.125 * 2 / 0.25, "v", 1},
        {"builtin:rmsprop-new-v", 1 - 0.125 * 2 / 1.25, "v", 1},
        {"builtin:adam", 1 - 0.125 * 2 / 2.25, "m", 1},
        {"builtin:adamw", 1 - 0.0625 - 0.125 * 2 / 2.25, "v", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_build_handle *handle = open_build(cases[i].spec);
        optcert_instance *instance = create(handle, 1, OPTCERT_PLACE_END);
        double theta = 1;
        double slot = -1;
        UNIT_CHECK(optcert_build_step(instance, &theta, &(double){2}) == OPTCERT_OK, "%s", cases[i].spec);
        /* A handful of roundings of numbers near 1: less than 2^-50. */
        UNIT_CHECK(fabs(theta - cases[i].theta) < 0x1p-50, "%s: %a, not %a", cases[i].spec, theta,
                   cases[i].theta);
        const char *name = cases[i].slot != NULL ? cases[i].slot : "m";
        const optcert_outcome got = optcert_build_get(instance, name, &slot);
        UNIT_CHECK(got == (cases[i].slot != NULL ? OPTCERT_OK : OPTCERT_NOT_EXPOSED), "%s: get %s",
                   cases[i].spec, name);
        UNIT_CHECK(cases[i].slot == NULL || slot == cases[i].value, "%s: %s = %a", cases[i].spec, name, slot);
        UNIT_CHECK(optcert_build_get(instance, "w", &slot) == OPTCERT_NOT_EXPOSED, "%s has a slot w",
                   cases[i].spec);
        optcert_build_close(handle);
    }
}

static void fill(double *x, size_t count, unsigned seed)
{
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = (double)(seed >> 8) * 0x1p-23 - 1;
    }
}

/* A run with a trace equals single steps, whatever the placement, across chunks; n = 1 makes chunks long. */
static void runs_equal_steps(void)
{
    static const struct {
        size_t n;
        uint64_t steps, every;
        optcert_placement placement;
    } cases[] = {{N, 10, 3, OPTCERT_PLACE_END},      {N, 10, 1, OPTCERT_PLACE_START},
                 {N, 9, 20, OPTCERT_PLACE_ODD},      {600, 130, 7, OPTCERT_PLACE_END},
                 {600, 130, 64, OPTCERT_PLACE_ODD},  {40000, 3, 2, OPTCERT_PLACE_END},
                 {600, 130, 54, OPTCERT_PLACE_START}};
    enum { MOST = 130000 };
    static double grads[MOST], trace[MOST], theta[40000], other[40000];
    optcert_build_handle *handle = open_build("builtin:adam");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t n = cases[i].n;
        uint64_t done = 0;
        fill(grads, n * cases[i].steps, 3);
        fill(theta, n, 5);
        memcpy(other, theta, n * sizeof *other);
        optcert_instance *whole = create(handle, n, cases[i].placement);
        optcert_instance *single = create(handle, n, OPTCERT_PLACE_END);
        UNIT_CHECK(optcert_build_run(whole, cases[i].steps, theta, grads, n, trace, cases[i].every, &done) ==
                       OPTCERT_OK,
                   "run: %s", optcert_build_symptom(handle));
        UNIT_CHECK(done == cases[i].steps, "case %zu: %ju steps done", i, (uintmax_t)done);
        for (uint64_t k = 0; k < cases[i].steps; k++) {
            UNIT_CHECK(optcert_build_step(single, other, grads + k * n) == OPTCERT_OK, "step");
            const double *record = trace + (k / cases[i].every) * n;
            UNIT_CHECK((k + 1) % cases[i].every != 0 || memcmp(record, other, n * sizeof *other) == 0,
                       "case %zu: record after step %ju differs", i, (uintmax_t)(k + 1));
        }
        UNIT_CHECK(memcmp(theta, other, n * sizeof *other) == 0, "case %zu: the ends differ", i);
        UNIT_CHECK(optcert_build_destroy(whole) == OPTCERT_OK && optcert_build_destroy(single) == OPTCERT_OK,
                   "destroy");
    }
    optcert_build_close(handle);
}

/* State taken out and put into a fresh instance continues the same trajectory. */
static void resumes(void)
{
    optcert_build_handle *handle = open_build("builtin:adamw");
    optcert_instance *first = create(handle, N, OPTCERT_PLACE_ODD);
    optcert_instance *second = create(handle, N, OPTCERT_PLACE_START);
    double theta[N], grad[N], other[N], m[N], v[N];
    fill(theta, N, 1);
    fill(grad, N, 2);
    UNIT_CHECK(optcert_build_run(first, 5, theta, grad, 0, NULL, 0, NULL) == OPTCERT_OK, "run");
    UNIT_CHECK(optcert_build_get(first, "m", m) == OPTCERT_OK &&
                   optcert_build_get(first, "v", v) == OPTCERT_OK,
               "get");
    UNIT_CHECK(optcert_build_set(second, "m", m, 5) == OPTCERT_OK &&
                   optcert_build_set(second, "v", v, 5) == OPTCERT_OK,
               "set");
    memcpy(other, theta, sizeof other);
    UNIT_CHECK(optcert_build_step(first, theta, grad) == OPTCERT_OK, "step");
    UNIT_CHECK(optcert_build_step(second, other, grad) == OPTCERT_OK, "step");
    UNIT_CHECK(memcmp(theta, other, sizeof theta) == 0, "the trajectories part");
    optcert_build_close(handle);
}

static void refusals(void)
{
    static const optcert_hyper bad[] = {
        {.lr = 0, .beta1 = 0.5, .beta2 = 0.5, .eps = 1},   {.lr = -1, .beta1 = 0.5, .beta2 = 0.5, .eps = 1},
        {.lr = NAN, .beta1 = 0.5, .beta2 = 0.5, .eps = 1}, {.lr = 1, .beta1 = 1, .beta2 = 0.5, .eps = 1},
        {.lr = 1, .beta1 = 0.5, .beta2 = -1, .eps = 1},    {.lr = 1, .beta1 = 0.5, .beta2 = 0.5, .eps = -1},
    };
    optcert_build_handle *handle = open_build("builtin:adam");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        optcert_instance *instance = NULL;
        const optcert_outcome outcome =
            optcert_build_create(handle, N, &bad[i], OPTCERT_PLACE_END, &instance);
        UNIT_CHECK(outcome == OPTCERT_REFUSED && instance == NULL, "case %zu: %s", i,
                   optcert_outcome_text(outcome));
    }
    optcert_instance *huge = NULL;
    UNIT_CHECK(optcert_build_create(handle, SIZE_MAX, &hyper, OPTCERT_PLACE_END, &huge) == OPTCERT_TOOL,
               "SIZE_MAX");
    optcert_instance *empty = create(handle, 0, OPTCERT_PLACE_END);
    UNIT_CHECK(optcert_build_step(empty, NULL, NULL) == OPTCERT_OK, "n = 0: %s",
               optcert_build_symptom(handle));
    UNIT_CHECK(optcert_build_get(empty, "m", NULL) == OPTCERT_OK, "n = 0: %s", optcert_build_symptom(handle));
    optcert_build_close(handle);
}

/* A death takes the instances with it; the next create starts a fresh process. */
static void restarts(void)
{
    optcert_build_handle *handle = open_build("defect:hostile-crash");
    optcert_instance *first = create(handle, N, OPTCERT_PLACE_END);
    optcert_instance *second = create(handle, N, OPTCERT_PLACE_END);
    double theta[N] = {1};
    double grad[N] = {1};
    UNIT_CHECK(optcert_build_step(first, theta, grad) == OPTCERT_CRASHED, "it lives");
    UNIT_CHECK(theta[0] == 1, "theta changed on a crash: %a", theta[0]);
    UNIT_CHECK(optcert_build_step(second, theta, grad) == OPTCERT_CRASHED, "the other instance lives");
    UNIT_CHECK(optcert_build_memory(handle) == 0, "a dead process has memory");
    optcert_instance *third = create(handle, N, OPTCERT_PLACE_END);
    UNIT_CHECK(optcert_build_get(third, "m", theta) == OPTCERT_NOT_EXPOSED,
               "the fresh process does not answer");
    UNIT_CHECK(optcert_build_step(first, theta, grad) == OPTCERT_CRASHED, "an instance came back to life");
    UNIT_CHECK(optcert_build_get(first, "m", theta) == OPTCERT_CRASHED && optcert_build_set(first, "m", theta, 1) == OPTCERT_CRASHED &&
                   theta[0] == 1, "a dead instance has state");
    static char long_name[4096];
    memset(long_name, 'm', sizeof long_name - 1);
    UNIT_CHECK(optcert_build_get(third, long_name, theta) == OPTCERT_NOT_EXPOSED, "a slot with a name that fits no request");
    UNIT_CHECK(optcert_build_destroy(first) == OPTCERT_OK && optcert_build_destroy(third) == OPTCERT_OK,
               "destroy");
    optcert_build_close(handle);
}

/* Where a command's own folder is made, and what is said where it cannot be. */
static void scratch_folders(void)
{
    static char too_long[PATH_MAX];
    memset(too_long, 'x', sizeof too_long - 1);
    too_long[0] = '/';
    static const struct {
        const char *folder; /* NULL: not set */
        bool made;
    } cases[] = {{NULL, true}, {"", true}, {"/tmp", true}, {"/nonexistent", false}, {too_long, false}};
    char *before = getenv("TMPDIR") != NULL ? strdup(getenv("TMPDIR")) : NULL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char error[256] = "";
        optcert_build_handle *handle = NULL;
        if (cases[i].folder != NULL) {
            setenv("TMPDIR", cases[i].folder, 1);
        } else {
            unsetenv("TMPDIR");
        }
        const optcert_outcome outcome = optcert_build_open("exec:/bin/true", NULL, &handle, error, sizeof error);
        UNIT_CHECK(outcome == (cases[i].made ? OPTCERT_EXITED : OPTCERT_TOOL) && handle == NULL, "TMPDIR=%.20s: %s", cases[i].folder,
                   optcert_outcome_text(outcome));
        UNIT_CHECK(cases[i].made || strcmp(error, "cannot make a scratch folder in TMPDIR or /tmp") == 0, "%s", error);
    }
    if (before != NULL) {
        setenv("TMPDIR", before, 1);
    } else {
        unsetenv("TMPDIR");
    }
    free(before);
}

/* A build that does not come up in the time it has. */
static void no_patience(void)
{
    optcert_limits limits = optcert_limits_default();
    char error[256] = "";
    optcert_build_handle *handle = NULL;
    limits.open_seconds = 0;
    const optcert_outcome outcome = optcert_build_open("builtin:sgd", &limits, &handle, error, sizeof error);
    UNIT_CHECK(outcome == OPTCERT_HUNG && strcmp(error, "no answer within 0 s") == 0, "%s: %s", optcert_outcome_text(outcome), error);
    optcert_build_close(handle);
}

/* A build gets the number of threads that is wanted in its environment, or what is set there. */
static void thread_counts(void)
{
    static const char tells[] = "exec:/bin/sh -c \"read l; printf '{\\\"ok\\\":true,\\\"abi\\\":1,\\\"name\\\":\\\"%s\\\",\\\"claims\\\":\\\"sgd\\\","
                                "\\\"scalar\\\":\\\"f64\\\"}\\\\n' $OMP_NUM_THREADS; read l\"";
    setenv("OMP_NUM_THREADS", "7", 1);
    for (unsigned threads = 0; threads < 4; threads++) {
        optcert_limits limits = optcert_limits_default();
        char error[256] = "", wanted[16];
        optcert_build_handle *handle = NULL;
        limits.threads = threads;
        snprintf(wanted, sizeof wanted, "%u", threads > 0 ? threads : 7);
        if (UNIT_CHECK(optcert_build_open(tells, &limits, &handle, error, sizeof error) == OPTCERT_OK, "%s", error)) {
            UNIT_CHECK(strcmp(optcert_build_describe(handle)->name, wanted) == 0, "%s threads, not %s", optcert_build_describe(handle)->name, wanted);
        }
        optcert_build_close(handle);
    }
    unsetenv("OMP_NUM_THREADS");
}

static void *open_in_thread(void *spec)
{
    return open_build(spec);
}

/* A build belongs to the harness, not to the thread that happened to open it. */
static void outlives_its_thread(void)
{
    pthread_t thread;
    void *opened = NULL;
    static char spec[] = "builtin:sgd";
    UNIT_CHECK(pthread_create(&thread, NULL, open_in_thread, spec) == 0, "no thread");
    pthread_join(thread, &opened);
    optcert_build_handle *handle = opened;
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL); /* time for a signal to arrive */
    optcert_instance *instance = create(handle, 1, OPTCERT_PLACE_END);
    double theta = 1;
    UNIT_CHECK(optcert_build_step(instance, &theta, &(double){2}) == OPTCERT_OK, "%s",
               optcert_build_symptom(handle));
    optcert_build_close(handle);
}

UNIT_SUITE(build_handle, {"descriptions", descriptions}, {"unreachable", unreachable}, {"steps", steps},
           {"runs_equal_steps", runs_equal_steps}, {"resumes", resumes}, {"refusals", refusals},
           {"restarts", restarts}, {"scratch_folders", scratch_folders}, {"no_patience", no_patience}, {"thread_counts", thread_counts}, {"outlives_its_thread", outlives_its_thread})
