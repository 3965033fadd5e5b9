/* SPDX-License-Identifier: GPL-3.0-or-later
 * One SQLite table: key, curve. SQLite's journal makes each run all or nothing under kill -9. */
#include "store.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_store {
    sqlite3 *db;
    sqlite3_stmt *get, *put;
};

static bool prepare(optcert_store *store)
{
    static const char table[] = "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)";
    return sqlite3_busy_timeout(store->db, 60000) == SQLITE_OK &&
           sqlite3_exec(store->db, table, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(store->db, "SELECT curve FROM run WHERE key = ?1", -1, &store->get, NULL) ==
               SQLITE_OK &&
           sqlite3_prepare_v2(store->db, "INSERT OR REPLACE INTO run VALUES (?1, ?2)", -1, &store->put, NULL) ==
               SQLITE_OK;
}

optcert_store *optcert_store_open(const char *path, char *error, size_t error_size)
{
    optcert_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    const char *name = path == NULL ? ":memory:" : path;
    if (sqlite3_open(name, &store->db) != SQLITE_OK || !prepare(store)) {
        snprintf(error, error_size, "%s: %s", name, sqlite3_errmsg(store->db));
        optcert_store_close(store);
        return NULL;
    }
    return store;
}

void optcert_store_close(optcert_store *store)
{
    sqlite3_finalize(store->get);
    sqlite3_finalize(store->put);
    sqlite3_close(store->db);
    free(store);
}

bool optcert_store_get(optcert_store *store, const char *key, size_t points, optcert_point *curve)
{
    const size_t size = points * sizeof *curve;
    sqlite3_bind_text(store->get, 1, key, -1, SQLITE_STATIC);
    const bool found = sqlite3_step(store->get) == SQLITE_ROW &&
                       (size_t)sqlite3_column_bytes(store->get, 0) == size;
    if (found) {
        memcpy(curve, sqlite3_column_blob(store->get, 0), size);
    }
    sqlite3_reset(store->get);
    return found;
}

int optcert_store_put(optcert_store *store, const char *key, size_t points, const optcert_point *curve)
{
    sqlite3_bind_text(store->put, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_blob(store->put, 2, curve, (int)(points * sizeof *curve), SQLITE_STATIC);
    const int answer = sqlite3_step(store->put);
    sqlite3_reset(store->put);
    return answer == SQLITE_DONE ? 0 : -1;
}
