/* SPDX-License-Identifier: GPL-3.0-or-later
 * Comparison of two runs. A share of a limit that was measured in the same rounds cancels most of what the machine did. */
#include "compare.h"
#include "member.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LOST 0.9

static json_t *results_of(const char *path, json_t **document)
{
    json_error_t error;
    *document = json_load_file(path, 0, &error);
    json_t *results = json_object_get(*document, "results");
    if (!json_is_array(results)) {
        fprintf(stderr, "bench: compare: %s is not a result of bench: %s\n", path,
                *document == NULL ? error.text : "it has no results");
        return NULL;
    }
    return results;
}

static bool same(const json_t *a, const json_t *b)
{
    static const char *const texts[] = {"what", "who", "where"}, *const numbers[] = {"bits", "threads", "n"};
    for (size_t i = 0; i < 3; i++) {
        const double x = bench_number(a, numbers[i]), y = bench_number(b, numbers[i]);
        if (strcmp(bench_text(a, texts[i]), bench_text(b, texts[i])) != 0 || x < y || x > y) {
            return false;
        }
    }
    return true;
}

static const json_t *find(const json_t *results, const json_t *like)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        if (same(json_array_get(results, i), like)) {
            return json_array_get(results, i);
        }
    }
    return NULL;
}

/* How many times as good the new one is. */
static double gain(const json_t *old, const json_t *new)
{
    const double share = bench_number(new, "limit_ratio_median") / bench_number(old, "limit_ratio_median");
    return isnan(share) ? bench_number(old, "least_ns") / bench_number(new, "least_ns") : share;
}

static int print_all(const json_t *old, const json_t *new)
{
    size_t lost = 0, compared = 0;
    printf("%-20s %-4s %8s %2s  %-10s %10s %10s %8s\n", "what", "bits", "n", "T", "where", "old ns", "new ns", "gain");
    for (size_t i = 0; i < json_array_size(new); i++) {
        const json_t *now = json_array_get(new, i), *was = find(old, now);
        if (was == NULL || strcmp(bench_text(now, "who"), "optcert") != 0) {
            continue;
        }
        const double better = gain(was, now);
        printf("%-20s f%-3.0f %8.0e %2.0f  %-10s %10.3f %10.3f %8.3f%s\n", bench_text(now, "what"), bench_number(now, "bits"),
               bench_number(now, "n"), bench_number(now, "threads"), bench_text(now, "where"), bench_number(was, "median_ns"),
               bench_number(now, "median_ns"), better, better < LOST ? "  LOST" : "");
        lost += better < LOST;
        compared++;
    }
    printf("%zu compared, %zu lost more than a tenth\n", compared, lost);
    return lost > 0 ? 1 : 0;
}

int bench_compare(const char *old_path, const char *new_path)
{
    json_t *old_document = NULL, *new_document = NULL;
    const json_t *old = results_of(old_path, &old_document), *new = results_of(new_path, &new_document);
    const int answer = old != NULL && new != NULL ? print_all(old, new) : 2;
    json_decref(old_document);
    json_decref(new_document);
    return answer;
}
