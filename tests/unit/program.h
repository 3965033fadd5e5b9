/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running the program, which stands beside the tests. */
#ifndef OPTCERT_UNIT_PROGRAM_H
#define OPTCERT_UNIT_PROGRAM_H
#include <stddef.h>

/* Runs it through the shell. What it wrote to the stream that `redirect` leaves on the pipe goes to `output`.
 * Answers its exit code, -1 when it did not exit. */
int program_run(const char *arguments, const char *redirect, char *output, size_t size);

/* The same with variables set or, after -u, unset, as env takes them. */
int program_run_with(const char *environment, const char *arguments, const char *redirect, char *output, size_t size);

/* Runs the command's own function in a process forked from this one: quick, and the tests' faults reach it. It has `seconds`;
 * words are separated by spaces. Answers as program_run does; what it wrote is kept until the next call. */
typedef struct program_said {
    char out[1 << 18], err[4096];
} program_said;
int program_run_here(const char *line, unsigned seconds, program_said *said);

#endif
