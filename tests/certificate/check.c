/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks as claims. */
#include "check.h"
#include "json_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool optcert_expect(optcert_check *check, bool holds, const char *format, ...)
{
    check->looked_at++;
    if (!holds && check->violations++ == 0) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(check->first, sizeof check->first, format, arguments);
        va_end(arguments);
    }
    return holds;
}

static size_t first_difference(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i = 0;
    while (i < a_size && i < b_size && a[i] == b[i]) {
        i++;
    }
    return i;
}

bool optcert_expect_canonical(optcert_check *check, const json_t *json, const char *text, size_t size)
{
    char *canonical = optcert_json_text(json);
    const size_t length = canonical != NULL ? strlen(canonical) : 0;
    const size_t at = first_difference(canonical, length, text, size);
    free(canonical);
    return optcert_expect(check, at == length && at == size,
                          "not as optcert writes it: byte %zu of the file differs", at + 1);
}

bool optcert_check_close(const optcert_check *check, optcert_claims *checks)
{
    const double violations = (double)check->violations;
    const optcert_claim claim = {.id = check->id,
                                 .metric = "violations found",
                                 .method = OPTCERT_EXHAUSTIVE,
                                 .relation = OPTCERT_AT_MOST,
                                 .measured = violations,
                                 .low = violations,
                                 .high = violations,
                                 .sample_size = check->looked_at,
                                 .basis = check->basis,
                                 .detail = check->first};
    return optcert_claims_add(checks, &claim) && check->violations == 0;
}
