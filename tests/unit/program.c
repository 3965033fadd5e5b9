/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program(void)
{
    static char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 16);
    if (length > 0) {
        path[length] = '\0';
        strcpy(strrchr(path, '/'), "/optcert");
    }
    return path;
}

int program_run(const char *arguments, const char *redirect, char *output, size_t size)
{
    return program_run_with("", arguments, redirect, output, size);
}

int program_run_with(const char *environment, const char *arguments, const char *redirect, char *output, size_t size)
{
    char command[8192];
    snprintf(command, sizeof command, "env %s '%s' %s %s", environment, program(), arguments, redirect);
    FILE *pipe = popen(command, "re");
    const size_t got = pipe != NULL ? fread(output, 1, size - 1, pipe) : 0;
    output[got] = '\0';
    const int status = pipe != NULL ? pclose(pipe) : -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
