/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two SQLite tables: the study, and its sums by cell. Each change is a transaction: all or nothing under kill -9. */
#include "checkpoint.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_checkpoint {
    sqlite3 *db;
    sqlite3_stmt *get, *put;
};

static bool prepare(optcert_checkpoint *c)
{
    static const char tables[] = "CREATE TABLE IF NOT EXISTS study (key TEXT NOT NULL);"
                                 "CREATE TABLE IF NOT EXISTS sums (cell TEXT PRIMARY KEY, data BLOB NOT NULL)";
    return sqlite3_busy_timeout(c->db, 60000) == SQLITE_OK &&
           sqlite3_exec(c->db, tables, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(c->db, "SELECT data FROM sums WHERE cell = ?1", -1, &c->get, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(c->db, "INSERT OR REPLACE INTO sums VALUES (?1, ?2)", -1, &c->put, NULL) == SQLITE_OK;
}

/* 1: the file is of this study, 0: of another, -1: the disk refused. A new file becomes this study's. */
static int claim_file(optcert_checkpoint *c, const char *key)
{
    sqlite3_stmt *ask = NULL;
    int answer = -1;
    if (sqlite3_prepare_v2(c->db, "SELECT key FROM study", -1, &ask, NULL) == SQLITE_OK) {
        const int row = sqlite3_step(ask);
        if (row == SQLITE_ROW) {
            answer = strcmp((const char *)sqlite3_column_text(ask, 0), key) == 0;
        } else if (row == SQLITE_DONE) {
            char *insert = sqlite3_mprintf("INSERT INTO study VALUES (%Q)", key);
            answer = sqlite3_exec(c->db, insert, NULL, NULL, NULL) == SQLITE_OK ? 1 : -1;
            sqlite3_free(insert);
        }
    }
    sqlite3_finalize(ask);
    return answer;
}

optcert_checkpoint *optcert_checkpoint_open(const char *path, const char *key, char *error, size_t error_size)
{
    optcert_checkpoint *c = calloc(1, sizeof *c);
    if (c == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    int mine = -1;
    if (sqlite3_open(path, &c->db) == SQLITE_OK && prepare(c)) {
        mine = claim_file(c, key);
    }
    if (mine == 1) {
        return c;
    }
    if (mine == 0) {
        snprintf(error, error_size, "it holds another study (other options, seed or version)");
    } else {
        snprintf(error, error_size, "%s", sqlite3_errmsg(c->db));
    }
    optcert_checkpoint_close(c);
    return NULL;
}

void optcert_checkpoint_close(optcert_checkpoint *c)
{
    if (c != NULL) {
        sqlite3_finalize(c->get);
        sqlite3_finalize(c->put);
        sqlite3_close(c->db);
        free(c);
    }
}

bool optcert_checkpoint_get(optcert_checkpoint *c, const char *cell, optcert_sums *sums)
{
    sqlite3_bind_text(c->get, 1, cell, -1, SQLITE_STATIC);
    const bool found = sqlite3_step(c->get) == SQLITE_ROW && sqlite3_column_bytes(c->get, 0) == (int)sizeof *sums;
    if (found) {
        memcpy(sums, sqlite3_column_blob(c->get, 0), sizeof *sums);
    }
    sqlite3_reset(c->get);
    return found;
}

bool optcert_checkpoint_put(optcert_checkpoint *c, const char *cell, const optcert_sums *sums)
{
    sqlite3_bind_text(c->put, 1, cell, -1, SQLITE_STATIC);
    sqlite3_bind_blob(c->put, 2, sums, (int)sizeof *sums, SQLITE_STATIC);
    const int answer = sqlite3_step(c->put);
    sqlite3_reset(c->put);
    return answer == SQLITE_DONE;
}
