/* SPDX-License-Identifier: GPL-3.0-or-later
 * The door of the shared object. */
#include "engine.h"

optcert_defect engine_recipe;

const optcert_build *optcert_find_build(const char *words);

const optcert_build *optcert_find_build(const char *words)
{
    static optcert_build build;
    bool single = false;
    if (!optcert_defect_resolve(words, &engine_recipe, &single)) {
        return NULL;
    }
    build = single ? engine_build_f32 : engine_build_f64;
    build.name = words;
    build.claims = engine_recipe.claims;
    if (engine_is(ASPECT_STATE, STATE_HIDDEN)) {
        build.get = NULL;
        build.set = NULL;
    }
    return &build;
}
