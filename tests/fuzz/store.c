/* SPDX-License-Identifier: GPL-3.0-or-later
 * The databases of long runs, experiments' and sampled studies': the input is the file. A damaged one is refused or its
 * runs are not found; what is put into one that opens is there. Linked with --wrap, so that SQLite reads the input from
 * memory. */
#include "fuzz.h"

#include "sample/checkpoint.h"
#include "store.h"

#include <sqlite3.h>

enum { POINTS = 3 };

static const uint8_t *input;
static size_t input_size;

int __real_sqlite3_open(const char *path, sqlite3 **db);
int __wrap_sqlite3_open(const char *path, sqlite3 **db);
int __wrap_sqlite3_open(const char *path, sqlite3 **db)
{
    (void)path;
    const int answer = __real_sqlite3_open(":memory:", db);
    unsigned char *copy = sqlite3_malloc64(input_size + 1);
    if (answer != SQLITE_OK || copy == NULL) {
        abort();
    }
    memcpy(copy, input, input_size);
    const unsigned how = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    return input_size == 0 ? (sqlite3_free(copy), SQLITE_OK)
                           : sqlite3_deserialize(*db, "main", copy, (sqlite3_int64)input_size, (sqlite3_int64)input_size + 1, how);
}

static void runs(void)
{
    char error[256] = "";
    optcert_store *store = optcert_store_open("input", error, sizeof error);
    fuzz_must((store == NULL) == (error[0] != '\0'), "a database, or a reason");
    if (store != NULL) {
        optcert_point curve[POINTS], again[POINTS];
        memset(curve, 0x5a, sizeof curve);
        (void)optcert_store_get(store, "key", POINTS, again);
        if (optcert_store_put(store, "key", POINTS, curve) == 0) {
            fuzz_must(optcert_store_get(store, "key", POINTS, again) && memcmp(curve, again, sizeof curve) == 0,
                      "what was put is there");
        }
        optcert_store_close(store);
    }
}

static void sums(void)
{
    static optcert_sums put, got;
    char error[256] = "";
    optcert_checkpoint *checkpoint = optcert_checkpoint_open("input", "study", error, sizeof error);
    fuzz_must((checkpoint == NULL) == (error[0] != '\0'), "a checkpoint, or a reason");
    if (checkpoint != NULL) {
        memset(&put, 0x5a, sizeof put);
        (void)optcert_checkpoint_get(checkpoint, "cell", &got);
        if (optcert_checkpoint_put(checkpoint, "cell", &put)) {
            fuzz_must(optcert_checkpoint_get(checkpoint, "cell", &got) && memcmp(&put, &got, sizeof put) == 0,
                      "what was put is there");
        }
        optcert_checkpoint_close(checkpoint);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    input = bytes;
    input_size = size;
    runs();
    sums();
    return 0;
}
