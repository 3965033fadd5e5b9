/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert-runner: contain, reach the build, introduce it, serve. */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 7) {
        fputs("optcert-runner: started by optcert, not by hand\n", stderr);
        return 2;
    }
    const uint64_t memory = strtoull(argv[4], NULL, 10);
    const uint64_t cpu = strtoull(argv[5], NULL, 10);
    const optcert_build *build = NULL;
    runner_catch_signals();
    if (strcmp(argv[1], "exec") == 0) {
        build = runner_start_command(argv[2], argv[6], memory, cpu);
    } else {
        runner_limit(memory, cpu);
        runner_filter_shared();
        build = runner_load_shared(argv[2], argv[3]);
    }
    runner_introduce(build);
    runner_serve(build);
    _exit(0);
}
