/* SPDX-License-Identifier: GPL-3.0-or-later
 * Databases that keep what a long run has done. SQLite's journal makes each change all or nothing under kill -9. */
#ifndef OPTCERT_DATABASE_H
#define OPTCERT_DATABASE_H
#include <sqlite3.h>
#include <stddef.h>

/* Opens the database at `path` (":memory:": none on disk) or makes it with these tables, each "NAME (COLUMNS)". NULL and
 * one line in `error` when the disk refuses, or when the file is damaged, holds anything else, or is no database. */
sqlite3 *optcert_database_open(const char *path, const char *const *tables, size_t count, char *error, size_t error_size);

#endif
