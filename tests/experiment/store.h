/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finished runs on disk, so that a killed study goes on where it was. */
#ifndef OPTCERT_STORE_H
#define OPTCERT_STORE_H
#include "train.h"

#include <stdbool.h>

typedef struct optcert_store optcert_store;

/* Opens or makes the database at `path`; NULL path: in memory. NULL and one line in `error` on failure. */
optcert_store *optcert_store_open(const char *path, char *error, size_t error_size);
void optcert_store_close(optcert_store *store);

/* Whether the run `key` is there with exactly `points` points; then they are in `curve`. */
bool optcert_store_get(optcert_store *store, const char *key, size_t points, optcert_point *curve);

/* Keeps a finished run; durable when it returns. 0, or -1 when the disk refused. */
int optcert_store_put(optcert_store *store, const char *key, size_t points, const optcert_point *curve);

#endif
