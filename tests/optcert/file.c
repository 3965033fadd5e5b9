/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files. */
#include "file.h"
#include "json_text.h"
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20 };

char *optcert_file_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        optcert_usage("cannot read %s: %s", path, strerror(errno));
    }
    char *text = malloc(FILE_MAX + 1);
    *size = fread(text, 1, FILE_MAX, file);
    if (ferror(file) != 0 || fgetc(file) != EOF) {
        optcert_usage("cannot read %s: %s", path, ferror(file) != 0 ? strerror(errno) : "it is too large");
    }
    fclose(file);
    text[*size] = '\0';
    return text;
}

FILE *optcert_file_begin(optcert_whole_file *file, const char *path)
{
    FILE *out = optcert_whole_open(file, path);
    if (out == NULL) {
        optcert_broken("cannot write %s: %s", path, strerror(errno));
    }
    return out;
}

void optcert_file_end(optcert_whole_file *file)
{
    if (!optcert_whole_close(file)) {
        optcert_broken("cannot write %s: %s", file->path, strerror(errno));
    }
}

void optcert_file_replace(const char *path, const char *text)
{
    optcert_whole_file file;
    fputs(text, optcert_file_begin(&file, path));
    optcert_file_end(&file);
}

void optcert_file_write_json(const char *path, const json_t *document)
{
    char *text = optcert_json_text(document);
    optcert_file_replace(path, text);
    free(text);
}

static bool fill(int fd, unsigned mode, const char *text)
{
    const size_t size = strlen(text);
    errno = ENOSPC; /* why a disk takes less than it is given; that sets nothing */
    return fchmod(fd, (mode_t)mode) == 0 && write(fd, text, size) == (ssize_t)size && fsync(fd) == 0;
}

bool optcert_file_create(const char *path, unsigned mode, const char *text)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (fd < 0) {
        return false;
    }
    const int why = fill(fd, mode, text) ? 0 : errno;
    close(fd); /* what is synchronised is there */
    if (why != 0) {
        unlink(path);
    }
    errno = why;
    return why == 0;
}

void optcert_file_public_key(const char *path, optcert_public_key *key)
{
    size_t size = 0;
    char *text = optcert_file_read(path, &size);
    const char *why = optcert_key_read_public(text, key);
    if (why != NULL) {
        optcert_usage("%s is no public key: %s", path, why);
    }
    free(text);
}

void optcert_file_secret_key(const char *path, optcert_secret_key *key)
{
    size_t size = 0;
    struct stat status;
    char *text = optcert_file_read(path, &size);
    const char *why = optcert_key_read_secret(text, key);
    sodium_memzero(text, size);
    free(text);
    if (why != NULL) {
        optcert_usage("%s is no secret key: %s", path, why);
    }
    if (stat(path, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        optcert_note("warning: others may read %s (chmod 600 mends that)", path);
    }
}
