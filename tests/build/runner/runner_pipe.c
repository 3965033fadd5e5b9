/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes to and from a command: partial reads and writes, and the command's end. */
#include "runner_pipe.h"

#include "runner.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    int to, from; /* the command's stdin and stdout */
    pid_t pid;
    size_t pending;      /* bytes in out */
    size_t next, filled; /* unread bytes of in */
    char out[65536], in[65536];
} pipes;

pid_t runner_pipe_fork(void)
{
    int down[2];
    int up[2];
    if (pipe(down) != 0 || pipe(up) != 0) {
        runner_last_words(OPTCERT_TOOL, "no pipes: %s", strerrordesc_np(errno));
    }
    const pid_t pid = fork();
    if (pid < 0) {
        runner_last_words(OPTCERT_TOOL, "cannot fork: %s", strerrordesc_np(errno));
    }
    if (pid == 0) {
        dup2(down[0], STDIN_FILENO);
        dup2(up[1], STDOUT_FILENO);
        close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
        return 0;
    }
    close(down[0]);
    close(up[1]);
    pipes.to = down[1];
    pipes.from = up[0];
    pipes.pid = pid;
    return pid;
}

/* The command closed a pipe: tells how it ended, once it has. A command that closes and stays is
 * waited for; the harness's clock runs. */
static _Noreturn void say_ended(void)
{
    int status = 0;
    while (waitpid(pipes.pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
        runner_last_words(OPTCERT_HUNG, "used up its CPU time");
    }
    if (WIFSIGNALED(status)) {
        runner_last_words(OPTCERT_CRASHED, "the command was ended by signal %d (%s)", WTERMSIG(status),
                          sigdescr_np(WTERMSIG(status)));
    }
    runner_last_words(OPTCERT_EXITED, "the command ended with exit status %d", WEXITSTATUS(status));
}

static void write_all(const char *from, size_t bytes)
{
    while (bytes > 0) {
        const ssize_t written = write(pipes.to, from, bytes);
        if (written >= 0) {
            from += written;
            bytes -= (size_t)written;
        } else if (errno != EINTR) {
            say_ended();
        }
    }
}

void runner_pipe_flush(void)
{
    write_all(pipes.out, pipes.pending);
    pipes.pending = 0;
}

void runner_pipe_put(const void *from, size_t bytes)
{
    if (bytes > sizeof pipes.out - pipes.pending) {
        runner_pipe_flush();
    }
    if (bytes > sizeof pipes.out) {
        write_all(from, bytes);
    } else if (bytes > 0) {
        memcpy(pipes.out + pipes.pending, from, bytes);
        pipes.pending += bytes;
    }
}

/* Reads at least one byte to `to`. */
static size_t read_some(char *to, size_t most)
{
    for (;;) {
        const ssize_t got = read(pipes.from, to, most);
        if (got > 0) {
            return (size_t)got;
        }
        if (got == 0 || errno != EINTR) {
            say_ended();
        }
    }
}

static void refill(void)
{
    pipes.filled = read_some(pipes.in, sizeof pipes.in);
    pipes.next = 0;
}

size_t runner_pipe_line(char line[RUNNER_LINE_MAX])
{
    size_t length = 0;
    for (;;) {
        if (pipes.next == pipes.filled) {
            refill();
        }
        const char c = pipes.in[pipes.next++];
        if (c == '\n') {
            line[length] = '\0';
            return length;
        }
        line[length++] = c;
        if (length == RUNNER_LINE_MAX) {
            line[length - 1] = '\0';
            runner_last_words(OPTCERT_PROTOCOL, "answered a line of more than %d bytes: %.100s",
                              RUNNER_LINE_MAX - 1, runner_printable(line));
        }
    }
}

void runner_pipe_take(void *to, size_t bytes)
{
    char *next = to;
    const size_t buffered = pipes.filled - pipes.next;
    const size_t first = bytes < buffered ? bytes : buffered;
    if (first > 0) {
        memcpy(next, pipes.in + pipes.next, first);
        pipes.next += first;
    }
    for (size_t done = first; done < bytes;) {
        done += read_some(next + done, bytes - done);
    }
}

const char *runner_printable(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') {
            *c = '?';
        }
    }
    return text;
}
