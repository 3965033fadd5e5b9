/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest.h"

#include <sodium.h>

void optcert_digest_bytes(const void *bytes, size_t size, char out[OPTCERT_DIGEST_SIZE])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, size);
    sodium_bin2hex(out, OPTCERT_DIGEST_SIZE, digest, sizeof digest);
}
