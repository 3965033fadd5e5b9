/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums on disk, so that a killed run goes on where it was and ends with the same bytes. */
#ifndef OPTCERT_CHECKPOINT_H
#define OPTCERT_CHECKPOINT_H
#include "sums.h"

typedef struct optcert_checkpoint optcert_checkpoint;

/* Opens or makes the database at `path` for the study that `key` describes in full. NULL and one line in `error` when
 * that fails, or when the file holds another study. */
optcert_checkpoint *optcert_checkpoint_open(const char *path, const char *key, char *error, size_t error_size);
void optcert_checkpoint_close(optcert_checkpoint *checkpoint);

/* Whether `size` bytes of this cell are there; then they are in `data`. */
bool optcert_checkpoint_read(optcert_checkpoint *checkpoint, const char *cell, void *data, size_t size);

/* Keeps them; durable when it returns. False when the disk refused. */
bool optcert_checkpoint_write(optcert_checkpoint *checkpoint, const char *cell, const void *data, size_t size);

/* The same of sums. */
bool optcert_checkpoint_get(optcert_checkpoint *checkpoint, const char *cell, optcert_sums *sums);
bool optcert_checkpoint_put(optcert_checkpoint *checkpoint, const char *cell, const optcert_sums *sums);

#endif
