/* SPDX-License-Identifier: GPL-3.0-or-later
 * Real data, as fetched by tests/setup/data.sh: handwritten digits and English text. A sample is one
 * picture, or one sequence of `context` characters with the characters that follow each. */
#ifndef OPTCERT_DATASET_H
#define OPTCERT_DATASET_H
#include <stddef.h>
#include <stdint.h>

typedef struct optcert_dataset {
    size_t samples, train;  /* the first `train` samples train, the others test */
    size_t context;         /* rows in one sample */
    size_t input;           /* width of a row */
    size_t classes;
    float *x;               /* samples * context rows of width input */
    uint8_t *label;         /* samples * context */
    char digest[65];        /* SHA-256 of x and label, in hexadecimal */
} optcert_dataset;

/* `folder` is where the set-up put the data. 0, or -1 with one line in `error`. The split is fixed: it
 * depends on nothing but the data. */
int optcert_dataset_digits(const char *folder, optcert_dataset *data, char *error, size_t error_size);
int optcert_dataset_text(const char *folder, optcert_dataset *data, char *error, size_t error_size);
void optcert_dataset_close(optcert_dataset *data);

#endif
