/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proofs and suites cost. */
#include "costs.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef json_t *reader(const char *path);

static json_t *each(const char *folder, const char *pattern, reader *read)
{
    char path[512];
    glob_t found;
    json_t *array = json_array();
    snprintf(path, sizeof path, "%s/%s", folder, pattern);
    if (glob(path, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            json_t *entry = read(found.gl_pathv[i]);
            if (entry != NULL) {
                json_array_append_new(array, entry);
            }
        }
        globfree(&found);
    }
    return array;
}

static double sum(const json_t *array, const char *member)
{
    double total = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        total += json_number_value(json_object_get(json_array_get(array, i), member));
    }
    return total;
}

static json_t *unit_cost(const char *path)
{
    json_t *ledger = json_load_file(path, 0, NULL);
    const json_t *goals = json_object_get(ledger, "goals");
    json_t *cost = json_pack("{s:O, s:i, s:f}", "unit", json_object_get(ledger, "unit"), "goals",
                             (int)json_array_size(goals), "seconds", sum(goals, "ms") / 1000);
    json_decref(ledger);
    return cost;
}

static json_t *suite_cost(const char *path)
{
    char line[512];
    FILE *file = fopen(path, "re");
    json_t *cost = NULL;
    while (file != NULL && cost == NULL && fgets(line, sizeof line, file) != NULL) {
        const char *suite = strstr(line, "<testsuite "), *time = strstr(line, " time=\"");
        if (suite != NULL && time != NULL) {
            cost = json_pack("{s:s, s:f}", "suite", strrchr(path, '/') + 1, "seconds", strtod(time + 7, NULL));
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return cost;
}

json_t *bench_proof_costs(const char *ledger)
{
    json_t *array = each(ledger, "*.json", unit_cost);
    printf("proofs: %.0f goals of %zu units, %.0f s of the provers when they were recorded\n", sum(array, "goals"),
           json_array_size(array), sum(array, "seconds"));
    return array;
}

json_t *bench_suite_costs(const char *build)
{
    json_t *array = each(build, "*.xml", suite_cost);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *one = json_array_get(array, i);
        printf("suite: %s %.1f s\n", json_string_value(json_object_get(one, "suite")),
               json_number_value(json_object_get(one, "seconds")));
    }
    return array;
}
