/* SPDX-License-Identifier: GPL-3.0-or-later
 * Landlock: a command may write in its scratch folder and to /dev/null, and nowhere else. */
#include "runner.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Everything that changes a file or a folder, by the first version of Landlock and its later bits. */
static uint64_t writing_rights(long version)
{
    uint64_t rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                      LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                      LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                      LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
    const uint64_t refer = UINT64_C(1) << 13;
    const uint64_t truncate_file = UINT64_C(1) << 14;
    rights |= version >= 2 ? refer : 0;
    rights |= version >= 3 ? truncate_file : 0;
    return rights;
}

static bool allow(int ruleset, const char *path, uint64_t rights)
{
    const int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    const struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    const long status = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return status == 0;
}

bool runner_landlock(const char *scratch)
{
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return false;
    }
    const uint64_t rights = writing_rights(version);
    const struct landlock_ruleset_attr attribute = {.handled_access_fs = rights};
    const int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attribute, sizeof attribute, 0);
    const bool set = ruleset >= 0 && allow(ruleset, scratch, rights) &&
                     allow(ruleset, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
                     prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                     syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return set;
}
