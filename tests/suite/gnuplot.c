/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gnuplot.h"

#include <spawn.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

static bool draw(const char *script)
{
    pid_t child;
    int status = 0;
    char *arguments[] = {(char[]){"gnuplot"}, (char *)(size_t)script, NULL};
    return posix_spawnp(&child, "gnuplot", NULL, NULL, arguments, environ) == 0 && waitpid(child, &status, 0) == child &&
           WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

FILE *optcert_plot_open(optcert_whole_file *file, const char *prefix, const char *ending)
{
    char path[OPTCERT_WHOLE_PATH];
    const int length = snprintf(path, sizeof path, "%s%s", prefix, ending);
    const bool named = strchr(prefix, '\'') == NULL && length > 0 && (size_t)length < sizeof path;
    return named ? optcert_whole_open(file, path) : NULL;
}

bool optcert_plot_draw(optcert_whole_file *script)
{
    return optcert_whole_close(script) && draw(script->path);
}
