/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running the program, which stands beside the tests. */
#ifndef OPTCERT_UNIT_PROGRAM_H
#define OPTCERT_UNIT_PROGRAM_H
#include <stddef.h>

/* Runs it through the shell. What it wrote to the stream that `redirect` leaves on the pipe goes to `output`.
 * Answers its exit code, -1 when it did not exit. */
int program_run(const char *arguments, const char *redirect, char *output, size_t size);

#endif
