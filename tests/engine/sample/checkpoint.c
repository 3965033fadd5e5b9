/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two tables: the study, and its sums by cell. */
#include "checkpoint.h"

#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_checkpoint {
    sqlite3 *db;
    sqlite3_stmt *get, *put;
};

static bool prepare(optcert_checkpoint *c)
{
    return sqlite3_prepare_v2(c->db, "SELECT data FROM sums WHERE cell = ?1", -1, &c->get, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(c->db, "INSERT OR REPLACE INTO sums VALUES (?1, ?2)", -1, &c->put, NULL) == SQLITE_OK;
}

/* 1: the file is of this study, 0: of another, -1: the disk refused. A new file becomes this study's, in one statement:
 * of two runs that find a new file, one makes it its own. */
static int claim_file(optcert_checkpoint *c, const char *key)
{
    char *claim = sqlite3_mprintf("INSERT INTO study SELECT %Q WHERE NOT EXISTS (SELECT * FROM study)", key);
    const bool claimed = claim != NULL && sqlite3_exec(c->db, claim, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(claim);
    sqlite3_stmt *ask = NULL;
    int answer = -1;
    if (claimed && sqlite3_prepare_v2(c->db, "SELECT key FROM study", -1, &ask, NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW) {
        const char *owner = (const char *)sqlite3_column_text(ask, 0);
        answer = owner == NULL ? -1 : strcmp(owner, key) == 0;
    }
    sqlite3_finalize(ask);
    return answer;
}

optcert_checkpoint *optcert_checkpoint_open(const char *path, const char *key, char *error, size_t error_size)
{
    static const char *const tables[] = {"study (key TEXT NOT NULL)", "sums (cell TEXT PRIMARY KEY, data BLOB NOT NULL)"};
    optcert_checkpoint *c = calloc(1, sizeof *c);
    if (c == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    c->db = optcert_database_open(path, tables, 2, error, error_size);
    const int mine = c->db != NULL && prepare(c) ? claim_file(c, key) : -1;
    if (mine == 1) {
        return c;
    }
    if (mine == 0) {
        snprintf(error, error_size, "it holds another study (other options, seed or version)");
    } else if (c->db != NULL) {
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

bool optcert_checkpoint_read(optcert_checkpoint *c, const char *cell, void *data, size_t size)
{
    sqlite3_bind_text(c->get, 1, cell, -1, SQLITE_STATIC);
    const bool found = sqlite3_step(c->get) == SQLITE_ROW && (size_t)sqlite3_column_bytes(c->get, 0) == size;
    if (found) {
        memcpy(data, sqlite3_column_blob(c->get, 0), size);
    }
    sqlite3_reset(c->get);
    return found;
}

bool optcert_checkpoint_write(optcert_checkpoint *c, const char *cell, const void *data, size_t size)
{
    sqlite3_bind_text(c->put, 1, cell, -1, SQLITE_STATIC);
    sqlite3_bind_blob(c->put, 2, data, (int)size, SQLITE_STATIC);
    const int answer = sqlite3_step(c->put);
    sqlite3_reset(c->put);
    return answer == SQLITE_DONE;
}

bool optcert_checkpoint_get(optcert_checkpoint *c, const char *cell, optcert_sums *sums)
{
    return optcert_checkpoint_read(c, cell, sums, sizeof *sums);
}

bool optcert_checkpoint_put(optcert_checkpoint *c, const char *cell, const optcert_sums *sums)
{
    return optcert_checkpoint_write(c, cell, sums, sizeof *sums);
}
