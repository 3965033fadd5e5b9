/* SPDX-License-Identifier: GPL-3.0-or-later
 * The unit tests' own frame: suites announce themselves, checks are counted by CUnit. */
#ifndef OPTCERT_UNIT_H
#define OPTCERT_UNIT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct unit_test {
    const char *name;
    void (*run)(void);
} unit_test;

typedef struct unit_suite {
    const char *name;
    const unit_test *tests;
    size_t count;
    struct unit_suite *next;
} unit_suite;

/* Puts a suite on the list, which is kept in order of name. */
void unit_announce(unit_suite *suite);
const unit_suite *unit_suites(void);

/* UNIT_SUITE(sgd, {"errors", errors}, ...) in a test file registers the suite before main. */
#define UNIT_SUITE(suite_name, ...)                                                                                    \
    static const unit_test suite_name##_tests[] = {__VA_ARGS__};                                                       \
    static unit_suite suite_name##_suite = {#suite_name, suite_name##_tests,                                           \
                                            sizeof suite_name##_tests / sizeof suite_name##_tests[0], NULL};           \
    __attribute__((constructor)) static void suite_name##_announce(void)                                               \
    {                                                                                                                  \
        unit_announce(&suite_name##_suite);                                                                            \
    }

/* Counts one assertion; on failure records the message. Answers ok. */
bool unit_check(bool ok, const char *file, unsigned line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* UNIT_CHECK(ok, "what is wrong: %a", x) */
#define UNIT_CHECK(ok, ...) unit_check(ok, __FILE__, __LINE__, __VA_ARGS__)

/* Seed of the random tests (--seed) and how many times more of them are wanted (OPTCERT_TEST_MULTIPLIER). */
uint64_t unit_seed(void);
uint64_t unit_times(uint64_t count);
void unit_configure(uint64_t seed, uint64_t multiplier);

/* From now on a check that fails ends the program with exit code 1. */
void unit_stop_at_failure(void);

/* Says something that is not a failure, such as a measured maximum. */
void unit_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
