/* SPDX-License-Identifier: GPL-3.0-or-later
 * unit [--list] [--stop] [--seed N] [--junit FILE] [SUITE | SUITE.TEST]...: runs the unit tests whose name begins with one
 * of the given ones, all when there is none; --stop ends at the first check that fails. Exit 0: all passed; 1: not; 2: usage;
 * 4: the runner failed. */
#include "junit.h"
#include "unit.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include <errno.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct options {
    const char *junit;
    char **filters;
    int filter_count;
    bool list;
} options;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool wanted(const options *opt, const char *suite, const char *test)
{
    char full[256];
    snprintf(full, sizeof full, "%s.%s", suite, test);
    for (int i = 0; i < opt->filter_count; i++) {
        const char *filter = opt->filters[i];
        const bool whole_suite = strchr(filter, '.') == NULL;
        if (whole_suite ? strcmp(suite, filter) == 0 : strncmp(full, filter, strlen(filter)) == 0) {
            return true;
        }
    }
    return opt->filter_count == 0;
}

/* The failures CUnit has recorded for the test just run, one line each. */
static char *failure_text(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (memory == NULL) {
        return NULL;
    }
    for (CU_pFailureRecord f = CU_get_failure_list(); f != NULL; f = f->pNext) {
        fprintf(memory, "%s:%u: %s\n", f->strFileName, f->uiLineNumber, f->strCondition);
    }
    fclose(memory);
    return text;
}

static unit_result run_one(CU_pSuite suite, CU_pTest test)
{
    unit_result result = {.suite = suite->pName, .test = test->pName};
    const double start = now();
    CU_run_test(suite, test);
    result.seconds = now() - start;
    result.asserts = CU_get_number_of_asserts();
    result.failed = CU_get_number_of_failures();
    if (result.failed > 0) {
        result.message = failure_text();
    }
    printf("%-6s %s.%s (%.3f s, %zu asserts)\n", result.failed == 0 ? "ok" : "FAILED", result.suite, result.test,
           result.seconds, result.asserts);
    if (result.message != NULL) {
        fputs(result.message, stdout);
    }
    fflush(stdout);
    return result;
}

static size_t register_all(void)
{
    size_t count = 0;
    for (const unit_suite *s = unit_suites(); s != NULL; s = s->next) {
        CU_pSuite suite = CU_add_suite(s->name, NULL, NULL);
        for (size_t i = 0; suite != NULL && i < s->count; i++) {
            count += CU_add_test(suite, s->tests[i].name, s->tests[i].run) != NULL;
        }
    }
    return count;
}

static size_t run_wanted(const options *opt, unit_result *results)
{
    size_t count = 0;
    for (CU_pSuite suite = CU_get_registry()->pSuite; suite != NULL; suite = suite->pNext) {
        for (CU_pTest test = suite->pTest; test != NULL; test = test->pNext) {
            if (!wanted(opt, suite->pName, test->pName)) {
                continue;
            }
            if (opt->list) {
                printf("%s.%s\n", suite->pName, test->pName);
            } else {
                results[count++] = run_one(suite, test);
            }
        }
    }
    return count;
}

/* The closing lines; 0 when everything passed and something ran. */
static int conclude(const options *opt, const unit_result *results, size_t count)
{
    size_t failed = 0, asserts = 0, failed_asserts = 0;
    for (size_t i = 0; i < count; i++) {
        failed += results[i].failed > 0;
        asserts += results[i].asserts;
        failed_asserts += results[i].failed;
    }
    printf("Run Summary: tests %zu ran, %zu passed, %zu failed; asserts %zu made, %zu passed, %zu failed; seed %llu\n",
           count, count - failed, failed, asserts, asserts - failed_asserts, failed_asserts,
           (unsigned long long)unit_seed());
    if (opt->junit != NULL && !unit_write_junit(opt->junit, results, count)) {
        fprintf(stderr, "unit: %s: %s\n", opt->junit, strerror(errno));
        return 4;
    }
    if (count == 0) {
        fputs("unit: no test of that name\n", stderr);
        return 2;
    }
    printf("%zu passed, %zu failed\n", count - failed, failed);
    return failed == 0 ? 0 : 1;
}

static bool parse_number(const char *text, uint64_t *value)
{
    char *end;
    if (text == NULL || *text < '0' || *text > '9') {
        return false;
    }
    errno = 0;
    *value = strtoull(text, &end, 0);
    return *end == '\0' && errno == 0;
}

static bool parse(int argc, char **argv, options *opt)
{
    const char *times = getenv("OPTCERT_TEST_MULTIPLIER");
    uint64_t seed = 1, multiplier = 1;
    if (times != NULL && (!parse_number(times, &multiplier) || multiplier == 0)) {
        return false;
    }
    int i = 1;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--list") == 0) {
            opt->list = true;
        } else if (strcmp(argv[i], "--stop") == 0) {
            unit_stop_at_failure();
        } else if (strcmp(argv[i], "--junit") == 0 && i + 1 < argc) {
            opt->junit = argv[++i];
        } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc && parse_number(argv[i + 1], &seed)) {
            i++;
        } else {
            return false;
        }
    }
    opt->filters = argv + i;
    opt->filter_count = argc - i;
    unit_configure(seed, multiplier);
    return true;
}

int main(int argc, char **argv)
{
    options opt = {0};
    if (!parse(argc, argv, &opt)) {
        fputs("unit: usage: unit [--list] [--stop] [--seed N] [--junit FILE] [SUITE | SUITE.TEST]... "
              "(OPTCERT_TEST_MULTIPLIER: a whole number > 0)\n",
              stderr);
        return 2;
    }
    if (CU_initialize_registry() != CUE_SUCCESS) {
        fprintf(stderr, "unit: CUnit: %s\n", CU_get_error_msg());
        return 4;
    }
    const size_t total = register_all();
    unit_result *results = calloc(total + 1, sizeof *results);
    if (results == NULL) {
        CU_cleanup_registry();
        return 4;
    }
    const size_t count = run_wanted(&opt, results);
    const int status = opt.list ? 0 : conclude(&opt, results, count);
    for (size_t i = 0; i < count; i++) {
        free(results[i].message);
    }
    free(results);
    CU_cleanup_registry();
    mpfr_free_cache();
    return status;
}
