/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build_open.h"
#include "options.h"

#include <stdio.h>

optcert_build_handle *optcert_open_build_dead(const char *spec, char *why, size_t size)
{
    char error[512] = "";
    optcert_build_handle *handle = NULL;
    const optcert_outcome outcome = optcert_build_open_dead(spec, NULL, &handle, error, sizeof error);
    if (outcome == OPTCERT_TOOL) {
        optcert_broken("%s: %s", spec, error);
    }
    if (handle == NULL) {
        optcert_usage("%s: %s", spec, error);
    }
    snprintf(why, size, "%s%s%.400s", outcome != OPTCERT_OK ? optcert_outcome_text(outcome) : "",
             outcome != OPTCERT_OK ? ": " : "", outcome != OPTCERT_OK ? error : "");
    return handle;
}

optcert_build_handle *optcert_open_build(const char *spec)
{
    char why[512];
    optcert_build_handle *handle = optcert_open_build_dead(spec, why, sizeof why);
    if (*why != '\0') {
        optcert_build_close(handle);
        optcert_usage("%s: %s", spec, why);
    }
    return handle;
}
