/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database that is opened is asked once whether it is whole and ours: a damaged one may answer anything. */
#include "database.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool make(sqlite3 *db, const char *table)
{
    char *line = sqlite3_mprintf("CREATE TABLE IF NOT EXISTS %s", table);
    const bool made = line != NULL && sqlite3_exec(db, line, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(line);
    return made;
}

static bool is_whole(sqlite3 *db)
{
    sqlite3_stmt *check = NULL;
    const bool whole = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &check, NULL) == SQLITE_OK &&
                       sqlite3_step(check) == SQLITE_ROW &&
                       strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
    sqlite3_finalize(check);
    return whole;
}

static bool is_one_of(const char *sql, const char *const *tables, size_t count)
{
    static const char verb[] = "CREATE TABLE ";
    for (size_t i = 0; i < count; i++) {
        if (strncmp(sql, verb, sizeof verb - 1) == 0 && strcmp(sql + sizeof verb - 1, tables[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Nothing but the tables and their own indices: no trigger or view of somebody else's. */
static bool is_ours(sqlite3 *db, const char *const *tables, size_t count)
{
    sqlite3_stmt *ask = NULL;
    size_t ours = 0, others = 0;
    int row = sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_master", -1, &ask, NULL);
    while (row == SQLITE_OK || row == SQLITE_ROW) {
        row = sqlite3_step(ask);
        const char *sql = row == SQLITE_ROW ? (const char *)sqlite3_column_text(ask, 0) : NULL;
        if (sql != NULL) {
            *(is_one_of(sql, tables, count) ? &ours : &others) += 1;
        }
    }
    sqlite3_finalize(ask);
    return row == SQLITE_DONE && ours == count && others == 0;
}

static bool prepare(sqlite3 *db, const char *const *tables, size_t count)
{
    bool good = sqlite3_busy_timeout(db, 60000) == SQLITE_OK;
    for (size_t i = 0; i < count; i++) {
        good = good && make(db, tables[i]);
    }
    return good && is_ours(db, tables, count) && is_whole(db);
}

sqlite3 *optcert_database_open(const char *path, const char *const *tables, size_t count, char *error, size_t error_size)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db) == SQLITE_OK && prepare(db, tables, count)) {
        return db;
    }
    const int code = sqlite3_errcode(db);
    const bool known = code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE;
    snprintf(error, error_size, "%s", known ? sqlite3_errmsg(db) : "it is damaged, or no database of this program's runs");
    sqlite3_close(db);
    return NULL;
}
