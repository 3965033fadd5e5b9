/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two pipes to a command. Every way in which talk can fail ends in the runner's last words; how long
 * a silence may last is the harness's business. */
#ifndef OPTCERT_RUNNER_PIPE_H
#define OPTCERT_RUNNER_PIPE_H
#include <stddef.h>
#include <sys/types.h>

enum { RUNNER_LINE_MAX = 65536 };

/* Forks; in the child stdin and stdout are the pipes and everything from descriptor 3 on closes at exec. */
pid_t runner_pipe_fork(void);

void runner_pipe_put(const void *from, size_t bytes); /* buffered */
void runner_pipe_flush(void);
/* A line without its newline; answers its length. */
size_t runner_pipe_line(char line[RUNNER_LINE_MAX]);
void runner_pipe_take(void *to, size_t bytes);

/* The text with unprintable bytes replaced, in place. */
const char *runner_printable(char *text);

#endif
