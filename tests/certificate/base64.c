/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base64.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

char *optcert_base64_write(const void *bytes, size_t size)
{
    const size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
    char *text = malloc(room);
    if (text != NULL) {
        sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
    }
    return text;
}

/* libsodium 1.0.18 takes some bytes above 127 for characters of the alphabet. */
static bool is_alphabet(const char *text, size_t length)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == length;
}

char *optcert_base64_read(const char *text, size_t *size)
{
    const size_t length = strlen(text), room = length / 4 * 3;
    char *bytes = is_alphabet(text, length) ? malloc(room + 1) : NULL;
    if (bytes == NULL || sodium_base642bin((unsigned char *)bytes, room, text, length, NULL, size, NULL,
                                           sodium_base64_VARIANT_ORIGINAL) != 0) {
        free(bytes);
        return NULL;
    }
    bytes[*size] = '\0';
    return bytes;
}
