/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of commands, in the order in which --help shows them. */
#include "command.h"

const optcert_command optcert_commands[] = {
    {"list", "what this program knows, by name", optcert_cmd_list},
    {"scale", "hyper-parameters for another batch size", optcert_cmd_scale},
    {"experiment", "scaling rules and SVAG on real networks", optcert_cmd_experiment},
    {NULL, NULL, NULL},
};
