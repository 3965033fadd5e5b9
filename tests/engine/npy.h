/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arrays in NumPy's .npy format (NEP 1; versions 1.0, 2.0, 3.0): binary32 or binary64, little or big endian, C or
 * Fortran order, one or two dimensions. Nothing of the file is trusted. */
#ifndef OPTCERT_NPY_H
#define OPTCERT_NPY_H
#include <stdbool.h>
#include <stddef.h>

typedef struct optcert_npy {
    size_t rows, columns; /* one dimension: a column */
    double *value;        /* row by row; the caller frees it */
} optcert_npy;

enum { OPTCERT_NPY_REASON = 240 };

/* False: `why` says what is wrong, and *out is unchanged. Values that are not finite are taken as they are. */
bool optcert_npy_parse(const unsigned char *bytes, size_t size, optcert_npy *out, char why[OPTCERT_NPY_REASON]);
bool optcert_npy_read(const char *path, optcert_npy *out, char why[OPTCERT_NPY_REASON]);

#endif
