/* SPDX-License-Identifier: GPL-3.0-or-later
 * PATH.new, then fsync, then rename. */
#include "whole_file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static bool can_be_replaced(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

FILE *optcert_whole_open(optcert_whole_file *file, const char *path)
{
    file->direct = !can_be_replaced(path);
    file->out = NULL;
    const int length = snprintf(file->fresh, sizeof file->fresh, "%s%s", path, file->direct ? "" : ".new");
    if (length >= (int)sizeof file->fresh) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    snprintf(file->path, sizeof file->path, "%s", path);
    file->out = fopen(file->fresh, "we");
    return file->out;
}

bool optcert_whole_close(optcert_whole_file *file)
{
    const bool written = ferror(file->out) == 0;
    const bool flushed = fflush(file->out) == 0 && (file->direct || fsync(fileno(file->out)) == 0);
    int why = written && flushed ? 0 : flushed ? EIO : errno;
    why = fclose(file->out) == 0 || why != 0 ? why : errno;
    why = why != 0 || file->direct || rename(file->fresh, file->path) == 0 ? why : errno;
    if (why != 0 && !file->direct) {
        unlink(file->fresh);
    }
    errno = why;
    return why == 0;
}
