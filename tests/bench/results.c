/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of results. */
#include "results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool bench_results_add(bench_results *results, const bench_result *result)
{
    if (results->count == results->room) {
        const size_t room = 2 * results->room + 64;
        bench_result *item = reallocarray(results->item, room, sizeof *item);
        if (item == NULL) {
            return false;
        }
        results->item = item;
        results->room = room;
    }
    results->item[results->count++] = *result;
    return true;
}

void bench_results_free(bench_results *results)
{
    free(results->item);
    *results = (bench_results){0};
}

const bench_result *bench_results_find(const bench_results *results, const char *what, const char *who,
                                       const char *where, unsigned bits, unsigned threads, double n)
{
    for (size_t i = 0; i < results->count; i++) {
        const bench_result *r = &results->item[i];
        const bool same = r->bits == bits && r->threads == threads && r->n >= n && r->n <= n;
        if (same && strcmp(r->what, what) == 0 && strcmp(r->who, who) == 0 && strcmp(r->where, where) == 0) {
            return r;
        }
    }
    return NULL;
}

static void print_ratio(double ratio)
{
    if (isnan(ratio)) {
        printf(" %7s", "-");
    } else {
        printf(" %6.1f%%", 100 * ratio);
    }
}

void bench_results_print(const bench_results *results)
{
    printf("%-18s %-4s %8s %2s  %-24s %-9s %9s %9s %9s %7s %7s %7s\n", "what", "bits", "n", "T", "who", "where",
           "median ns", "alone ns", "least ns", "alone", "limit/", "least");
    for (size_t i = 0; i < results->count; i++) {
        const bench_result *r = &results->item[i];
        printf("%-18s f%-3u %8.0e %2u  %-24s %-9s %9.3f %9.3f %9.3f", r->what, r->bits, r->n, r->threads, r->who,
               r->where, r->median, r->alone, r->least);
        print_ratio(r->share_alone);
        print_ratio(r->ratio_median);
        print_ratio(r->ratio_least);
        printf("\n");
    }
}

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

json_t *bench_results_json(const bench_results *results)
{
    json_t *array = json_array();
    for (size_t i = 0; i < results->count; i++) {
        const bench_result *r = &results->item[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:i, s:i, s:f, s:o, s:o, s:o, s:o, s:o, s:o}", "what", r->what, "who", r->who, "where",
                             r->where, "bits", (int)r->bits, "threads", (int)r->threads, "n", r->n, "median_ns",
                             number(r->median), "least_ns", number(r->least), "limit_ratio_median",
                             number(r->ratio_median), "limit_ratio_least", number(r->ratio_least), "alone_ns",
                             number(r->alone), "share_alone", number(r->share_alone)));
    }
    return array;
}
