/* SPDX-License-Identifier: GPL-3.0-or-later
 * Registration, checks and notes of the unit tests. */
#include "unit.h"

#include <CUnit/CUnit.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unit_suite *first_suite;
static uint64_t seed = 1;
static uint64_t multiplier = 1;
static bool stop;

void unit_announce(unit_suite *suite)
{
    unit_suite **place = &first_suite;
    while (*place != NULL && strcmp((*place)->name, suite->name) < 0) {
        place = &(*place)->next;
    }
    suite->next = *place;
    *place = suite;
}

const unit_suite *unit_suites(void)
{
    return first_suite;
}

bool unit_check(bool ok, const char *file, unsigned line, const char *format, ...)
{
    char message[512] = "";
    if (!ok) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
        if (stop) {
            printf("%s:%u: %s\n", file, line, message);
            exit(1);
        }
    }
    CU_assertImplementation(ok ? CU_TRUE : CU_FALSE, line, message, file, "", CU_FALSE);
    return ok;
}

uint64_t unit_seed(void)
{
    return seed;
}

uint64_t unit_times(uint64_t count)
{
    return count * multiplier;
}

void unit_configure(uint64_t new_seed, uint64_t new_multiplier)
{
    seed = new_seed;
    multiplier = new_multiplier;
}

void unit_stop_at_failure(void)
{
    stop = true;
}

void unit_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("  note: ", stdout);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
}
