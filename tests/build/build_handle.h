/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the harness reaches a build under test. The build runs in a process of its own, contained
 * (optcert_limits); whatever it does, a call returns an outcome and the harness goes on.
 *
 * Specs:  builtin:NAME     an optimizer of liboptcert: sgd, sgd-momentum, rmsprop, rmsprop-new-v, adam,
 * adamw, each with -f32 or -f64 (no suffix: -f64) defect:NAME      a wrong (or unusual but right) build of
 * the corpus in tests/defects exec:COMMAND     a program that speaks the protocol of spec/exec-protocol.md;
 * words split at blanks, quotes group, no shell PATH             a shared object that exports
 * optcert_get_build; PATH#NAME: one that exports optcert_find_build(NAME)
 *
 * Arrays are handed to a build aligned to its scalar type and to nothing more. A handle and its
 * instances belong to one thread at a time; different handles are independent. */
#ifndef OPTCERT_BUILD_HANDLE_H
#define OPTCERT_BUILD_HANDLE_H
#include "optcert/build.h"

#include <stdbool.h>

typedef enum optcert_outcome {
    OPTCERT_OK = 0,
    OPTCERT_REFUSED,       /* the call answered "no": create gave NULL, step, get or set nonzero */
    OPTCERT_NOT_EXPOSED,   /* the build has no such call or slot; nothing is wrong */
    OPTCERT_CRASHED,       /* ended by a signal */
    OPTCERT_EXITED,        /* left by itself: exit(), or the command ended */
    OPTCERT_HUNG,          /* no answer within the wall-clock limit, or CPU limit used up */
    OPTCERT_OUT_OF_BOUNDS, /* touched a guard page, or a canary beside an array is damaged */
    OPTCERT_STRAY_WRITE,   /* wrote to an array that is read-only for it: the gradient, or set's input */
    OPTCERT_UNWRITTEN,     /* said yes and left part of an output unwritten */
    OPTCERT_FORBIDDEN,     /* asked the system for something that the sandbox does not allow */
    OPTCERT_PROTOCOL,      /* answered what is not an answer */
    OPTCERT_UNREACHABLE,   /* cannot be started at all: no file, no symbol, wrong ABI, no command */
    OPTCERT_TOOL           /* the harness itself ran out of something; says nothing about the build */
} optcert_outcome;

const char *optcert_outcome_text(optcert_outcome outcome); /* one word, never NULL */

typedef struct optcert_limits {
    double open_seconds;   /* wall clock from start to the build's description */
    double call_seconds;   /* wall clock for every later call */
    double cpu_seconds;    /* CPU time of the process in all */
    uint64_t memory_bytes; /* memory of the process */
    unsigned threads;      /* how many its libraries are told to use (OMP_NUM_THREADS and its like); 0: not told */
} optcert_limits;

optcert_limits optcert_limits_default(void); /* 60 s, 10 s, 3600 s, 4 GiB */

/* Where the arrays of an instance lie. A build must not care. */
typedef enum optcert_placement {
    OPTCERT_PLACE_END,   /* the last element ends at a guard page: overruns fault (aligned to the scalar only)
                          */
    OPTCERT_PLACE_START, /* the first element starts behind a guard page: underruns fault (aligned to a page)
                          */
    OPTCERT_PLACE_ODD    /* one element behind a page start: canaries on both sides */
} optcert_placement;

typedef struct optcert_build_handle optcert_build_handle;
typedef struct optcert_instance optcert_instance;

typedef struct optcert_build_info {
    const char *spec;
    const char *name;
    const char *claims; /* dialect, "" when it claims none */
    uint32_t scalar;    /* OPTCERT_F32 or OPTCERT_F64; 0: it did not say */
    bool has_get, has_set;
    const char *digest;    /* sha256 in lower-case hex */
    const char *digest_of; /* what was digested: the file, or for exec: the files that the command names */
    const char *fp_environment; /* what loading the build did to the processor's floating-point mode:
                                   "" or e.g. "flush-to-zero, denormals-are-zero" */
} optcert_build_info;

/* Starts the build's process and asks what it is. On anything but OPTCERT_OK *handle is NULL and
 * `error` (of `error_size` bytes) holds one line. limits may be NULL. */
optcert_outcome optcert_build_open(const char *spec, const optcert_limits *limits,
                                   optcert_build_handle **handle, char *error, size_t error_size);
/* The same, but a build that is there and does not live to say what it is (it crashes, leaves, hangs or does what it may not
 * while it is loaded) has a handle all the same: *handle is NULL only where nothing is known of a build. Every instance
 * that is asked of it meets the outcome of its loading; it claims nothing, and its scalar is 0. */
optcert_outcome optcert_build_open_dead(const char *spec, const optcert_limits *limits,
                                        optcert_build_handle **handle, char *error, size_t error_size);

/* The same build with the same limits in a process of its own that is told to use so many threads. */
optcert_outcome optcert_build_open_again(const optcert_build_handle *handle, unsigned threads,
                                         optcert_build_handle **again, char *error, size_t error_size);
/* Whether a call on the handle met OPTCERT_TOOL since it was opened: what has been seen of the build is then not all. */
bool optcert_build_tool_failed(const optcert_build_handle *handle);

void optcert_build_close(optcert_build_handle *handle); /* destroys what is left; NULL is fine */

const optcert_build_info *optcert_build_describe(const optcert_build_handle *handle);

/* One line about the last call that did not return OPTCERT_OK: signal, address, element, last line
 * that the build wrote to stderr. Valid until the next call on the handle. */
const char *optcert_build_symptom(const optcert_build_handle *handle);

/* Private memory of the build's process now, in bytes; 0 when it is not running. */
uint64_t optcert_build_memory(const optcert_build_handle *handle);

/* Bytes that the build has written to its standard output (an exec build: to its standard error) so far, and the last
 * line of them; 0 when it is not running. What a C library holds back in a buffer is not among them. */
uint64_t optcert_build_output(const optcert_build_handle *handle, char *last, size_t size);

/* Whether the floating-point mode (rounding, flush-to-zero) differed from IEEE default after the last call.
 */
bool optcert_build_fp_altered(const optcert_build_handle *handle);

/* A new instance with n elements. When the process has died since, a fresh one is started first.
 * *instance is NULL on anything but OPTCERT_OK. */
optcert_outcome optcert_build_create(optcert_build_handle *handle, size_t n, const optcert_hyper *hyper,
                                     optcert_placement placement, optcert_instance **instance);

/* theta (in and out) and grad are the caller's ordinary arrays of n scalars. theta is unchanged on
 * CRASHED, EXITED, HUNG, PROTOCOL and FORBIDDEN. */
optcert_outcome optcert_build_step(optcert_instance *instance, void *theta, const void *grad);

/* Slots to be read after a step, in the same exchange with the build's process. */
enum { OPTCERT_SHOWN_MAX = 3 };
typedef struct optcert_shown {
    size_t count;
    const char *slot[OPTCERT_SHOWN_MAX];
    void *out[OPTCERT_SHOWN_MAX];
    bool exposed[OPTCERT_SHOWN_MAX]; /* answered: whether `out` was written */
} optcert_shown;

/* optcert_build_step, and where it succeeds optcert_build_get for each slot. */
optcert_outcome optcert_build_step_shown(optcert_instance *instance, void *theta, const void *grad,
                                         optcert_shown *shown);

/* `steps` steps in one go; grads holds steps rows of n, grad_stride scalars apart (0: the same row
 * each time). When trace is not NULL, theta after every `every`-th step is stored in it, one row of n
 * per record (steps / every rows). On failure `done` (may be NULL) tells how many steps were taken. */
optcert_outcome optcert_build_run(optcert_instance *instance, uint64_t steps, void *theta, const void *grads,
                                  size_t grad_stride, void *trace, uint64_t every, uint64_t *done);

/* Copies slot "m" or "v" out of, or into, the build; `step` is the number of steps taken so far. */
optcert_outcome optcert_build_get(optcert_instance *instance, const char *slot, void *out);
optcert_outcome optcert_build_set(optcert_instance *instance, const char *slot, const void *in,
                                  uint64_t step);

/* Calls the build's destroy and forgets the instance, whatever the outcome. NULL is OPTCERT_OK. */
optcert_outcome optcert_build_destroy(optcert_instance *instance);

size_t optcert_scalar_size(uint32_t scalar); /* 4 or 8 */

#endif
