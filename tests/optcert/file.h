/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files, for commands: what cannot be read is bad input, what cannot be written breaks the program. */
#ifndef OPTCERT_FILE_H
#define OPTCERT_FILE_H
#include "key.h"
#include "whole_file.h"

#include <jansson.h>

/* The bytes with a zero byte after the last; the caller frees them. */
char *optcert_file_read(const char *path, size_t *size);

/* A file that is written whole or not at all, between these two. End the program when the disk refuses. */
FILE *optcert_file_begin(optcert_whole_file *file, const char *path);
void optcert_file_end(optcert_whole_file *file);

/* Writes a file so that `path` is at every moment the old file or the whole new one; written through where it is no
 * regular file. Ends the program when it cannot. */
void optcert_file_replace(const char *path, const char *text);

/* The same with a document in the one form. */
void optcert_file_write_json(const char *path, const json_t *document);

/* A new file with these permissions. False with errno, and no file, when it cannot be written; EEXIST when one is there. */
bool optcert_file_create(const char *path, unsigned mode, const char *text);

/* Key files (key.h). */
void optcert_file_public_key(const char *path, optcert_public_key *key);
void optcert_file_secret_key(const char *path, optcert_secret_key *key);

#endif
