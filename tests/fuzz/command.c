/* SPDX-License-Identifier: GPL-3.0-or-later
 * Command lines: lines of the input are the words; the first byte picks the command. A line is parsed to the end by the
 * command's own parser; `scale`, which is quick, then also runs. Linked with --wrap, so that leaving the program
 * and argp's help come back here. */
#include "fuzz.h"

#include "command.h"
#include "options.h"

#include <argp.h>

enum { WORDS = 24 };

static jmp_buf back;
static bool inside, parse_only;

_Noreturn void __real_exit(int code);
_Noreturn void __wrap_exit(int code);
void __wrap_exit(int code)
{
    if (inside) {
        fuzz_must(code >= 0 && code <= 4, "the exit code is a documented one");
        longjmp(back, 1);
    }
    __real_exit(code);
}

error_t __real_argp_parse(const struct argp *argp, int argc, char **argv, unsigned flags, int *end, void *input);
error_t __wrap_argp_parse(const struct argp *argp, int argc, char **argv, unsigned flags, int *end, void *input);
error_t __wrap_argp_parse(const struct argp *argp, int argc, char **argv, unsigned flags, int *end, void *input)
{
    const error_t status = __real_argp_parse(argp, argc, argv, flags | ARGP_NO_EXIT | ARGP_NO_ERRS, end, input);
    if (status != 0 || parse_only) {
        longjmp(back, 1);
    }
    return status;
}

/* Asking for help goes on after it only here. */
static bool asks_for_help(const char *word)
{
    return word[0] == '-' && (word[1] == '?' || word[1] == 'V' || (word[1] == '-' && strchr("huv", word[2]) != NULL && word[2] != '\0'));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static size_t commands;
    static char name[32];
    char *argv[WORDS + 2] = {name};
    int argc = 1;
    if (size == 0 || size > 2000) {
        return 0;
    }
    if (commands == 0) {
        while (optcert_commands[commands].name != NULL) {
            commands++;
        }
        if (freopen("/dev/null", "w", stdout) == NULL) {
            abort();
        }
    }
    const optcert_command *command = &optcert_commands[bytes[0] % commands];
    char *text = fuzz_text(bytes + 1, size - 1), *rest = NULL;
    snprintf(name, sizeof name, "%s", command->name);
    bool help = false;
    for (char *word = strtok_r(text, "\n", &rest); word != NULL && argc <= WORDS; word = strtok_r(NULL, "\n", &rest)) {
        /* A file that is named is a file that is opened: none of this machine's. */
        help = help || asks_for_help(word) || strchr(word, '/') != NULL;
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    parse_only = strcmp(command->name, "scale") != 0;
    inside = true;
    optcert_set_command(command->name);
    if (!help && setjmp(back) == 0) {
        const int code = command->run(argc, argv);
        fuzz_must(code >= 0 && code <= 4, "the exit code is a documented one");
    }
    inside = false;
    free(text);
    return 0;
}
