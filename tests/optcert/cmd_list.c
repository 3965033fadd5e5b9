/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert list: what this program knows. */
#include "command.h"

#include <stdio.h>

int optcert_cmd_list(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("{}");
    return OPTCERT_EXIT_PASSED;
}
