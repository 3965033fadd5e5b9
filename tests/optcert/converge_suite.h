/* SPDX-License-Identifier: GPL-3.0-or-later
 * The suites of `optcert converge`: one file each, converge_NAME.c, entered in the table of
 * converge_suites.c. */
#ifndef OPTCERT_CONVERGE_SUITE_H
#define OPTCERT_CONVERGE_SUITE_H
#include "options.h"

#include <stddef.h>

enum { OPTCERT_SETS_MAX = 16 };

/* The command's line: NULL where an option was not given. */
typedef struct optcert_converge_request {
    const char *suite;
    const char *problem, *optimizer, *integrator, *noise, *data, *engine, *control, *steps, *phi, *plot;
    const char *set[OPTCERT_SETS_MAX];
    size_t sets;
} optcert_converge_request;

typedef struct optcert_converge_suite {
    const char *name;
    const char *text; /* one line for --help and `optcert list` */
    int (*run)(const optcert_converge_request *request,
               const optcert_options *common); /* answers the exit code */
} optcert_converge_suite;

extern const optcert_converge_suite optcert_converge_suites[]; /* ends with a NULL name */

int optcert_converge_limit(const optcert_converge_request *request, const optcert_options *common);
int optcert_converge_order2(const optcert_converge_request *request, const optcert_options *common);

#endif
