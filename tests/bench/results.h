/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a run of the benchmarks measured, as a list that is printed, written as JSON and drawn. */
#ifndef OPTCERT_BENCH_RESULTS_H
#define OPTCERT_BENCH_RESULTS_H
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct bench_result {
    const char *what;  /* "adam_step", "normals", "path-step" */
    const char *who;   /* "optcert", "core", "twin", "divider", "-Ofast loop", "PyTorch", ... */
    const char *where; /* "aligned", "staggered", or "" */
    unsigned bits, threads;
    double n;
    double median, least;             /* ns an element */
    double ratio_median, ratio_least; /* of the limit's time to this one's; NAN where no limit applies */
    double alone, share_alone;        /* timing.h; NAN for other libraries */
} bench_result;

typedef struct bench_results {
    bench_result *item;
    size_t count, room;
} bench_results; /* starts as {0} */

/* The texts must outlive the list. False when memory fails. */
bool bench_results_add(bench_results *results, const bench_result *result);
void bench_results_free(bench_results *results);

/* The first result with these members; NULL when there is none. */
const bench_result *bench_results_find(const bench_results *results, const char *what, const char *who,
                                       const char *where, unsigned bits, unsigned threads, double n);

void bench_results_print(const bench_results *results);
json_t *bench_results_json(const bench_results *results);

#endif
