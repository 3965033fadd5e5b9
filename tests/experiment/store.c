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

/* A damaged file may answer anything; that it is whole is asked once. */
static bool is_whole(sqlite3 *db)
{
    sqlite3_stmt *check = NULL;
    const bool whole = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &check, NULL) == SQLITE_OK &&
                       sqlite3_step(check) == SQLITE_ROW &&
                       strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
    sqlite3_finalize(check);
    return whole;
}

/* Nothing but the one table and its index: no trigger or view of somebody else's. */
static bool is_ours(sqlite3 *db, const char *table)
{
    static const char question[] = "SELECT count(*), sum(sql IS ?1 OR sql IS NULL) FROM sqlite_master";
    sqlite3_stmt *ask = NULL;
    const bool ours = sqlite3_prepare_v2(db, question, -1, &ask, NULL) == SQLITE_OK &&
                      sqlite3_bind_text(ask, 1, table, -1, SQLITE_STATIC) == SQLITE_OK &&
                      sqlite3_step(ask) == SQLITE_ROW && sqlite3_column_int(ask, 0) == 2 &&
                      sqlite3_column_int(ask, 1) == 2;
    sqlite3_finalize(ask);
    return ours;
}

static bool prepare(optcert_store *store)
{
    static const char make[] = "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)";
    static const char table[] = "CREATE TABLE run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)";
    return sqlite3_busy_timeout(store->db, 60000) == SQLITE_OK &&
           sqlite3_exec(store->db, make, NULL, NULL, NULL) == SQLITE_OK && is_ours(store->db, table) &&
           is_whole(store->db) &&
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
        const int code = sqlite3_errcode(store->db);
        const bool known = code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE;
        snprintf(error, error_size, "%s: %s", name,
                 known ? sqlite3_errmsg(store->db) : "it is damaged, or no database of finished runs");
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
