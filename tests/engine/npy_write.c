/* SPDX-License-Identifier: GPL-3.0-or-later
 * The header is padded so that the data start at a multiple of 64 bytes. */
#include "npy_write.h"

#include <string.h>

void optcert_npy_head(FILE *file, const char *type, size_t rows, size_t columns)
{
    char shape[64], header[128];
    if (columns == 0) {
        snprintf(shape, sizeof shape, "%zu,", rows);
    } else {
        snprintf(shape, sizeof shape, "%zu, %zu", rows, columns);
    }
    memset(header, ' ', sizeof header);
    const int length = snprintf(header + 10, sizeof header - 10,
                                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, shape);
    header[10 + length] = ' ';
    header[sizeof header - 1] = '\n';
    memcpy(header, "\x93NUMPY\x01\x00\x76\x00", 10); /* the rest is 0x76 = 118 bytes long */
    fwrite(header, 1, sizeof header, file);
}
