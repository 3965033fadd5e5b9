/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a certificate is sound: each check is a claim, "violations found: 0".
 *   verify.form       it is JSON, in the one form in which certificates are written
 *   verify.statement  it is an in-toto Statement v1 of our predicate, with every member it needs
 *   verify.checksum   it is unchanged since it was written
 *   verify.claims     every verdict follows from its numbers, and the whole verdict from the claims
 *   verify.digest     it is about the build at hand (where one is given) */
#ifndef OPTCERT_VERIFY_H
#define OPTCERT_VERIFY_H
#include "claims.h"

#include <jansson.h>

/* `digest`: sha256 of the build at hand in hex, or NULL. Returns the parsed certificate (the caller's to
 * release), NULL when it is not JSON. */
json_t *optcert_verify(const char *text, size_t size, const char *digest, optcert_claims *checks);

#endif
