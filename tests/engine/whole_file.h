/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file that is written whole or not at all: until it is closed its name belongs to the old file, if there is one. What
 * is no regular file (a terminal, a pipe, /dev/null) is written through. */
#ifndef OPTCERT_WHOLE_FILE_H
#define OPTCERT_WHOLE_FILE_H
#include <stdbool.h>
#include <stdio.h>

enum { OPTCERT_WHOLE_PATH = 4096 };

typedef struct optcert_whole_file {
    FILE *out;
    bool direct;
    char path[OPTCERT_WHOLE_PATH], fresh[OPTCERT_WHOLE_PATH]; /* its name, and what it is called before it is whole */
} optcert_whole_file;

/* Where to write, or NULL with errno. */
FILE *optcert_whole_open(optcert_whole_file *file, const char *path);

/* Puts the file on disk and gives it its name. False with errno when anything since it was opened failed: then the old
 * file stays and the new one is gone. */
bool optcert_whole_close(optcert_whole_file *file);

#endif
