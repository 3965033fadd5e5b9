/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the words of a spec to what the runner is to load, and its digest. */
#ifndef OPTCERT_BUILD_SPEC_H
#define OPTCERT_BUILD_SPEC_H
#include "build_digest.h"
#include "build_handle.h"

#include <limits.h>

typedef struct optcert_spec {
    bool is_command;
    char path[PATH_MAX]; /* the shared object, or the command */
    char entry[128];     /* NAME for optcert_find_build, or "" */
    char digest[OPTCERT_DIGEST_HEX];
    char digest_of[PATH_MAX];
} optcert_spec;

/* OPTCERT_OK, or OPTCERT_UNREACHABLE with a line in `error`. */
optcert_outcome optcert_spec_resolve(const char *spec, optcert_spec *out, char *error, size_t error_size);

#endif
