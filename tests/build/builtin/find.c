/* SPDX-License-Identifier: GPL-3.0-or-later
 * NAME, NAME-f32 or NAME-f64 to a build of the library. */
#include "adaptor.h"

#include <string.h>

static const optcert_build *find_in(const optcert_build *table, const char *name, size_t length)
{
    for (size_t i = 0; i < OPTCERT_BUILTINS; i++) {
        if (strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

const optcert_build *optcert_find_build(const char *name);

const optcert_build *optcert_find_build(const char *name)
{
    const size_t length = strlen(name);
    const char *suffix = length > 4 ? name + length - 4 : "";
    if (strcmp(suffix, "-f32") == 0) {
        return find_in(optcert_builtins_f32, name, length - 4);
    }
    return find_in(optcert_builtins_f64, name, strcmp(suffix, "-f64") == 0 ? length - 4 : length);
}
