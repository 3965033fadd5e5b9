/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"
#include "command.h"
#include "fault.h"
#include "options.h"

#include <errno.h>
#include <mpfr.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
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

/* What coverage writes at the end is no part of the program. */
static void pause_faults(void)
{
    unit_faults_pause(true);
}

/* As main does it. */
static _Noreturn void run_line(const char *line)
{
    char words[600], *argv[64] = {NULL}, *rest = NULL;
    int argc = 0;
    snprintf(words, sizeof words, "%s", line);
    for (char *word = strtok_r(words, " ", &rest); word != NULL && argc < 63; word = strtok_r(NULL, " ", &rest)) {
        argv[argc++] = word;
    }
    for (const optcert_command *command = optcert_commands; command->name != NULL; command++) {
        if (strcmp(command->name, argv[0]) == 0) {
            optcert_set_command(command->name);
            const int code = command->run(argc, argv);
            if (ferror(stdout) != 0 || fflush(stdout) != 0) {
                optcert_broken("cannot write to standard output");
            }
            exit(code);
        }
    }
    exit(99);
}

static void read_back(FILE *file, char *text, size_t size)
{
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* A fork has none of the threads that were kept for the next loop, and would wait for them. What they have cached is lost with
 * them, and a leak to the sanitizer. */
static void leave_threads(void)
{
#pragma omp parallel num_threads(8 + omp_get_num_procs())
    mpfr_free_cache();
    omp_pause_resource_all(omp_pause_soft);
}

int program_run_here(const char *line, unsigned seconds, program_said *said)
{
    int status = 0;
    unit_faults_pause(true);
    FILE *out = tmpfile(), *err = tmpfile();
    fflush(NULL);
    leave_threads();
    const pid_t child = out != NULL && err != NULL ? fork() : -1;
    if (child == 0) {
        dup2(fileno(out), STDOUT_FILENO);
        dup2(fileno(err), STDERR_FILENO);
        alarm(seconds);
        atexit(pause_faults);
        unit_faults_pause(false);
        run_line(line);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    read_back(out, said->out, sizeof said->out);
    read_back(err, said->err, sizeof said->err);
    unit_faults_pause(false);
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
