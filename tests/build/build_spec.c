/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a spec. What is shipped with the program is a shared object too, so that the library which is
 * certified is the file that is shipped, and nothing else is special about it. */
#include "build_spec.h"

#include "build_process.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of build that live in a shared object beside the program. */
static const struct {
    const char *prefix;
    const char *file;      /* exports optcert_find_build */
    const char *digest_of; /* the file that holds the code under test */
} shipped[] = {
    {"builtin:", "liboptcert-builds.so", "liboptcert.so.0"},
    {"defect:", "liboptcert-defects.so", "liboptcert-defects.so"},
};

static optcert_outcome resolve_command(const char *command, optcert_spec *out, char *error, size_t error_size)
{
    out->is_command = true;
    if (strlen(command) >= sizeof out->path) {
        snprintf(error, error_size, "the command is longer than %zu characters", sizeof out->path - 1);
        return OPTCERT_UNREACHABLE;
    }
    strcpy(out->path, command);
    if (!optcert_digest_command(command, out->digest, out->digest_of, sizeof out->digest_of)) {
        if (out->digest_of[0] != '\0') {
            snprintf(error, error_size, "cannot read %s: %s", out->digest_of, strerror(errno));
        } else {
            snprintf(error, error_size, "'%s' is not a command: empty, or a quote is open", command);
        }
        return OPTCERT_UNREACHABLE;
    }
    return OPTCERT_OK;
}

static optcert_outcome digest(const char *path, optcert_spec *out, char *error, size_t error_size)
{
    snprintf(out->digest_of, sizeof out->digest_of, "%s", path);
    if (!optcert_digest_file(path, out->digest)) {
        snprintf(error, error_size, "cannot read %s: %s", path, strerror(errno));
        return OPTCERT_UNREACHABLE;
    }
    return OPTCERT_OK;
}

static optcert_outcome resolve_shipped(const char *file, const char *digest_of, optcert_spec *out,
                                       char *error, size_t error_size)
{
    char path[PATH_MAX];
    if (!optcert_sibling_path(file, out->path, sizeof out->path)) {
        snprintf(error, error_size, "%s is missing: it is built and installed beside optcert", out->path);
        return OPTCERT_UNREACHABLE;
    }
    optcert_sibling_path(digest_of, path, sizeof path);
    return digest(path, out, error, error_size);
}

/* "FILE" or "FILE#NAME"; a file whose own name holds a '#' wins. */
static optcert_outcome resolve_file(const char *spec, optcert_spec *out, char *error, size_t error_size)
{
    char file[PATH_MAX];
    snprintf(file, sizeof file, "%s", spec);
    char *mark = strrchr(file, '#');
    if (realpath(file, out->path) == NULL && mark != NULL) {
        *mark = '\0';
        snprintf(out->entry, sizeof out->entry, "%s", mark + 1);
    }
    if (realpath(file, out->path) == NULL) {
        snprintf(error, error_size, "cannot read %s: %s", file, strerror(errno));
        return OPTCERT_UNREACHABLE;
    }
    return digest(out->path, out, error, error_size);
}

optcert_outcome optcert_spec_resolve(const char *spec, optcert_spec *out, char *error, size_t error_size)
{
    *out = (optcert_spec){0};
    if (strncmp(spec, "exec:", 5) == 0) {
        return resolve_command(spec + 5, out, error, error_size);
    }
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        const size_t length = strlen(shipped[i].prefix);
        if (strncmp(spec, shipped[i].prefix, length) == 0) {
            snprintf(out->entry, sizeof out->entry, "%s", spec + length);
            return resolve_shipped(shipped[i].file, shipped[i].digest_of, out, error, error_size);
        }
    }
    return resolve_file(spec, out, error, error_size);
}
