/* SPDX-License-Identifier: GPL-3.0-or-later
 * Life of a handle: start, conversation, death and restart of the build's process. */
#include "build_handle.h"

#include "build_state.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void describe_fp(uint32_t mode, char *text, size_t size)
{
    static const struct {
        uint32_t bit;
        const char *text;
    } names[] = {
        {OPTCERT_FP_FLUSH, "flush-to-zero"},
        {OPTCERT_FP_DENORMALS, "denormals-are-zero"},
        {OPTCERT_FP_ROUNDING, "rounding not to nearest"},
        {OPTCERT_FP_TRAPS, "exceptions trap"},
    };
    text[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((mode & names[i].bit) != 0) {
            const size_t used = strlen(text);
            snprintf(text + used, size - used, "%s%s", used == 0 ? "" : ", ", names[i].text);
        }
    }
}

/* Appends what the build last wrote to stderr to the symptom. */
static void quote_log(optcert_build_handle *handle)
{
    char line[160];
    optcert_process_last_line(&handle->process, line, sizeof line);
    if (line[0] != '\0') {
        const size_t used = strlen(handle->symptom);
        snprintf(handle->symptom + used, sizeof handle->symptom - used, "; it last wrote: %s", line);
    }
}

static optcert_outcome bury(optcert_build_handle *handle, optcert_outcome outcome)
{
    quote_log(handle);
    close(handle->process.log);
    handle->death = outcome;
    handle->tool_failed = handle->tool_failed || outcome == OPTCERT_TOOL;
    return outcome;
}

/* The process said nothing more: finds out why. */
static optcert_outcome bury_silent(optcert_build_handle *handle, optcert_receipt receipt, double seconds)
{
    optcert_process_end(&handle->process, receipt == OPTCERT_ENDED);
    if (receipt == OPTCERT_TIMED_OUT) {
        snprintf(handle->symptom, sizeof handle->symptom, "no answer within %g s", seconds);
        return bury(handle, OPTCERT_HUNG);
    }
    const optcert_outcome fate =
        optcert_process_fate(&handle->process, handle->symptom, sizeof handle->symptom);
    return bury(handle, fate);
}

static bool credible(const optcert_wire_answer *answer, uint32_t sequence)
{
    return answer->magic == OPTCERT_WIRE_MAGIC && answer->sequence == sequence &&
           answer->outcome < OPTCERT_TOOL;
}

/* Turns an answer that has arrived into an outcome. */
static optcert_outcome accept_answer(optcert_build_handle *handle, optcert_wire_answer *answer)
{
    if (!credible(answer, handle->sequence)) {
        optcert_process_end(&handle->process, false);
        snprintf(handle->symptom, sizeof handle->symptom,
                 "something else than the runner answered the harness");
        return bury(handle, OPTCERT_PROTOCOL);
    }
    answer->text[OPTCERT_WIRE_TEXT - 1] = '\0';
    handle->fp_mode = answer->fp_mode;
    snprintf(handle->symptom, sizeof handle->symptom, "%s", answer->text);
    if (answer->last_words != 0) {
        optcert_process_end(&handle->process, false);
        return bury(handle, (optcert_outcome)answer->outcome);
    }
    return (optcert_outcome)answer->outcome;
}

optcert_outcome optcert_handle_call(optcert_build_handle *handle, optcert_wire_request *request,
                                    optcert_wire_answer *answer)
{
    *answer = (optcert_wire_answer){0};
    if (handle->process.pid == 0) {
        return handle->death;
    }
    request->sequence = ++handle->sequence;
    if (!optcert_process_send(&handle->process, request, sizeof *request) && errno != EPIPE && errno != ECONNRESET) {
        snprintf(handle->symptom, sizeof handle->symptom, "cannot speak to the build's process: %s", strerror(errno));
        optcert_process_end(&handle->process, false);
        return bury(handle, OPTCERT_TOOL);
    } /* a process that is no longer there shows as an end below */
    const double seconds = handle->limits.call_seconds;
    const optcert_receipt receipt =
        optcert_process_receive(&handle->process, answer, sizeof *answer, seconds);
    return receipt == OPTCERT_RECEIVED ? accept_answer(handle, answer)
                                       : bury_silent(handle, receipt, seconds);
}

static void keep_description(optcert_build_handle *handle, optcert_wire_hello *hello)
{
    hello->name[OPTCERT_WIRE_TEXT - 1] = '\0';
    hello->claims[OPTCERT_WIRE_TEXT - 1] = '\0';
    memcpy(handle->name, hello->name, sizeof handle->name);
    memcpy(handle->claims, hello->claims, sizeof handle->claims);
    describe_fp(hello->answer.fp_mode, handle->fp_environment, sizeof handle->fp_environment);
    handle->info = (optcert_build_info){
        .spec = handle->spec_text,
        .name = handle->name,
        .claims = handle->claims,
        .scalar = hello->scalar == OPTCERT_F32 ? OPTCERT_F32 : OPTCERT_F64,
        .has_get = hello->has_get != 0,
        .has_set = hello->has_set != 0,
        .digest = handle->spec.digest,
        .digest_of = handle->spec.digest_of,
        .fp_environment = handle->fp_environment,
    };
}

optcert_outcome optcert_handle_start(optcert_build_handle *handle)
{
    const optcert_target target = {
        .kind = handle->spec.is_command ? "exec" : "shared",
        .path = handle->spec.path,
        .entry = handle->spec.entry,
        .scratch = handle->scratch,
    };
    if (!optcert_process_start(&handle->process, &target, &handle->limits, handle->arena.fd, handle->symptom,
                               sizeof handle->symptom)) {
        handle->death = OPTCERT_TOOL;
        handle->tool_failed = true;
        return OPTCERT_TOOL;
    }
    handle->generation++;
    handle->sequence = 0;
    optcert_wire_hello hello = {0};
    const double seconds = handle->limits.open_seconds;
    const optcert_receipt receipt = optcert_process_receive(&handle->process, &hello, sizeof hello, seconds);
    if (receipt != OPTCERT_RECEIVED) {
        return bury_silent(handle, receipt, seconds);
    }
    const optcert_outcome outcome = accept_answer(handle, &hello.answer);
    if (outcome == OPTCERT_OK) {
        keep_description(handle, &hello);
    }
    return outcome;
}

/* A command gets a folder of its own to write to. */
static bool make_scratch(optcert_build_handle *handle)
{
    if (!handle->spec.is_command) {
        return true;
    }
    const char *folder = getenv("TMPDIR");
    const int length = snprintf(handle->scratch, sizeof handle->scratch, "%s/optcert-scratch-XXXXXX",
                                folder != NULL && folder[0] != '\0' ? folder : "/tmp");
    return length < (int)sizeof handle->scratch && mkdtemp(handle->scratch) != NULL;
}

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *where)
{
    (void)status;
    (void)flag;
    (void)where;
    return remove(path);
}

void optcert_build_close(optcert_build_handle *handle)
{
    if (handle == NULL) {
        return;
    }
    while (handle->instances != NULL) {
        optcert_build_destroy(handle->instances);
    }
    if (handle->process.pid > 0) {
        optcert_process_end(&handle->process, false);
        close(handle->process.log);
    }
    if (handle->scratch[0] != '\0') {
        nftw(handle->scratch, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    }
    optcert_arena_close(&handle->arena);
    free(handle->spec_text);
    free(handle);
}

/* A handle without a process, or NULL when the system gives no memory. */
static optcert_build_handle *new_handle(const char *spec, const optcert_limits *limits)
{
    optcert_build_handle *handle = calloc(1, sizeof *handle);
    if (handle == NULL) {
        return NULL;
    }
    handle->limits = limits != NULL ? *limits : optcert_limits_default();
    handle->spec_text = strdup(spec);
    if (handle->spec_text == NULL || !optcert_arena_open(&handle->arena, handle->limits.memory_bytes)) {
        free(handle->spec_text);
        free(handle);
        return NULL;
    }
    return handle;
}

/* What can be said of a build that did not say it itself. */
static void describe_dead(optcert_build_handle *handle)
{
    handle->stillborn = true;
    handle->info = (optcert_build_info){.spec = handle->spec_text,
                                        .name = handle->spec_text,
                                        .claims = "",
                                        .digest = handle->spec.digest,
                                        .digest_of = handle->spec.digest_of,
                                        .fp_environment = ""};
}

optcert_outcome optcert_build_open_dead(const char *spec, const optcert_limits *limits,
                                        optcert_build_handle **handle, char *error, size_t error_size)
{
    *handle = NULL;
    optcert_build_handle *opened = new_handle(spec, limits);
    if (opened == NULL) {
        snprintf(error, error_size, "no memory for a handle");
        return OPTCERT_TOOL;
    }
    optcert_outcome outcome = optcert_spec_resolve(spec, &opened->spec, error, error_size);
    if (outcome == OPTCERT_OK && !make_scratch(opened)) {
        opened->scratch[0] = '\0';
        snprintf(error, error_size, "cannot make a scratch folder in TMPDIR or /tmp");
        outcome = OPTCERT_TOOL;
    }
    const bool there = outcome == OPTCERT_OK;
    if (there) {
        outcome = optcert_handle_start(opened);
        snprintf(error, error_size, "%s", opened->symptom);
    }
    if (outcome == OPTCERT_OK) {
        *handle = opened;
    } else if (there && outcome != OPTCERT_UNREACHABLE && outcome != OPTCERT_TOOL) {
        describe_dead(opened);
        *handle = opened;
    } else {
        optcert_build_close(opened);
    }
    return outcome;
}

optcert_outcome optcert_build_open(const char *spec, const optcert_limits *limits,
                                   optcert_build_handle **handle, char *error, size_t error_size)
{
    const optcert_outcome outcome = optcert_build_open_dead(spec, limits, handle, error, error_size);
    if (outcome != OPTCERT_OK && *handle != NULL) {
        optcert_build_close(*handle);
        *handle = NULL;
    }
    return outcome;
}

optcert_outcome optcert_build_open_again(const optcert_build_handle *handle, unsigned threads,
                                         optcert_build_handle **again, char *error, size_t error_size)
{
    optcert_limits limits = handle->limits;
    limits.threads = threads;
    return optcert_build_open(handle->spec_text, &limits, again, error, error_size);
}

bool optcert_build_tool_failed(const optcert_build_handle *handle)
{
    return handle->tool_failed;
}

const optcert_build_info *optcert_build_describe(const optcert_build_handle *handle)
{
    return &handle->info;
}

const char *optcert_build_symptom(const optcert_build_handle *handle)
{
    return handle->symptom;
}

uint64_t optcert_build_memory(const optcert_build_handle *handle)
{
    return optcert_process_memory(&handle->process);
}

uint64_t optcert_build_output(const optcert_build_handle *handle, char *last, size_t size)
{
    struct stat log;
    last[0] = '\0';
    if (handle->process.pid == 0 || fstat(handle->process.log, &log) != 0) {
        return 0;
    }
    optcert_process_last_line(&handle->process, last, size);
    return (uint64_t)log.st_size;
}

bool optcert_build_fp_altered(const optcert_build_handle *handle)
{
    return handle->fp_mode != 0;
}
