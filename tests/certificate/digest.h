/* SPDX-License-Identifier: GPL-3.0-or-later
 * SHA-256 of bytes, in lower-case hex. */
#ifndef OPTCERT_DIGEST_H
#define OPTCERT_DIGEST_H
#include <stddef.h>

enum { OPTCERT_DIGEST_SIZE = 65 };

void optcert_digest_bytes(const void *bytes, size_t size, char out[OPTCERT_DIGEST_SIZE]);

#endif
