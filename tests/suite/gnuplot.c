/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gnuplot.h"

#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>

extern char **environ;

bool optcert_gnuplot(const char *script)
{
    pid_t child;
    int status = 0;
    char *arguments[] = {(char[]){"gnuplot"}, (char *)(size_t)script, NULL};
    return posix_spawnp(&child, "gnuplot", NULL, NULL, arguments, environ) == 0 && waitpid(child, &status, 0) == child &&
           WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
