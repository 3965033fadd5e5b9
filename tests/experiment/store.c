/* SPDX-License-Identifier: GPL-3.0-or-later
 * One table: key, curve. */
#include "store.h"

#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_store {
    sqlite3 *db;
    sqlite3_stmt *get, *put;
};

optcert_store *optcert_store_open(const char *path, char *error, size_t error_size)
{
    static const char *const table[] = {"run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)"};
    char why[200] = "no memory";
    const char *name = path == NULL ? ":memory:" : path;
    optcert_store *store = calloc(1, sizeof *store);
    if (store != NULL && (store->db = optcert_database_open(name, table, 1, why, sizeof why)) != NULL &&
        sqlite3_prepare_v2(store->db, "SELECT curve FROM run WHERE key = ?1", -1, &store->get, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(store->db, "INSERT OR REPLACE INTO run VALUES (?1, ?2)", -1, &store->put, NULL) == SQLITE_OK) {
        return store;
    }
    snprintf(error, error_size, "%s: %s", name, store != NULL && store->db != NULL ? sqlite3_errmsg(store->db) : why);
    optcert_store_close(store);
    return NULL;
}

void optcert_store_close(optcert_store *store)
{
    if (store != NULL) {
        sqlite3_finalize(store->get);
        sqlite3_finalize(store->put);
        sqlite3_close(store->db);
        free(store);
    }
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
