/* SPDX-License-Identifier: GPL-3.0-or-later
 * checkpoint FILE: eight runs, each kept in the database FILE when it is done; says "kept N" once a run is kept and
 * "found N" for one that was there. Exit 0: all eight are there; 1: a run came back changed; 2: the disk refused. */
#include "store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RUNS = 8, POINTS = 40 };

static void make_run(int run, optcert_point *curve)
{
    memset(curve, 'a' + run, POINTS * sizeof *curve);
}

static void say(const char *what, int run)
{
    char line[32];
    const int length = snprintf(line, sizeof line, "%s %d\n", what, run);
    if (write(STDOUT_FILENO, line, (size_t)length) != length) {
        _exit(2);
    }
}

int main(int argc, char **argv)
{
    char error[256];
    optcert_store *store = argc == 2 ? optcert_store_open(argv[1], error, sizeof error) : NULL;
    if (store == NULL) {
        fprintf(stderr, "optcert: checkpoint: %s\n", argc == 2 ? error : "a file is needed");
        return 2;
    }
    int status = 0;
    for (int run = 0; run < RUNS && status == 0; run++) {
        optcert_point made[POINTS], kept[POINTS];
        char key[32];
        snprintf(key, sizeof key, "run %d", run);
        make_run(run, made);
        if (optcert_store_get(store, key, POINTS, kept)) {
            status = memcmp(made, kept, sizeof made) == 0 ? 0 : 1;
            say("found", run);
        } else if (optcert_store_put(store, key, POINTS, made) == 0) {
            say("kept", run);
        } else {
            fputs("optcert: checkpoint: the disk refused a run\n", stderr);
            status = 2;
        }
    }
    optcert_store_close(store);
    return status;
}
