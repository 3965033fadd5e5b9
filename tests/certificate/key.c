/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys: Ed25519 by libsodium. */
#include "key.h"
#include "base64.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PUBLIC_WORD "optcert-ed25519-public "
#define SECRET_WORD "optcert-ed25519-secret "

void optcert_key_from_seed(const unsigned char seed[OPTCERT_KEY_SIZE], optcert_secret_key *key)
{
    unsigned char expanded[crypto_sign_SECRETKEYBYTES];
    memcpy(key->seed, seed, OPTCERT_KEY_SIZE);
    crypto_sign_seed_keypair(key->public_key.bytes, expanded, seed);
    sodium_memzero(expanded, sizeof expanded);
}

bool optcert_key_new(optcert_secret_key *key)
{
    if (sodium_init() < 0) {
        return false;
    }
    unsigned char seed[OPTCERT_KEY_SIZE];
    randombytes_buf(seed, sizeof seed);
    optcert_key_from_seed(seed, key);
    sodium_memzero(seed, sizeof seed);
    return true;
}

void optcert_key_wipe(optcert_secret_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void optcert_key_id(const optcert_public_key *key, char out[OPTCERT_DIGEST_SIZE])
{
    optcert_digest_bytes(key->bytes, sizeof key->bytes, out);
}

static char *key_text(const char *word, const unsigned char bytes[OPTCERT_KEY_SIZE])
{
    char *base64 = optcert_base64_write(bytes, OPTCERT_KEY_SIZE);
    const size_t size = base64 != NULL ? strlen(word) + strlen(base64) + sizeof "\n" : 0;
    char *text = base64 != NULL ? malloc(size) : NULL;
    if (text != NULL) {
        snprintf(text, size, "%s%s\n", word, base64);
    }
    free(base64);
    return text;
}

char *optcert_key_public_text(const optcert_public_key *key)
{
    return key_text(PUBLIC_WORD, key->bytes);
}

char *optcert_key_secret_text(const optcert_secret_key *key)
{
    return key_text(SECRET_WORD, key->seed);
}

/* The 32 bytes behind `word`, on the only line. */
static bool read_bytes(const char *text, const char *word, unsigned char out[OPTCERT_KEY_SIZE])
{
    char base64[64];
    text += strlen(word);
    const size_t length = strcspn(text, "\n");
    if (length >= sizeof base64 || (text[length] == '\n' && text[length + 1] != '\0')) {
        return false;
    }
    memcpy(base64, text, length);
    base64[length] = '\0';
    size_t size = 0;
    char *bytes = optcert_base64_read(base64, &size);
    const bool whole = bytes != NULL && size == OPTCERT_KEY_SIZE;
    if (whole) {
        memcpy(out, bytes, OPTCERT_KEY_SIZE);
        sodium_memzero(bytes, size);
    }
    sodium_memzero(base64, sizeof base64);
    free(bytes);
    return whole;
}

static bool starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

const char *optcert_key_read_public(const char *text, optcert_public_key *key)
{
    if (starts(text, SECRET_WORD)) {
        return "it holds a secret key; the public one is needed";
    }
    if (!starts(text, PUBLIC_WORD)) {
        return "it does not start with 'optcert-ed25519-public'";
    }
    return read_bytes(text, PUBLIC_WORD, key->bytes) ? NULL : "its key is not 32 bytes in Base64 on one line";
}

const char *optcert_key_read_secret(const char *text, optcert_secret_key *key)
{
    unsigned char seed[OPTCERT_KEY_SIZE];
    if (starts(text, PUBLIC_WORD)) {
        return "it holds a public key; the secret one is needed";
    }
    if (!starts(text, SECRET_WORD)) {
        return "it does not start with 'optcert-ed25519-secret'";
    }
    if (!read_bytes(text, SECRET_WORD, seed)) {
        return "its key is not 32 bytes in Base64 on one line";
    }
    optcert_key_from_seed(seed, key);
    sodium_memzero(seed, sizeof seed);
    return NULL;
}

/* libsodium's secret key is the seed followed by the public key. */
void optcert_key_sign(const optcert_secret_key *key, const void *message, size_t size,
                      unsigned char signature[OPTCERT_SIGNATURE_SIZE])
{
    unsigned char both[crypto_sign_SECRETKEYBYTES];
    memcpy(both, key->seed, OPTCERT_KEY_SIZE);
    memcpy(both + OPTCERT_KEY_SIZE, key->public_key.bytes, OPTCERT_KEY_SIZE);
    crypto_sign_detached(signature, NULL, message, size, both);
    sodium_memzero(both, sizeof both);
}

bool optcert_key_verify(const optcert_public_key *key, const void *message, size_t size,
                        const unsigned char signature[OPTCERT_SIGNATURE_SIZE])
{
    return crypto_sign_verify_detached(signature, message, size, key->bytes) == 0;
}
