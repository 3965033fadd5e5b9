/* SPDX-License-Identifier: GPL-3.0-or-later
 * Claims as JUnit XML: a claim is a test case, a failed one a failure, an inconclusive one skipped. */
#ifndef OPTCERT_CLAIMS_JUNIT_H
#define OPTCERT_CLAIMS_JUNIT_H
#include "claims.h"

#include <stdio.h>

void optcert_junit_print(const char *suite, const optcert_claims *claims, FILE *out);

/* False when the file cannot be written (errno says why). */
bool optcert_junit_write(const char *path, const char *suite, const optcert_claims *claims);

#endif
