/* SPDX-License-Identifier: GPL-3.0-or-later
 * The runner's process as the harness sees it: start, talk with a deadline, end, and say how it ended. */
#ifndef OPTCERT_BUILD_PROCESS_H
#define OPTCERT_BUILD_PROCESS_H
#include "build_wire.h"

#include <sys/types.h>

typedef struct optcert_process {
    pid_t pid;  /* 0: not running; else leader of a process group of its own */
    int socket; /* to the runner */
    int log;    /* memory file that collects the build's stdout and stderr */
    int status; /* as from waitpid, once ended */
} optcert_process;

/* What the runner is told on its command line. */
typedef struct optcert_target {
    const char *kind;    /* "shared" or "exec" */
    const char *path;    /* shared: the file; exec: the command */
    const char *entry;   /* shared: NAME for optcert_find_build, "" for optcert_get_build */
    const char *scratch; /* the only folder that may be written to; "" for none */
} optcert_target;

/* False with a line in `error` when the runner itself cannot be started: the harness's fault. */
bool optcert_process_start(optcert_process *process, const optcert_target *target,
                           const optcert_limits *limits, int arena, char *error, size_t error_size);

bool optcert_process_send(optcert_process *process, const void *packet, size_t size);

typedef enum optcert_receipt { OPTCERT_RECEIVED, OPTCERT_TIMED_OUT, OPTCERT_ENDED } optcert_receipt;

/* Waits for one packet of exactly `size` bytes; a packet of another size counts as received with its
 * first byte zeroed, so that no magic number matches. */
optcert_receipt optcert_process_receive(optcert_process *process, void *packet, size_t size, double seconds);

/* Kills the whole group of a process that runs and reaps the runner; fills process->status. When the runner is known to be
 * `ending` it first gets a fifth of a second to do so by itself. */
void optcert_process_end(optcert_process *process, bool ending);

/* What process->status says: CRASHED, EXITED, HUNG (CPU limit) or FORBIDDEN, and one line about it. */
optcert_outcome optcert_process_fate(const optcert_process *process, char *text, size_t size);

/* Last line of the log that holds a letter or digit; "" when there is none. Unprintable bytes become '?'. */
void optcert_process_last_line(const optcert_process *process, char *text, size_t size);

/* Private memory of the runner and of the command it may have started. */
uint64_t optcert_process_memory(const optcert_process *process);

/* Path of a file that is shipped beside the running program: FOLDER/NAME, or FOLDER/../lib/optcert/NAME. */
bool optcert_sibling_path(const char *name, char *path, size_t size);

#endif
