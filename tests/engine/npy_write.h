/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes arrays as NumPy's .npy format, version 1.0 (numpy.lib.format), little endian. */
#ifndef OPTCERT_NPY_WRITE_H
#define OPTCERT_NPY_WRITE_H
#include <stddef.h>
#include <stdio.h>

/* Starts a file of rows x columns elements (columns 0: a vector of rows) of the type "<f8", "<f4" or "|u1"; the data
 * follow by fwrite. */
void optcert_npy_head(FILE *file, const char *type, size_t rows, size_t columns);

#endif
