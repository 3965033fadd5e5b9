/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build_open.h"
#include "options.h"

optcert_build_handle *optcert_open_build(const char *spec)
{
    char error[512] = "";
    optcert_build_handle *handle = NULL;
    const optcert_outcome outcome = optcert_build_open(spec, NULL, &handle, error, sizeof error);
    if (outcome == OPTCERT_TOOL) {
        optcert_broken("%s: %s", spec, error);
    }
    if (outcome != OPTCERT_OK) {
        optcert_usage("%s: %s", spec, error);
    }
    return handle;
}
