/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ed25519 keys (RFC 8032) and their files. A file is one line: a word that says which half it is, a blank,
 * and 32 bytes in Base64: optcert-ed25519-public BASE64    the public key optcert-ed25519-secret BASE64 the
 * seed that the pair is made from (RFC 8032's private key) */
#ifndef OPTCERT_KEY_H
#define OPTCERT_KEY_H
#include "digest.h"

#include <stdbool.h>

enum { OPTCERT_KEY_SIZE = 32, OPTCERT_SIGNATURE_SIZE = 64 };

typedef struct optcert_public_key {
    unsigned char bytes[OPTCERT_KEY_SIZE];
} optcert_public_key;

typedef struct optcert_secret_key {
    unsigned char seed[OPTCERT_KEY_SIZE];
    optcert_public_key public_key;
} optcert_secret_key;

/* A new pair. False when the system has no random numbers. */
bool optcert_key_new(optcert_secret_key *key);
void optcert_key_from_seed(const unsigned char seed[OPTCERT_KEY_SIZE], optcert_secret_key *key);
void optcert_key_wipe(optcert_secret_key *key);

/* The name of a key: SHA-256 of its public half, in hex. */
void optcert_key_id(const optcert_public_key *key, char out[OPTCERT_DIGEST_SIZE]);

/* The files' texts; the caller frees them. NULL when memory fails. */
char *optcert_key_public_text(const optcert_public_key *key);
char *optcert_key_secret_text(const optcert_secret_key *key);

/* Reading them. NULL, or why the text is not such a file. */
const char *optcert_key_read_public(const char *text, optcert_public_key *key);
const char *optcert_key_read_secret(const char *text, optcert_secret_key *key);

void optcert_key_sign(const optcert_secret_key *key, const void *message, size_t size,
                      unsigned char signature[OPTCERT_SIGNATURE_SIZE]);
bool optcert_key_verify(const optcert_public_key *key, const void *message, size_t size,
                        const unsigned char signature[OPTCERT_SIGNATURE_SIZE]);

#endif
