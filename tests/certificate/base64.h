/* SPDX-License-Identifier: GPL-3.0-or-later
 * Base64 (RFC 4648, section 4), strictly: with padding, no other characters, unused bits zero. */
#ifndef OPTCERT_BASE64_H
#define OPTCERT_BASE64_H
#include <stddef.h>

/* The text of `size` bytes; the caller frees it. NULL when memory fails. */
char *optcert_base64_write(const void *bytes, size_t size);

/* The bytes of a text, with a zero byte after the last; the caller frees them. NULL when it is not Base64 (or
 * memory fails). */
char *optcert_base64_read(const char *text, size_t *size);

#endif
