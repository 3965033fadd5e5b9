/* SPDX-License-Identifier: GPL-3.0-or-later
 * A build in a shared object. */
#include "runner.h"

#include <dlfcn.h>

typedef const optcert_build *get_build(void);
typedef const optcert_build *find_build(const char *name);

/* POSIX promises that a function's address survives the way through void *. */
static void *symbol(void *object, const char *name, const char *path)
{
    void *address = dlsym(object, name);
    if (address == NULL) {
        runner_last_words(OPTCERT_UNREACHABLE, "%s does not export %s", path, name);
    }
    return address;
}

static const optcert_build *fetch(void *object, const char *path, const char *entry)
{
    if (entry[0] == '\0') {
        get_build *get = NULL;
        *(void **)&get = symbol(object, "optcert_get_build", path);
        return get();
    }
    find_build *find = NULL;
    *(void **)&find = symbol(object, "optcert_find_build", path);
    return find(entry);
}

static void check(const optcert_build *build, const char *path, const char *entry)
{
    if (build == NULL) {
        runner_last_words(OPTCERT_UNREACHABLE, "there is no build '%s' in %s", entry, path);
    }
    if (build->abi != OPTCERT_BUILD_ABI) {
        runner_last_words(OPTCERT_UNREACHABLE, "speaks build interface %u, not %u", build->abi,
                          OPTCERT_BUILD_ABI);
    }
    if (build->scalar != OPTCERT_F32 && build->scalar != OPTCERT_F64) {
        runner_last_words(OPTCERT_UNREACHABLE, "its scalar is %u: neither OPTCERT_F32 nor OPTCERT_F64",
                          build->scalar);
    }
    if (build->create == NULL || build->step == NULL || build->destroy == NULL) {
        runner_last_words(OPTCERT_UNREACHABLE, "create, step or destroy is missing");
    }
}

const optcert_build *runner_load_shared(const char *path, const char *entry)
{
    runner_watch_fp();
    void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (object == NULL) {
        runner_last_words(OPTCERT_UNREACHABLE, "cannot load: %s", dlerror());
    }
    const optcert_build *build = fetch(object, path, entry);
    check(build, path, entry);
    return build;
}
