/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that are written whole or not at all, and databases that are ours and whole or not opened. */
#include "database.h"
#include "unit.h"
#include "whole_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[8][160];
    static unsigned next;
    char *place = path[next++ % 8];
    snprintf(place, sizeof path[0], "%s/%s", folder, name);
    return place;
}

static bool begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/optcert-test-XXXXXX");
    return UNIT_CHECK(mkdtemp(folder) != NULL, "no folder");
}

static void end(void)
{
    char remove[128];
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(system(remove) == 0, "%s is still there", folder);
}

static bool holds(const char *path, const char *text)
{
    char got[64] = "";
    FILE *file = fopen(path, "re");
    const size_t size = file != NULL ? fread(got, 1, sizeof got - 1, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL && size == strlen(text) && strcmp(got, text) == 0;
}

static bool write_whole(const char *path, const char *text)
{
    optcert_whole_file file;
    FILE *out = optcert_whole_open(&file, path);
    return out != NULL && fputs(text, out) >= 0 && optcert_whole_close(&file);
}

/* The old file has its name until the new one is closed; one that cannot be finished leaves the old one. */
static void replaced(void)
{
    if (!begin()) {
        return;
    }
    const char *path = in_folder("file");
    optcert_whole_file file;
    UNIT_CHECK(write_whole(path, "old"), "the first: %s", strerror(errno));
    FILE *out = optcert_whole_open(&file, path);
    UNIT_CHECK(out != NULL && fputs("new", out) >= 0 && fflush(out) == 0 && holds(path, "old"), "before it is closed");
    UNIT_CHECK(optcert_whole_close(&file) && holds(path, "new") && access(in_folder("file.new"), F_OK) != 0, "after");
    out = optcert_whole_open(&file, path);
    UNIT_CHECK(out != NULL && fputs("x", out) >= 0, "a third");
    UNIT_CHECK(unlink(in_folder("file")) == 0 && mkdir(path, 0700) == 0, "a folder takes the name");
    UNIT_CHECK(!optcert_whole_close(&file) && errno != 0 && access(in_folder("file.new"), F_OK) != 0,
               "a folder cannot be replaced, and nothing is left: %s", strerror(errno));
    end();
}

static void refused(void)
{
    static char longest[OPTCERT_WHOLE_PATH + 10];
    optcert_whole_file file;
    memset(longest, 'x', sizeof longest - 1);
    UNIT_CHECK(optcert_whole_open(&file, longest) == NULL && errno == ENAMETOOLONG, "a long name");
    UNIT_CHECK(optcert_whole_open(&file, "/nonexistent/file") == NULL && errno == ENOENT, "no folder");
    UNIT_CHECK(write_whole("/dev/null", "gone"), "no regular file: written through");
    FILE *out = optcert_whole_open(&file, "/dev/full");
    UNIT_CHECK(out != NULL && fputs("x", out) >= 0 && !optcert_whole_close(&file) && errno == ENOSPC, "a full disk: %s",
               strerror(errno));
    out = optcert_whole_open(&file, "/dev/full");
    for (int i = 0; out != NULL && i < 100000; i++) {
        fputs("much", out);
    }
    UNIT_CHECK(out != NULL && !optcert_whole_close(&file), "a full disk, noticed before the end");
}

/* What a file must not be for it to be opened as a database of these tables. */
static const char *const tables[] = {"run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)", "study (key TEXT NOT NULL)"};
static const struct {
    const char *make, *origin;
    bool good;
} databases[] = {
    {"", "a new file", true},
    {"CREATE TABLE run (key TEXT PRIMARY KEY, curve BLOB NOT NULL)", "one of the tables", true},
    {"CREATE TABLE run (key TEXT PRIMARY KEY, curve BLOB)", "a table of that name with other columns", false},
    {"CREATE TABLE more (key TEXT)", "one more table", false},
    {"CREATE VIEW run AS SELECT 1 AS key, 2 AS curve", "a view in place of a table", false},
    {"CREATE TABLE study (key TEXT NOT NULL); CREATE TRIGGER t AFTER INSERT ON study BEGIN SELECT 1; END", "a trigger", false},
    {"CREATE TABLE study (key TEXT NOT NULL); CREATE INDEX i ON study (key)", "an index of somebody's", false},
};

static void opened(void)
{
    for (size_t i = 0; i < sizeof databases / sizeof databases[0] && begin(); i++) {
        char error[200] = "";
        sqlite3 *db = NULL;
        const char *path = in_folder("db");
        UNIT_CHECK(sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, databases[i].make, NULL, NULL, NULL) == SQLITE_OK &&
                       sqlite3_close(db) == SQLITE_OK,
                   "%s is not made", databases[i].origin);
        db = optcert_database_open(path, tables, 2, error, sizeof error);
        UNIT_CHECK((db != NULL) == databases[i].good, "%s: %s", databases[i].origin, error);
        UNIT_CHECK(db != NULL || error[0] != '\0', "%s: no reason", databases[i].origin);
        sqlite3_close(db);
        end();
    }
}

/* A page of the file is overwritten; a text is no database; a folder is no file. */
static void damaged(void)
{
    char error[200] = "";
    if (!begin()) {
        return;
    }
    const char *path = in_folder("db");
    sqlite3 *db = optcert_database_open(path, tables, 2, error, sizeof error);
    UNIT_CHECK(db != NULL && sqlite3_exec(db, "INSERT INTO run VALUES ('a', zeroblob(9000))", NULL, NULL, NULL) == SQLITE_OK &&
                   sqlite3_close(db) == SQLITE_OK,
               "%s", error);
    FILE *file = fopen(path, "r+e");
    UNIT_CHECK(file != NULL && fseek(file, 4096, SEEK_SET) == 0 && fputs("no page begins like this", file) >= 0 &&
                   fclose(file) == 0,
               "not damaged");
    UNIT_CHECK(optcert_database_open(path, tables, 2, error, sizeof error) == NULL, "a damaged page");
    UNIT_CHECK(write_whole(path, "this is no database at all, and longer than a header of a hundred bytes: "
                                 "...................................................................."),
               "not written");
    UNIT_CHECK(optcert_database_open(path, tables, 2, error, sizeof error) == NULL && strstr(error, "not a database") != NULL,
               "a text: %s", error);
    UNIT_CHECK(optcert_database_open(folder, tables, 2, error, sizeof error) == NULL && error[0] != '\0', "a folder");
    end();
}

UNIT_SUITE(whole_file, {"replaced", replaced}, {"refused", refused})
UNIT_SUITE(database, {"opened", opened}, {"damaged", damaged})
