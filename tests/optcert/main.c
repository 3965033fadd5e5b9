/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert COMMAND [OPTION...]: finds the command and hands over. */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"list", optcert_cmd_list},
};

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("optcert: usage: optcert COMMAND [OPTION...]\n", stderr);
        return OPTCERT_EXIT_USAGE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "optcert: '%s' is not a command\n", argv[1]);
    return OPTCERT_EXIT_USAGE;
}
