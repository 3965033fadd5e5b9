/* SPDX-License-Identifier: GPL-3.0-or-later
 * The certificate: an in-toto Statement v1 about one build.
 * Its last member, predicate.checksum, is the SHA-256 of the statement's own text without that member: it
 * shows damage; it is not a signature. */
#ifndef OPTCERT_STATEMENT_H
#define OPTCERT_STATEMENT_H
#include "build_handle.h"
#include "claims.h"
#include "digest.h"
#include "dialect.h"

#include <jansson.h>

#define OPTCERT_STATEMENT_TYPE "https://in-toto.io/Statement/v1"
#define OPTCERT_PREDICATE_TYPE "urn:x-optcert:certificate:v1"

typedef struct optcert_certificate {
    const optcert_build_info *build;
    const oc_ref_dialect *dialect;
    const char *level; /* "quick", "full" */
    uint64_t seed;
    const optcert_claims *claims, *observations;
    const char *diagnosis; /* of a build that is not what it claims: what would explain it; NULL: nothing known */
} optcert_certificate;

/* NULL where a text of the build is not UTF-8, the system does not tell what it is, or memory fails. */
json_t *optcert_statement(const optcert_certificate *certificate);

/* The checksum of a statement, whether it carries one or not. */
bool optcert_statement_checksum(const json_t *statement, char out[OPTCERT_DIGEST_SIZE]);

/* Now, or SOURCE_DATE_EPOCH, as "2026-01-31T12:00:00Z". False when that variable is not a time. */
bool optcert_time_text(char *out, size_t size);

#endif
