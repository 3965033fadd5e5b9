/* SPDX-License-Identifier: GPL-3.0-or-later
 * Resource limits of the process that holds the build. */
#include "runner.h"

#include <sys/resource.h>

static void set(__rlimit_resource_t which, uint64_t soft, uint64_t hard)
{
    const struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};
    if (setrlimit(which, &limit) != 0) {
        runner_last_words(OPTCERT_TOOL, "cannot set resource limit %d", (int)which);
    }
}

void runner_limit(uint64_t memory_bytes, uint64_t cpu_seconds)
{
    /* Private memory is bounded; address space as a whole is not, for runtimes reserve terabytes of it. */
    set(RLIMIT_DATA, memory_bytes, memory_bytes);
    set(RLIMIT_CPU, cpu_seconds, cpu_seconds + 5);
    set(RLIMIT_CORE, 0, 0);
    set(RLIMIT_FSIZE, 1 << 24, 1 << 24);
    set(RLIMIT_NOFILE, 1024, 1024);
}
