/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every command shares: common options, strict numbers, one-line errors. */
#ifndef OPTCERT_OPTIONS_H
#define OPTCERT_OPTIONS_H
#include <argp.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct optcert_options {
    bool json;         /* --json: one JSON document on stdout instead of text */
    bool quiet;        /* --quiet: no progress, no notes */
    const char *junit; /* --junit FILE, or NULL */
    uint64_t seed;     /* --seed N */
    unsigned jobs;     /* --jobs N, at least 1 */
} optcert_options;

/* A command's own part of the line; members that it does not need stay NULL. */
typedef struct optcert_line {
    const struct argp_option *options;
    argp_parser_t parser;
    const char *args_doc; /* e.g. "BUILD" */
    const char *doc;      /* help text */
    void *input;          /* the parser's state->input */
    bool has_claims;      /* the answer holds claims: --junit is taken */
} optcert_line;

/* Parses a command's line, the common options into `common`. Ends the program on a bad line. */
void optcert_parse(const optcert_line *line, int argc, char **argv, optcert_options *common);

/* The command whose name error messages carry after the program's; NULL: none. */
void optcert_set_command(const char *name);

/* "optcert: COMMAND: MESSAGE" on stderr, then exit 2 (usage, bad input) or 4 (the tool itself failed). */
_Noreturn void optcert_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void optcert_broken(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same on stderr, without leaving. */
void optcert_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A finite number written in decimal or hexadecimal floating point, the whole string and nothing else;
 * else a usage error that names the option. */
double optcert_option_real(const char *option, const char *text);

/* A decimal whole number in [low, high]; else a usage error that names the option and the range. */
uint64_t optcert_option_whole(const char *option, const char *text, uint64_t low, uint64_t high);

/* Progress on stderr, only on a terminal and not with --quiet; `done` of `total`. */
void optcert_progress(const optcert_options *common, const char *what, uint64_t done, uint64_t total);

/* Whether stdout may carry colour: a terminal, and NO_COLOR is not set (https://no-color.org). */
bool optcert_colour(void);

#endif
