/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commands of the program: one file each, cmd_NAME.c, entered in the table of commands.c.
 * A command gets its own name in argv[0] and answers with an exit code. */
#ifndef OPTCERT_COMMAND_H
#define OPTCERT_COMMAND_H
#include "claim.h"

#include <stddef.h>

enum {
    OPTCERT_EXIT_PASSED = 0,
    OPTCERT_EXIT_FAILED = 1,
    OPTCERT_EXIT_USAGE = 2,
    OPTCERT_EXIT_INCONCLUSIVE = 3,
    OPTCERT_EXIT_TOOL = 4
};

typedef struct optcert_command {
    const char *name;
    const char *summary; /* one line for --help */
    int (*run)(int argc, char **argv);
} optcert_command;

extern const optcert_command optcert_commands[]; /* ends with a NULL name */

int optcert_cmd_experiment(int argc, char **argv);
/* The exit code that a verdict becomes. */
int optcert_exit_code(optcert_verdict verdict);

int optcert_cmd_calibrate(int argc, char **argv);
int optcert_cmd_certify(int argc, char **argv);
int optcert_cmd_converge(int argc, char **argv);
int optcert_cmd_identify(int argc, char **argv);
int optcert_cmd_equivalence(int argc, char **argv);
int optcert_cmd_keygen(int argc, char **argv);
int optcert_cmd_list(int argc, char **argv);
int optcert_cmd_prove(int argc, char **argv);
int optcert_cmd_scale(int argc, char **argv);
int optcert_cmd_sign(int argc, char **argv);
int optcert_cmd_verify(int argc, char **argv);

#endif
