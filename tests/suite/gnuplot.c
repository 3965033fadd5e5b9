/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gnuplot.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

/* Where the last part of a path begins. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

static bool draw(const char *script)
{
    pid_t child;
    int status = 0;
    const size_t length = folder_length(script);
    char folder[OPTCERT_WHOLE_PATH + 1], file[OPTCERT_WHOLE_PATH + 2];
    snprintf(folder, sizeof folder, "%.*s", length > 0 ? (int)length : 1, length > 0 ? script : ".");
    snprintf(file, sizeof file, "./%s", script + length); /* no option, whatever it begins with */
    char *arguments[] = {(char[]){"gnuplot"}, file, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    const bool started = posix_spawn_file_actions_addchdir_np(&actions, folder) == 0 &&
                         posix_spawnp(&child, "gnuplot", &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

FILE *optcert_plot_data(optcert_whole_file *file, const char *prefix, const char *ending)
{
    char path[OPTCERT_WHOLE_PATH];
    if (snprintf(path, sizeof path, "%s%s", prefix, ending) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    return optcert_whole_open(file, path);
}

FILE *optcert_plot_script(optcert_whole_file *file, const char *prefix, const char *ending)
{
    const char *name = prefix + folder_length(prefix);
    if (strchr(name, '\n') != NULL) {
        errno = EINVAL;
        return NULL;
    }
    FILE *out = optcert_plot_data(file, prefix, ending);
    if (out != NULL) {
        fputs("name = './", out);
        for (; *name != '\0'; name++) {
            fputs(*name == '\'' ? "'.\"'\".'" : (const char[]){*name, '\0'}, out); /* '' does not do for two in a row */
        }
        fputs("'\n", out);
    }
    return out;
}

bool optcert_plot_draw(optcert_whole_file *script)
{
    return optcert_whole_close(script) && draw(script->path);
}
