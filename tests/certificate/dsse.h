/* SPDX-License-Identifier: GPL-3.0-or-later
 * DSSE v1 (https://github.com/secure-systems-lab/dsse): a signed envelope around a statement.
 * The signature is over PAE(payloadType, payload) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body. */
#ifndef OPTCERT_DSSE_H
#define OPTCERT_DSSE_H
#include "claims.h"
#include "key.h"

#include <jansson.h>

#define OPTCERT_DSSE_TYPE "application/vnd.in-toto+json"

/* The bytes that are signed; the caller frees them. NULL when memory fails. */
char *optcert_dsse_pae(const char *type, const void *body, size_t body_size, size_t *size);

/* The envelope of a statement's text. NULL when memory fails. */
json_t *optcert_dsse_sign(const char *statement, size_t size, const optcert_secret_key *key);

typedef enum optcert_signature {
    OPTCERT_SIGNATURE_NONE,      /* a bare statement */
    OPTCERT_SIGNATURE_UNCHECKED, /* an envelope, and no key to check it with */
    OPTCERT_SIGNATURE_GOOD,
    OPTCERT_SIGNATURE_BAD /* also: a key is given, and nothing is signed */
} optcert_signature;

const char *optcert_signature_text(optcert_signature signature);

typedef struct optcert_opened {
    char *statement; /* the caller frees it; NULL when a check failed or memory is short */
    size_t size;
    optcert_signature signature;
} optcert_opened;

/* The statement in a certificate's text, which is an envelope or the bare statement itself. Nothing of the
 * statement is looked at here. Checks, each a claim: verify.envelope   the envelope has the one form in which
 * optcert writes it verify.signature  it is signed by `key` (where one is given, which a bare statement then
 * fails) */
optcert_opened optcert_dsse_open(const char *text, size_t size, const optcert_public_key *key,
                                 optcert_claims *checks);

#endif
