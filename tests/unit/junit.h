/* SPDX-License-Identifier: GPL-3.0-or-later
 * JUnit XML of a run of unit tests. CUnit's own writer ends the process at the first failure. */
#ifndef OPTCERT_UNIT_JUNIT_H
#define OPTCERT_UNIT_JUNIT_H
#include <stdbool.h>
#include <stddef.h>

typedef struct unit_result {
    const char *suite, *test;
    double seconds;
    size_t asserts, failed; /* assertions made, and those that failed */
    char *message;          /* every failure, a line each; NULL when there is none. Freed by the owner */
} unit_result;

/* false when the file cannot be written. */
bool unit_write_junit(const char *path, const unit_result *results, size_t count);

#endif
