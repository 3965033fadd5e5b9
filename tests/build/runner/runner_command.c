/* SPDX-License-Identifier: GPL-3.0-or-later
 * A build behind a command: the build interface, spoken over the command's stdin and stdout as
 * spec/exec-protocol.md says. Whatever is not a right answer becomes the runner's last words. */
#include "runner.h"

#include "build_words.h"
#include "runner_pipe.h"

#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct remote {
    json_int_t id;
    size_t n;
} remote;

static optcert_build described; /* what the command said it is */

/* Sends a call (reference stolen) with up to two arrays behind it. */
static void call(json_t *request, const void *first, const void *second, size_t bytes)
{
    if (request == NULL) {
        runner_last_words(OPTCERT_TOOL, "no memory for a request");
    }
    char *line = json_dumps(request, JSON_COMPACT | JSON_REAL_PRECISION(17));
    json_decref(request);
    runner_pipe_put(line, strlen(line));
    runner_pipe_put("\n", 1);
    runner_pipe_put(first, first != NULL ? bytes : 0);
    runner_pipe_put(second, second != NULL ? bytes : 0);
    runner_pipe_flush();
    free(line);
}

static void give_reason(const json_t *refusal)
{
    char text[OPTCERT_WIRE_TEXT];
    const char *error = json_string_value(json_object_get(refusal, "error"));
    snprintf(text, sizeof text, "%s", error != NULL ? error : "");
    runner_give_reason(runner_printable(text));
}

/* Hears the line of an answer. Its "ok" must be there; an array of exactly `bytes` must be announced by
 * a good answer when out is not NULL, and none otherwise. */
static bool answer(json_t **kept, void *out, size_t bytes)
{
    char line[RUNNER_LINE_MAX];
    const size_t length = runner_pipe_line(line);
    json_error_t error;
    json_t *root = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    const json_t *ok = json_object_get(root, "ok");
    if (!json_is_boolean(ok)) {
        runner_last_words(OPTCERT_PROTOCOL, "answered a line that is not a JSON object with \"ok\": %.100s",
                          runner_printable(line));
    }
    const json_int_t announced = json_integer_value(json_object_get(root, "bytes"));
    const size_t expected = out != NULL && json_is_true(ok) ? bytes : 0;
    if (announced < 0 || (size_t)announced != expected) {
        runner_last_words(OPTCERT_PROTOCOL, "announced %lld bytes where %zu are due", (long long)announced,
                          expected);
    }
    const bool good = json_is_true(ok);
    if (!good) {
        give_reason(root);
    }
    runner_pipe_take(out, expected);
    if (kept != NULL) {
        *kept = root;
    } else {
        json_decref(root);
    }
    return good;
}

/* JSON has no words for what is not finite; a string stands in. */
static json_t *number(double value)
{
    if (isnan(value)) {
        return json_string("nan");
    }
    return isinf(value) ? json_string(value > 0 ? "inf" : "-inf") : json_real(value);
}

static json_t *hyper_object(const optcert_hyper *hyper)
{
    return json_pack("{so so so so so so so}", "lr", number(hyper->lr), "beta1", number(hyper->beta1),
                     "beta2", number(hyper->beta2), "eps", number(hyper->eps), "weight_decay",
                     number(hyper->weight_decay), "momentum", number(hyper->momentum), "dampening",
                     number(hyper->dampening));
}

static void *remote_create(size_t n, const optcert_hyper *hyper)
{
    static json_int_t next_id;
    remote *instance = malloc(sizeof *instance);
    if (instance == NULL) {
        return NULL;
    }
    *instance = (remote){.id = ++next_id, .n = n};
    call(json_pack("{ss sI sI so}", "call", "create", "instance", instance->id, "n", (json_int_t)n, "hyper",
                   hyper_object(hyper)),
         NULL, NULL, 0);
    if (!answer(NULL, NULL, 0)) {
        free(instance);
        return NULL;
    }
    return instance;
}

static size_t array_bytes(const remote *instance)
{
    return instance->n * optcert_scalar_size(described.scalar);
}

static int remote_step(void *state, void *theta, const void *grad)
{
    const remote *instance = state;
    const size_t bytes = array_bytes(instance);
    call(json_pack("{ss sI sI sI}", "call", "step", "instance", instance->id, "n", (json_int_t)instance->n,
                   "bytes", (json_int_t)(2 * bytes)),
         theta, grad, bytes);
    return answer(NULL, theta, bytes) ? 0 : 1;
}

static int remote_get(void *state, const char *slot, void *out)
{
    const remote *instance = state;
    call(json_pack("{ss sI ss}", "call", "get", "instance", instance->id, "slot", slot), NULL, NULL, 0);
    return answer(NULL, out, array_bytes(instance)) ? 0 : 1;
}

static int remote_set(void *state, const char *slot, const void *in, uint64_t step)
{
    const remote *instance = state;
    const size_t bytes = array_bytes(instance);
    call(json_pack("{ss sI ss sI sI}", "call", "set", "instance", instance->id, "slot", slot, "step",
                   (json_int_t)step, "bytes", (json_int_t)bytes),
         in, NULL, bytes);
    return answer(NULL, NULL, 0) ? 0 : 1;
}

static void remote_destroy(void *state)
{
    remote *instance = state;
    call(json_pack("{ss sI}", "call", "destroy", "instance", instance->id), NULL, NULL, 0);
    answer(NULL, NULL, 0);
    free(instance);
}

static char *copy_text(const json_t *root, const char *key)
{
    const char *text = json_string_value(json_object_get(root, key));
    return strdup(text != NULL ? text : "");
}

static void describe(void)
{
    json_t *root = NULL;
    call(json_pack("{ss si}", "call", "describe", "abi", (int)OPTCERT_BUILD_ABI), NULL, NULL, 0);
    if (!answer(&root, NULL, 0)) {
        runner_last_words(OPTCERT_UNREACHABLE, "the command declines to describe itself");
    }
    if (json_integer_value(json_object_get(root, "abi")) != OPTCERT_BUILD_ABI) {
        runner_last_words(OPTCERT_UNREACHABLE, "does not speak protocol version %u", OPTCERT_BUILD_ABI);
    }
    const char *scalar = json_string_value(json_object_get(root, "scalar"));
    if (scalar == NULL || (strcmp(scalar, "f32") != 0 && strcmp(scalar, "f64") != 0)) {
        runner_last_words(OPTCERT_UNREACHABLE, "its scalar is neither \"f32\" nor \"f64\"");
    }
    described = (optcert_build){
        .abi = OPTCERT_BUILD_ABI,
        .scalar = strcmp(scalar, "f32") == 0 ? OPTCERT_F32 : OPTCERT_F64,
        .name = copy_text(root, "name"),
        .claims = copy_text(root, "claims"),
        .create = remote_create,
        .step = remote_step,
        .get = json_is_true(json_object_get(root, "get")) ? remote_get : NULL,
        .set = json_is_true(json_object_get(root, "set")) ? remote_set : NULL,
        .destroy = remote_destroy,
    };
    json_decref(root);
}

/* The command's process, between fork and exec. Its pid stays, so that it may signal itself. */
static _Noreturn void become_command(char **words, const char *scratch, uint64_t memory, uint64_t cpu)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("TMPDIR", scratch, 1);
    runner_limit(memory, cpu);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    const bool confined = runner_landlock(scratch);
    runner_filter_command(confined);
    execvp(words[0], words);
    runner_last_words(OPTCERT_UNREACHABLE, "cannot run '%s'", words[0]);
}

const optcert_build *runner_start_command(const char *command, const char *scratch, uint64_t memory_bytes,
                                          uint64_t cpu_seconds)
{
    char **words = optcert_words_split(command);
    if (words == NULL) {
        runner_last_words(OPTCERT_UNREACHABLE, "'%.100s' is not a command", command);
    }
    const pid_t pid = runner_pipe_fork();
    if (pid == 0) {
        become_command(words, scratch, memory_bytes, cpu_seconds);
    }
    optcert_words_free(words);
    describe();
    return &described;
}
