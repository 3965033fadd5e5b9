/* SPDX-License-Identifier: GPL-3.0-or-later
 * Strict reading and shortest printing of numbers. */
#include "number.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* strtod also takes leading space, "inf" and "nan": a number here starts with sign, digit or point. */
bool optcert_number_real(const char *text, double *out)
{
    const char *start = text + (*text == '-' || *text == '+');
    if (!isdigit((unsigned char)*start) && *start != '.') {
        return false;
    }
    char *end;
    errno = 0;
    const double value = strtod(text, &end);
    if (*end != '\0' || !isfinite(value) || (value == 0 && errno == ERANGE)) {
        return false;
    }
    *out = value;
    return true;
}

bool optcert_number_whole(const char *text, uint64_t *out)
{
    if (*text == '\0' || text[strspn(text, "0123456789")] != '\0') {
        return false;
    }
    errno = 0;
    const unsigned long long value = strtoull(text, NULL, 10);
    if (errno != 0) {
        return false;
    }
    *out = value;
    return true;
}

/* 17 significant digits always suffice for binary64 (Matula 1968). */
void optcert_number_shortest(double value, char out[OPTCERT_NUMBER_SIZE])
{
    if (!isfinite(value)) {
        snprintf(out, OPTCERT_NUMBER_SIZE, "%f", value);
        return;
    }
    if (value == floor(value) && fabs(value) < 1e15) {
        snprintf(out, OPTCERT_NUMBER_SIZE, "%.0f", value); /* 10, where %g would say 1e+01 */
        return;
    }
    int digits = 0;
    do {
        snprintf(out, OPTCERT_NUMBER_SIZE, "%.*g", ++digits, value);
    } while (strtod(out, NULL) != value);
}
