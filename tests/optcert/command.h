/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commands of the program: one file each, cmd_NAME.c; exit codes as documented. */
#ifndef OPTCERT_COMMAND_H
#define OPTCERT_COMMAND_H

enum {
    OPTCERT_EXIT_PASSED = 0,
    OPTCERT_EXIT_FAILED = 1,
    OPTCERT_EXIT_USAGE = 2,
    OPTCERT_EXIT_INCONCLUSIVE = 3,
    OPTCERT_EXIT_TOOL = 4
};

int optcert_cmd_list(int argc, char **argv);

#endif
