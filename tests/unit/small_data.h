/* SPDX-License-Identifier: GPL-3.0-or-later
 * Data of the digits' shape for tests of the experiments: samples of ten kinds, made here, so that no test needs a download. */
#ifndef OPTCERT_UNIT_SMALL_DATA_H
#define OPTCERT_UNIT_SMALL_DATA_H
#include "dataset.h"

enum { UNIT_SMALL_SAMPLES = 288, UNIT_SMALL_PIXELS = 64 };

/* The first `samples` of them, `train` for training. One array for all callers: there is nothing to close. */
optcert_dataset unit_small_data(size_t samples, size_t train);

/* Writes the digits' table, `rows` of them; `last` in place of the last row where it is not NULL. */
void unit_write_digits(const char *path, int rows, const char *last);

#endif
