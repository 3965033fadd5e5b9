/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert COMMAND [OPTION...]: finds the command and hands over. */
#include "command.h"
#include "memory.h"
#include "options.h"
#include "version.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *argp_program_version = "optcert " OPTCERT_VERSION;

typedef struct invocation {
    const optcert_command *command;
    int argc;
    char **argv;
} invocation;

static const optcert_command *find_command(const char *name)
{
    for (const optcert_command *command = optcert_commands; command->name != NULL; command++) {
        if (strcmp(name, command->name) == 0) {
            return command;
        }
    }
    return NULL;
}

/* Everything from the first word on belongs to the command. */
static error_t parse(int key, char *arg, struct argp_state *state)
{
    invocation *call = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        call->command = find_command(arg);
        if (call->command == NULL) {
            optcert_usage("'%s' is not a command (optcert --help lists them)", arg);
        }
        call->argc = state->argc - (state->next - 1);
        call->argv = state->argv + (state->next - 1);
        state->next = state->argc;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a command is needed (optcert --help lists them)");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The list of commands below the options in --help; argp frees it. */
static char *command_list(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC) {
        return (char *)(size_t)text;
    }
    char *list = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&list, &size);
    if (out == NULL) {
        return NULL;
    }
    fputs("Commands:\n", out);
    for (const optcert_command *command = optcert_commands; command->name != NULL; command++) {
        fprintf(out, "  %-10s %s\n", command->name, command->summary);
    }
    fputs("\nExit status: 0 passed, 1 failed, 2 usage or bad input, 3 inconclusive,\n"
          "4 the tool itself failed. `optcert COMMAND --help` explains a command.\n",
          out);
    fclose(out);
    return list;
}

/* libgomp reads its settings before main. Threads that wait by spinning, as is its default, cost a hundredfold once other
 * programs want the cores, so the program starts itself again with a bound on that. A user's own setting wins. */
static void bound_spinning(char **argv)
{
    if (getenv("GOMP_SPINCOUNT") == NULL && getenv("OMP_WAIT_POLICY") == NULL && setenv("GOMP_SPINCOUNT", "1000", 1) == 0) {
        execv("/proc/self/exe", argv); /* comes back only where it failed: then with the default */
    }
}

int main(int argc, char **argv)
{
    bound_spinning(argv);
    static const struct argp argp = {.parser = parse,
                                     .args_doc = "COMMAND [OPTION...]",
                                     .doc = "Certify implementations of stochastic optimizers.\v",
                                     .help_filter = command_list};
    invocation call = {0};
    optcert_memory_guard();
    optcert_set_command(NULL);
    argp_err_exit_status = OPTCERT_EXIT_USAGE;
    if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &call) != 0) {
        optcert_broken("memory is short"); /* all else has left the program */
    }
    optcert_set_command(call.command->name);
    const int code = call.command->run(call.argc, call.argv);
    if (ferror(stdout) != 0 || fflush(stdout) != 0) {
        optcert_broken("cannot write to standard output: %s", strerror(errno));
    }
    optcert_memory_leave();
    return code;
}
