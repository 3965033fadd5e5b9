/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert list: what this program knows. */
#include "command.h"
#include "options.h"

#include <stdio.h>

int optcert_cmd_list(int argc, char **argv)
{
    optcert_options common;
    optcert_parse(&(optcert_line){.doc = "Lists what this program knows, by name."}, argc, argv, &common);
    if (common.json) {
        puts("{\"commands\": []}");
        return OPTCERT_EXIT_PASSED;
    }
    for (const optcert_command *command = optcert_commands; command->name != NULL; command++) {
        printf("%-10s %s\n", command->name, command->summary);
    }
    return OPTCERT_EXIT_PASSED;
}
