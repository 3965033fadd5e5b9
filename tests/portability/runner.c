/* SPDX-License-Identifier: GPL-3.0-or-later
 * The unit tests' registry and runner without CUnit, for machines that have no more than a C library and MPFR: the same
 * tests, compiled for them, under an emulator. Exit 0: all passed; 1: not. */
#include "unit.h"

#include <stdarg.h>
#include <stdio.h>

static unit_suite *first_suite;
static size_t asserts, failures;

void unit_announce(unit_suite *suite)
{
    suite->next = first_suite;
    first_suite = suite;
}

const unit_suite *unit_suites(void)
{
    return first_suite;
}

bool unit_check(bool ok, const char *file, unsigned line, const char *format, ...)
{
    asserts++;
    if (!ok && failures++ < 20) {
        va_list arguments;
        va_start(arguments, format);
        printf("%s:%u: ", file, line);
        vprintf(format, arguments);
        putchar('\n');
        va_end(arguments);
    }
    return ok;
}

uint64_t unit_seed(void)
{
    return 1;
}

uint64_t unit_times(uint64_t count)
{
    return count;
}

void unit_configure(uint64_t seed, uint64_t multiplier)
{
    (void)seed;
    (void)multiplier;
}

void unit_note(const char *format, ...)
{
    (void)format;
}

int main(void)
{
    size_t tests = 0;
    for (const unit_suite *suite = first_suite; suite != NULL; suite = suite->next) {
        for (size_t i = 0; i < suite->count; i++) {
            const size_t before = failures;
            suite->tests[i].run();
            tests++;
            if (failures > before) {
                printf("FAILED %s.%s\n", suite->name, suite->tests[i].name);
            }
        }
    }
    printf("%zu tests, %zu asserts, %zu failed\n", tests, asserts, failures);
    return failures == 0 && tests > 0 ? 0 : 1;
}
