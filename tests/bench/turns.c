/* SPDX-License-Identifier: GPL-3.0-or-later
 * A line to the process, a line back. */
#include "turns.h"

#include <math.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct bench_turns {
    pid_t process;
    int line;
    FILE *answers;
    char name[64];
};

/* The first python3 that has NumPy, as for peers.c; its large arrays on huge pages like ours (arrays.h). */
static pid_t spawn(const char *script, int line)
{
    static const char shell[] = "p=/usr/bin/python3; $p -c 'import numpy' 2>/dev/null || p=python3; "
                                "GLIBC_TUNABLES=glibc.malloc.hugetlb=1 OMP_WAIT_POLICY=passive exec $p \"$0\" --turns";
    char *arguments[] = {(char[]){"sh"}, (char[]){"-c"}, (char *)(size_t)shell, (char *)(size_t)script, NULL};
    posix_spawn_file_actions_t actions;
    pid_t process = -1;
    if (posix_spawn_file_actions_init(&actions) == 0) {
        posix_spawn_file_actions_adddup2(&actions, line, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, line, STDOUT_FILENO);
        if (posix_spawnp(&process, "sh", &actions, NULL, arguments, environ) != 0) {
            process = -1;
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    return process;
}

bench_turns *bench_turns_start(const char *script)
{
    int ends[2] = {-1, -1};
    bench_turns *turns = script != NULL ? calloc(1, sizeof *turns) : NULL;
    if (turns == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        free(turns);
        return NULL;
    }
    turns->line = ends[0];
    turns->answers = fdopen(ends[0], "r");
    turns->process = spawn(script, ends[1]);
    close(ends[1]);
    if (turns->answers == NULL) {
        close(ends[0]);
    }
    if (turns->answers == NULL || turns->process < 0) {
        bench_turns_stop(turns);
        return NULL;
    }
    return turns;
}

void bench_turns_stop(bench_turns *turns)
{
    if (turns != NULL) {
        if (turns->answers != NULL) {
            fclose(turns->answers);
        }
        if (turns->process > 0) {
            waitpid(turns->process, NULL, 0);
        }
        free(turns);
    }
}

static bool ask(bench_turns *turns, const char *question, char *answer, int size)
{
    const size_t length = strlen(question);
    const bool asked = send(turns->line, question, length, MSG_NOSIGNAL) == (ssize_t)length;
    if (!asked || fgets(answer, size, turns->answers) == NULL) {
        return false;
    }
    answer[strcspn(answer, "\n")] = '\0';
    return true;
}

const char *bench_turns_prepare(bench_turns *turns, const char *what, unsigned bits, size_t threads, size_t n)
{
    char question[128], answer[sizeof turns->name];
    snprintf(question, sizeof question, "prepare %s %u %zu %zu\n", what, bits, threads, n);
    if (turns == NULL || !ask(turns, question, answer, sizeof answer) || answer[0] == '\0') {
        return NULL;
    }
    return strcpy(turns->name, answer);
}

double bench_turns_seconds(void *turns, unsigned long runs)
{
    char question[64], answer[64];
    snprintf(question, sizeof question, "run %lu\n", runs);
    return ask(turns, question, answer, sizeof answer) ? strtod(answer, NULL) : (double)NAN;
}
