/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault.h"
#include "unit.h"

#include <gsl/gsl_roots.h>
#include <jansson.h>
#include <sodium.h>
#include <sqlite3.h>

#include <errno.h>
#include <execinfo.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLACES_MAX = 4096, ABOVE = 4, OWN = 2, ONE_IN = 8 };

/* Shared with processes that are forked. */
typedef struct places {
    struct {
        uint64_t where;
        unsigned calls; /* of this run */
        bool tried;
    } spot[PLACES_MAX];
    size_t count;
    bool fired;
} places;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static places *shared;
static unsigned failing; /* which call of a place in a run: 0 the first */
static bool sweeping, paused, every, of_program;

static uint64_t place(void)
{
    void *frame[OWN + 1 + ABOVE] = {NULL};
    const int depth = backtrace(frame, OWN + 1 + ABOVE);
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (int i = OWN; i < depth; i++) {
        hash = (hash ^ (uint64_t)(uintptr_t)frame[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static size_t spot_at(uint64_t where)
{
    size_t i = 0;
    while (i < shared->count && shared->spot[i].where != where) {
        i++;
    }
    if (i == shared->count && i < PLACES_MAX) {
        shared->spot[i].where = where;
        shared->count++;
    }
    return i;
}

/* Whether this call is the one that fails: the first of the run that is its place's own first, or second, where that was not tried yet. */
__attribute__((noinline)) static bool fails(int why)
{
    if (!sweeping || paused) {
        return false;
    }
    pthread_mutex_lock(&lock);
    const size_t i = spot_at(place());
    bool now = !shared->fired && i < PLACES_MAX && shared->spot[i].calls++ == failing && !shared->spot[i].tried;
    if (now) {
        shared->spot[i].tried = true;
        now = every || (i + unit_seed()) % ONE_IN == 0;
        shared->fired = now;
    }
    pthread_mutex_unlock(&lock);
    if (now) {
        errno = why;
    }
    return now;
}

void unit_faults_all(bool all)
{
    const char *asked = getenv("OPTCERT_TEST_FAULTS");
    every = all || (asked != NULL && strcmp(asked, "all") == 0);
}

void unit_faults_pause(bool pause)
{
    paused = pause;
}

void unit_faults_of_program(bool program)
{
    of_program = program;
}

void *__real_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset);

static void sweep(bool (*run)(const void *with), const void *with)
{
    for (size_t i = 0; i < shared->count; i++) {
        shared->spot[i].tried = false;
    }
    do {
        for (size_t i = 0; i < shared->count; i++) {
            shared->spot[i].calls = 0;
        }
        shared->fired = false;
        sweeping = true;
        run(with);
        sweeping = false;
    } while (shared->fired);
}

size_t unit_faults(const char *what, bool (*run)(const void *with), const void *with, size_t least)
{
    UNIT_CHECK(run(with), "%s: not done without a fault", what);
    shared = __real_mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!UNIT_CHECK(shared != MAP_FAILED, "no memory to share")) {
        return 0;
    }
    unit_faults_all(every);
    for (failing = 0; failing < 2; failing++) {
        sweep(run, with);
    }
    const size_t count = shared->count;
    munmap(shared, sizeof *shared);
    UNIT_CHECK(count >= least && count < PLACES_MAX, "%s: %zu places", what, count);
    unit_note("%s: %zu places", what, count);
    UNIT_CHECK(run(with), "%s: not done after the faults", what);
    return count;
}

/* FAULTY(what it answers, its name, its parameters, what is handed on, what it answers when it fails, errno) */
#define FAULTY(type, name, parameters, arguments, failure, why)                                                                \
    type __real_##name parameters;                                                                                             \
    type __wrap_##name parameters;                                                                                             \
    type __wrap_##name parameters                                                                                              \
    {                                                                                                                          \
        return fails(why) ? (failure) : __real_##name arguments;                                                               \
    }

/* What the program ends at has no failure for its code. */
#define GUARDED(type, name, parameters, arguments)                                                                             \
    type __real_##name parameters;                                                                                             \
    type __wrap_##name parameters;                                                                                             \
    type __wrap_##name parameters                                                                                              \
    {                                                                                                                          \
        return !of_program && fails(ENOMEM) ? NULL : __real_##name arguments;                                                  \
    }

GUARDED(void *, malloc, (size_t size), (size))
GUARDED(void *, calloc, (size_t count, size_t size), (count, size))
GUARDED(void *, realloc, (void *old, size_t size), (old, size))
GUARDED(void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size))
GUARDED(char *, strdup, (const char *text), (text))
GUARDED(FILE *, open_memstream, (char **text, size_t *size), (text, size))
GUARDED(char *, json_dumps, (const json_t *json, size_t flags), (json, flags))
FAULTY(void *, aligned_alloc, (size_t at, size_t size), (at, size), NULL, ENOMEM)
FAULTY(gsl_root_fsolver *, gsl_root_fsolver_alloc, (const gsl_root_fsolver_type *type), (type), NULL, ENOMEM)
FAULTY(void *, mmap, (void *at, size_t size, int protection, int flags, int fd, off_t offset),
       (at, size, protection, flags, fd, offset), MAP_FAILED, ENOMEM)
FAULTY(int, memfd_create, (const char *name, unsigned flags), (name, flags), -1, EMFILE)
FAULTY(int, ftruncate, (int fd, off_t size), (fd, size), -1, ENOSPC)
FAULTY(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL, EMFILE)
FAULTY(FILE *, popen, (const char *command, const char *mode), (command, mode), NULL, EAGAIN)
FAULTY(int, fflush, (FILE *file), (file), EOF, ENOSPC)
FAULTY(int, fsync, (int fd), (fd), -1, EIO)
FAULTY(int, rename, (const char *from, const char *to), (from, to), -1, EIO)
FAULTY(char *, mkdtemp, (char *pattern), (pattern), NULL, EACCES)
FAULTY(char *, realpath, (const char *path, char *to), (path, to), NULL, ENOMEM)
FAULTY(ssize_t, readlink, (const char *path, char *to, size_t size), (path, to, size), -1, EACCES)
FAULTY(int, socketpair, (int domain, int type, int protocol, int pair[2]), (domain, type, protocol, pair), -1, EMFILE)
FAULTY(int, poll, (struct pollfd *which, nfds_t count, int milliseconds), (which, count, milliseconds), -1, EINTR)
FAULTY(ssize_t, send, (int fd, const void *bytes, size_t size, int flags), (fd, bytes, size, flags), -1, ENOBUFS)
FAULTY(pid_t, fork, (void), (), -1, EAGAIN)
FAULTY(int, posix_spawn_file_actions_init, (posix_spawn_file_actions_t *actions), (actions), ENOMEM, ENOMEM)
FAULTY(int, posix_spawn_file_actions_adddup2, (posix_spawn_file_actions_t *actions, int fd, int to), (actions, fd, to), ENOMEM, ENOMEM)
FAULTY(int, posix_spawn_file_actions_addchdir_np, (posix_spawn_file_actions_t *actions, const char *path), (actions, path), ENOMEM,
       ENOMEM)
FAULTY(int, posix_spawnp,
       (pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *how, char *const *words,
        char *const *environment),
       (pid, file, actions, how, words, environment), EAGAIN, EAGAIN)
FAULTY(ssize_t, write, (int fd, const void *bytes, size_t size), (fd, bytes, size), -1, ENOSPC)
FAULTY(int, fchmod, (int fd, mode_t mode), (fd, mode), -1, EPERM)
FAULTY(int, sodium_init, (void), (), -1, EIO)
FAULTY(int, sqlite3_prepare_v2, (sqlite3 *db, const char *sql, int size, sqlite3_stmt **out, const char **tail),
       (db, sql, size, out, tail), SQLITE_NOMEM, ENOMEM)
FAULTY(int, sqlite3_exec, (sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **why),
       (db, sql, row, context, why), SQLITE_NOMEM, ENOMEM)
FAULTY(int, sqlite3_step, (sqlite3_stmt *of), (of), SQLITE_IOERR, EIO)

/* What is closed is closed, even where its last bytes could not be written. */
int __real_fclose(FILE *file);
int __wrap_fclose(FILE *file);
int __wrap_fclose(FILE *file)
{
    const bool memory = fileno(file) < 0;
    const int answer = __real_fclose(file);
    return !(memory && of_program) && fails(ENOSPC) ? EOF : answer;
}

int __wrap_asprintf(char **out, const char *format, ...);
int __wrap_asprintf(char **out, const char *format, ...)
{
    if (fails(ENOMEM)) {
        return -1;
    }
    va_list list;
    va_start(list, format);
    const int length = vasprintf(out, format, list);
    va_end(list);
    return length;
}
