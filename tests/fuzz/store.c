/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checkpoint database of experiments: the input is the file. A damaged one is refused or its runs are not found;
 * what is put into one that opens is there. */
#include "fuzz.h"

#include "store.h"

#include <fcntl.h>
#include <unistd.h>

enum { POINTS = 3 };

static const char *write_file(const uint8_t *bytes, size_t size)
{
    static char path[64], journal[80];
    if (path[0] == '\0') {
        snprintf(path, sizeof path, "/dev/shm/optcert-fuzz-store.%ld", (long)getpid());
        snprintf(journal, sizeof journal, "%s-journal", path);
    }
    unlink(journal);
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fuzz_must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size && close(fd) == 0, "the file is written");
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[256] = "";
    const char *path = write_file(bytes, size);
    optcert_store *store = optcert_store_open(path, error, sizeof error);
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
    unlink(path);
    return 0;
}
