/* SPDX-License-Identifier: GPL-3.0-or-later
 * Common options and one-line errors. */
#include "options.h"
#include "command.h"
#include "number.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *command_name;

void optcert_set_command(const char *name)
{
    command_name = name;
}

static void message(const char *format, va_list arguments)
{
    fputs("optcert: ", stderr);
    if (command_name != NULL) {
        fprintf(stderr, "%s: ", command_name);
    }
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void optcert_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
    exit(OPTCERT_EXIT_USAGE);
}

void optcert_broken(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
    exit(OPTCERT_EXIT_TOOL);
}

void optcert_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(format, arguments);
    va_end(arguments);
}

double optcert_option_real(const char *option, const char *text)
{
    double value;
    if (!optcert_number_real(text, &value)) {
        optcert_usage("%s '%s' is not a finite number", option, text);
    }
    return value;
}

uint64_t optcert_option_whole(const char *option, const char *text, uint64_t low, uint64_t high)
{
    uint64_t value;
    if (!optcert_number_whole(text, &value) || value < low || value > high) {
        optcert_usage("%s '%s' is not a whole number from %llu to %llu", option, text,
                      (unsigned long long)low, (unsigned long long)high);
    }
    return value;
}

enum { KEY_JSON = 0x1000, KEY_JUNIT, KEY_SEED, KEY_JOBS, KEY_QUIET };

static const struct argp_option common_options[] = {
    {"json", KEY_JSON, NULL, 0, "one JSON document on stdout", 0},
    {"junit", KEY_JUNIT, "FILE", 0, "also write JUnit XML to FILE", 0},
    {"seed", KEY_SEED, "N", 0, "seed of every random choice (default 1)", 0},
    {"jobs", KEY_JOBS, "N", 0, "number of threads (default: all cores)", 0},
    {"quiet", KEY_QUIET, NULL, 0, "no progress and no notes on stderr", 0},
    {0},
};

static error_t parse_common(int key, char *arg, struct argp_state *state)
{
    optcert_options *common = state->input;
    switch (key) {
    case KEY_JSON:
        common->json = true;
        return 0;
    case KEY_JUNIT:
        common->junit = arg;
        return 0;
    case KEY_SEED:
        common->seed = optcert_option_whole("--seed", arg, 0, UINT64_C(1) << 53);
        return 0;
    case KEY_JOBS:
        common->jobs = (unsigned)optcert_option_whole("--jobs", arg, 1, 4096);
        return 0;
    case KEY_QUIET:
        common->quiet = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp common_argp = {.options = common_options, .parser = parse_common};

typedef struct parse_state {
    const optcert_line *line;
    optcert_options *common;
} parse_state;

/* argp has one input for a parser and its children: this hands each its own. */
static error_t parse_line(int key, char *arg, struct argp_state *state)
{
    const parse_state *both = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = both->common;
    }
    if (both->line->parser == NULL) {
        return ARGP_ERR_UNKNOWN;
    }
    void *const own = state->input;
    state->input = both->line->input;
    const error_t status = both->line->parser(key, arg, state);
    state->input = own;
    return status;
}

void optcert_parse(const optcert_line *line, int argc, char **argv, optcert_options *common)
{
    static char argv0[64];
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *common = (optcert_options){.seed = 1, .jobs = cores > 0 ? (unsigned)cores : 1};
    snprintf(argv0, sizeof argv0, "optcert %s", command_name != NULL ? command_name : "");
    argv[0] = argv0;
    const struct argp_child children[] = {{&common_argp, 0, "Common options:", 1}, {0}};
    const struct argp argp = {.options = line->options,
                              .parser = parse_line,
                              .args_doc = line->args_doc,
                              .doc = line->doc,
                              .children = children};
    parse_state both = {line, common};
    if (argp_parse(&argp, argc, argv, 0, NULL, &both) != 0) {
        optcert_broken("memory is short"); /* all else has left the program */
    }
    if (common->junit != NULL && !line->has_claims) {
        optcert_usage("--junit: there are no claims in what this command answers");
    }
}

void optcert_progress(const optcert_options *common, const char *what, uint64_t done, uint64_t total)
{
    if (common->quiet || !isatty(STDERR_FILENO)) {
        return;
    }
    fprintf(stderr, "\r%s: %llu of %llu", what, (unsigned long long)done, (unsigned long long)total);
    fputs(done == total ? "\r\033[K" : "", stderr);
}

bool optcert_colour(void)
{
    const char *no_color = getenv("NO_COLOR");
    return (no_color == NULL || no_color[0] == '\0') && isatty(STDOUT_FILENO) != 0;
}
