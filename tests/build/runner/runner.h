/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program that holds a build: optcert-runner KIND PATH ENTRY MEMORY CPU SCRATCH, started by the
 * harness with the socket and the shared memory file already open. */
#ifndef OPTCERT_RUNNER_H
#define OPTCERT_RUNNER_H
#include "build_wire.h"

/* --- talk (runner_talk.c) --- */
bool runner_hear(optcert_wire_request *request); /* false: the harness is gone */
void runner_answer(optcert_outcome outcome, const char *text);
void runner_answer_run(optcert_outcome outcome, uint64_t done, uint64_t shown, const char *text);
/* Puts a build's own words behind the next answer. */
void runner_give_reason(const char *reason);
void runner_introduce(const optcert_build *build);
/* Says why and ends the process. Before the introduction it takes the introduction's place. */
_Noreturn void runner_last_words(optcert_outcome outcome, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* From now on the floating-point mode of this process is the build's. */
void runner_watch_fp(void);

/* --- containment (runner_limits.c, runner_filter.c, runner_signals.c, runner_landlock.c) --- */
void runner_limit(uint64_t memory_bytes, uint64_t cpu_seconds);
void runner_catch_signals(void);
void runner_filter_shared(void);                       /* for code that is loaded into this process */
void runner_filter_command(bool may_open_for_writing); /* for a command, just before exec */
bool runner_landlock(const char *scratch); /* false: the kernel cannot; writes must be filtered otherwise */

/* --- reaching the build --- */
const optcert_build *runner_load_shared(const char *path, const char *entry);
const optcert_build *runner_start_command(const char *command, const char *scratch, uint64_t memory_bytes,
                                          uint64_t cpu_seconds);

/* --- arrays (runner_arrays.c) --- */
typedef struct runner_instance {
    uint64_t number;
    size_t n, scalar;
    void *state;
    unsigned char *at[OPTCERT_SEGMENTS]; /* as the build may use them */
    unsigned char *slot_readonly;
    optcert_wire_segment segment[OPTCERT_SEGMENTS];
    struct runner_instance *next;
} runner_instance;

runner_instance *runner_instance_open(const optcert_wire_request *request,
                                      size_t scalar); /* NULL: no memory */
runner_instance *runner_instance_find(uint64_t number);
void runner_instance_close(runner_instance *instance);
/* Explains a bad address: OPTCERT_OUT_OF_BOUNDS, OPTCERT_STRAY_WRITE or OPTCERT_CRASHED. */
optcert_outcome runner_explain_address(uintptr_t address, bool write, char *text, size_t size);

/* Serves the harness until it goes. */
void runner_serve(const optcert_build *build);

#endif
