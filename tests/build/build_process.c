/* SPDX-License-Identifier: GPL-3.0-or-later
 * Start, deadline, end of a runner. The child between fork and exec makes only async-signal-safe calls. */
#include "build_process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

bool optcert_sibling_path(const char *name, char *path, size_t size)
{
    char self[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0) {
        snprintf(path, size, "%s", name); /* for the message */
        return false;
    }
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    static const char *const folder[] = {"", "/../lib/optcert"};
    for (size_t i = 0; i < sizeof folder / sizeof folder[0]; i++) {
        const int written = snprintf(path, size, "%s%s/%s", self, folder[i], name);
        if (written > 0 && (size_t)written < size && access(path, R_OK) == 0) {
            return true;
        }
    }
    snprintf(path, size, "%s/%s", self, name);
    return false;
}

/* Moves a descriptor to where the runner expects it, without close-on-exec. */
static void place(int fd, int where)
{
    if (dup2(fd, where) < 0) {
        _exit(127);
    }
}

/* Libraries with threads of their own listen to these. */
static const char *const thread_counts[] = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof thread_counts[0], THREAD_TEXT = 40 };

static bool is_thread_count(const char *variable)
{
    for (size_t i = 0; i < THREAD_COUNTS; i++) {
        const size_t length = strlen(thread_counts[i]);
        if (strncmp(variable, thread_counts[i], length) == 0 && variable[length] == '=') {
            return true;
        }
    }
    return false;
}

/* This process's environment with other thread counts, whose texts are kept in `texts`. The caller frees the list;
 * NULL when memory fails. */
static char **environment_with(unsigned threads, char texts[THREAD_COUNTS][THREAD_TEXT])
{
    size_t count = 0, kept = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **list = calloc(count + THREAD_COUNTS + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++) {
        if (!is_thread_count(environ[i])) {
            list[kept++] = environ[i];
        }
    }
    for (size_t i = 0; list != NULL && i < THREAD_COUNTS; i++) {
        snprintf(texts[i], THREAD_TEXT, "%s=%u", thread_counts[i], threads);
        list[kept++] = texts[i];
    }
    return list;
}

static void enter_child(char *const *arguments, char *const *environment, int socket, int arena, int log)
{
    setpgid(0, 0);
    const int null = open("/dev/null", O_RDWR);
    /* Lift all sources above the targets first, so that no dup2 lands on one still needed. */
    const int lifted_socket = fcntl(socket, F_DUPFD, 10);
    const int lifted_arena = fcntl(arena, F_DUPFD, 10);
    const int lifted_log = fcntl(log, F_DUPFD, 10);
    place(null, STDIN_FILENO);
    place(lifted_log, STDOUT_FILENO);
    place(lifted_log, STDERR_FILENO);
    place(lifted_socket, OPTCERT_WIRE_SOCKET);
    place(lifted_arena, OPTCERT_WIRE_ARENA);
    close_range(OPTCERT_WIRE_ARENA + 1, ~0u, 0);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

static bool launch(optcert_process *process, char *const *arguments, char *const *environment, int arena)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        enter_child(arguments, environment, pair[1], arena, process->log);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return false;
    }
    setpgid(pid, pid); /* also here: whoever comes first */
    process->pid = pid;
    process->socket = pair[0];
    return true;
}

bool optcert_process_start(optcert_process *process, const optcert_target *target,
                           const optcert_limits *limits, int arena, char *error, size_t error_size)
{
    char runner[PATH_MAX];
    char memory[32];
    char cpu[32];
    if (!optcert_sibling_path("optcert-runner", runner, sizeof runner)) {
        snprintf(error, error_size, "%s is missing: it is built and installed beside optcert", runner);
        return false;
    }
    snprintf(memory, sizeof memory, "%llu", (unsigned long long)limits->memory_bytes);
    snprintf(cpu, sizeof cpu, "%.0f", limits->cpu_seconds);
    const char *const arguments[] = {runner, target->kind, target->path,    target->entry,
                                     memory, cpu,          target->scratch, NULL};
    *process = (optcert_process){.log = memfd_create("optcert-log", MFD_CLOEXEC)};
    if (process->log < 0) {
        snprintf(error, error_size, "cannot create a log: %s", strerror(errno));
        return false;
    }
    char texts[THREAD_COUNTS][THREAD_TEXT];
    char **environment = limits->threads > 0 ? environment_with(limits->threads, texts) : environ;
    const bool launched = environment != NULL && launch(process, (char *const *)arguments, environment, arena);
    if (!launched) {
        snprintf(error, error_size, "cannot start a process: %s", strerror(errno));
        close(process->log);
    }
    if (environment != environ) {
        free(environment);
    }
    return launched;
}

bool optcert_process_send(optcert_process *process, const void *packet, size_t size)
{
    return send(process->socket, packet, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* True when the socket has something to say before the deadline. A process that is stopped and goes on has its poll ended. */
static bool wait_readable(int socket, double seconds)
{
    const double deadline = now() + seconds;
    int ready;
    do {
        struct pollfd poll_fd = {.fd = socket, .events = POLLIN};
        const double left = deadline - now();
        ready = poll(&poll_fd, 1, left <= 0 ? 0 : (int)(left * 1e3) + 1);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

optcert_receipt optcert_process_receive(optcert_process *process, void *packet, size_t size, double seconds)
{
    if (!wait_readable(process->socket, seconds)) {
        return OPTCERT_TIMED_OUT;
    }
    const ssize_t got = recv(process->socket, packet, size, MSG_DONTWAIT | MSG_TRUNC);
    if (got <= 0) {
        return OPTCERT_ENDED;
    }
    if ((size_t)got != size) {
        *(unsigned char *)packet = 0;
    }
    return OPTCERT_RECEIVED;
}

/* Waits, without reaping, for the runner to end by itself, so that its own status is seen and not our
 * SIGKILL. */
static void wait_ended(pid_t pid)
{
    for (int i = 0; i < 200; i++) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid) {
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

void optcert_process_end(optcert_process *process, bool ending)
{
    close(process->socket);
    if (ending) {
        wait_ended(process->pid);
    }
    kill(-process->pid, SIGKILL);
    kill(process->pid, SIGKILL); /* in case it had not yet entered its group */
    waitpid(process->pid, &process->status, 0); /* no signal ends it: none is caught here */
    process->pid = 0;
}

optcert_outcome optcert_process_fate(const optcert_process *process, char *text, size_t size)
{
    const int status = process->status;
    if (WIFEXITED(status)) {
        snprintf(text, size, "the build's process left by itself with exit status %d", WEXITSTATUS(status));
        return OPTCERT_EXITED;
    }
    const int signal_number = WTERMSIG(status);
    switch (signal_number) {
    case SIGXCPU:
        snprintf(text, size, "used up its CPU time (SIGXCPU)");
        return OPTCERT_HUNG;
    case SIGSYS:
        snprintf(text, size, "made a system call that the sandbox does not allow (SIGSYS)");
        return OPTCERT_FORBIDDEN;
    default:
        snprintf(text, size, "ended by signal %d (%s)", signal_number, strsignal(signal_number));
        return OPTCERT_CRASHED;
    }
}

enum { LOG_TAIL = 1024 };

void optcert_process_last_line(const optcert_process *process, char *text, size_t size)
{
    char tail[LOG_TAIL];
    text[0] = '\0';
    const off_t end = lseek(process->log, 0, SEEK_END);
    const off_t start = end > LOG_TAIL ? end - LOG_TAIL : 0;
    const ssize_t got = end > 0 ? pread(process->log, tail, (size_t)(end - start), start) : 0;
    ssize_t last = got;
    while (last > 0 && (unsigned char)tail[last - 1] <= ' ') {
        last--;
    }
    ssize_t first = last;
    while (first > 0 && tail[first - 1] != '\n') {
        first--;
    }
    size_t length = 0;
    for (ssize_t i = first; i < last && length + 1 < size; i++) {
        text[length++] = tail[i] < ' ' || tail[i] > '~' ? '?' : tail[i];
    }
    text[length] = '\0';
}

static uint64_t data_pages(long pid)
{
    char path[64];
    unsigned long long size = 0;
    unsigned long long data = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    const int got = fscanf(file, "%llu %*u %*u %*u %*u %llu", &size, &data);
    fclose(file);
    return got == 2 ? data : 0;
}

uint64_t optcert_process_memory(const optcert_process *process)
{
    if (process->pid <= 0) {
        return 0;
    }
    char path[96];
    long child = 0;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)process->pid, (long)process->pid);
    FILE *file = fopen(path, "re");
    const bool has_child = file != NULL && fscanf(file, "%ld", &child) == 1;
    if (file != NULL) {
        fclose(file);
    }
    const uint64_t pages = data_pages(process->pid) + (has_child ? data_pages(child) : 0);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}
