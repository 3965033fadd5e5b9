/* SPDX-License-Identifier: GPL-3.0-or-later
 * The suites that certify can run over a build, by name. A new suite is a function and a row of the table. */
#ifndef OPTCERT_SUITES_H
#define OPTCERT_SUITES_H
#include "build_handle.h"
#include "claims.h"
#include "dialect.h"

/* What every suite is told. */
typedef struct optcert_suite_job {
    optcert_build_handle *build;
    const oc_ref_dialect *dialect;
    uint64_t seed;
    bool full;  /* --level full: ten times as many cases, or what corresponds to it */
    bool exact; /* whether the build must be bit-exact */
    double resolution; /* of scaling and svag: the largest distance of laws that passes for none; 0: the usual one */
    size_t paths;      /* of scaling and svag; 0: as many as level and resolution ask for */
    void (*progress)(void *context, const char *suite, uint64_t done, uint64_t total); /* may be NULL */
    void *context;
} optcert_suite_job;

typedef struct optcert_suite {
    const char *name, *text; /* for --suite and `optcert list` */
    bool by_default;         /* runs where --suite is not given */
    /* Adds the suite's claims. False when the harness itself fails (memory, processes). */
    bool (*run)(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations);
} optcert_suite;

extern const optcert_suite optcert_suites[]; /* ends with a NULL name */

/* Which suites a list like "conformance,robustness" names, one bit a row: "default" those that run by
 * default, "all" all; NULL is "default". False when a word is none, which is then left in `word`. */
bool optcert_suites_select(const char *list, uint64_t *chosen, char *word, size_t size);

/* Runs the chosen ones in the table's order. False when the harness itself fails. */
bool optcert_suites_run(uint64_t chosen, const optcert_suite_job *job, optcert_claims *claims,
                        optcert_claims *observations);

#endif
