/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loading MPI's part of the program (tests/ranks/ranks_mpi.c), which lies beside it. */
#include "ranks.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void start_function(int *rank, int *size);
typedef void sum_function(int64_t *values, size_t n);

static sum_function *sum_over_ranks;

static int ranks_started(void)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    return size != NULL ? atoi(size) : 1;
}

static bool companion_path(char path[PATH_MAX])
{
    static const char name[] = "optcert-mpi.so";
    const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof name - 1);
    if (length <= 0) {
        return false;
    }
    path[length] = '\0';
    strcpy(strrchr(path, '/') + 1, name);
    return true;
}

static void *function(void *library, const char *name)
{
    return library != NULL ? dlsym(library, name) : NULL;
}

bool optcert_ranks_open(optcert_ranks *ranks, char *reason, size_t reason_size)
{
    char path[PATH_MAX];
    *ranks = (optcert_ranks){0, 1};
    if (ranks_started() <= 1) {
        return true;
    }
    const bool found = companion_path(path);
    void *library = found ? dlopen(path, RTLD_NOW | RTLD_GLOBAL) : NULL;
    void *const start = function(library, "optcert_mpi_start");
    void *const sum = function(library, "optcert_mpi_sum");
    if (start == NULL || sum == NULL) {
        snprintf(reason, reason_size, "mpirun started %d ranks, but optcert-mpi.so cannot be loaded (build it with Open "
                                      "MPI installed): %.200s",
                 ranks_started(), !found            ? "the system does not say where this program lies"
                                  : library == NULL ? dlerror()
                                                    : "it is not ours");
        return false;
    }
    start_function *begin;
    memcpy(&begin, &start, sizeof begin);
    memcpy(&sum_over_ranks, &sum, sizeof sum_over_ranks);
    begin(&ranks->rank, &ranks->size);
    if (ranks->rank > 0 && freopen("/dev/null", "w", stdout) == NULL) {
        snprintf(reason, reason_size, "/dev/null cannot be opened");
        return false;
    }
    return true;
}

void optcert_ranks_sum(const optcert_ranks *ranks, int64_t *values, size_t n)
{
    if (ranks->size > 1) {
        sum_over_ranks(values, n);
    }
}
