/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base64.h"

#include <sodium.h>
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

char *optcert_base64_read(const char *text, size_t *size)
{
    const size_t length = strlen(text), room = length / 4 * 3;
    char *bytes = malloc(room + 1);
    if (bytes == NULL || sodium_base642bin((unsigned char *)bytes, room, text, length, NULL, size, NULL,
                                           sodium_base64_VARIANT_ORIGINAL) != 0) {
        free(bytes);
        return NULL;
    }
    bytes[*size] = '\0';
    return bytes;
}
