/* SPDX-License-Identifier: GPL-3.0-or-later
 * One check of a certificate: how many violations, the first of them in words. Closed, it is a claim,
 * "violations found: 0". */
#ifndef OPTCERT_CHECK_H
#define OPTCERT_CHECK_H
#include "claims.h"

#include <jansson.h>

typedef struct optcert_check {
    const char *id, *basis;
    uint64_t looked_at, violations;
    char first[400];
} optcert_check; /* id and basis are set, the rest starts as 0 */

/* Counts one thing looked at; where it does not hold, the words are kept. Answers `holds`. */
bool optcert_expect(optcert_check *check, bool holds, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* That `text` is what the parsed `json` is written as. */
bool optcert_expect_canonical(optcert_check *check, const json_t *json, const char *text, size_t size);

/* Adds the check to the claims. Answers whether nothing was violated. */
bool optcert_check_close(const optcert_check *check, optcert_claims *checks);

#endif
