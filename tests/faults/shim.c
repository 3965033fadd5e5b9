/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preloaded into a program under test: from main on, the allocation number OPTCERT_FAULT_MALLOC fails, and every one
 * after it too when OPTCERT_FAULT_STAY is set; with OPTCERT_FAULT_MMAP not malloc, calloc and realloc are counted but
 * mmap. How many there were goes to the file OPTCERT_FAULT_COUNT. Programs that the program starts are left alone. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static atomic_ulong calls;
static unsigned long failing; /* 0: none */
static bool stay, maps;
static const char *count_file;
static int (*real_main)(int, char **, char **);
static void *(*real_malloc)(size_t), *(*real_calloc)(size_t, size_t), *(*real_realloc)(void *, size_t);
static void *(*real_mmap)(void *, size_t, int, int, int, off_t);
static atomic_bool armed;
static char early[4096]; /* what dlsym itself asks for */
static size_t early_used;

static void write_count(void)
{
    atomic_store(&armed, false);
    FILE *file = count_file != NULL ? fopen(count_file, "we") : NULL;
    if (file != NULL) {
        fprintf(file, "%lu\n", atomic_load(&calls));
        fclose(file);
    }
}

static int armed_main(int argc, char **argv, char **environment)
{
    const char *which = getenv("OPTCERT_FAULT_MALLOC");
    count_file = getenv("OPTCERT_FAULT_COUNT");
    stay = getenv("OPTCERT_FAULT_STAY") != NULL;
    maps = getenv("OPTCERT_FAULT_MMAP") != NULL;
    unsetenv("LD_PRELOAD");
    failing = which != NULL ? strtoul(which, NULL, 10) : 0;
    atexit(write_count);
    atomic_store(&armed, true);
    return real_main(argc, argv, environment);
}

int __libc_start_main(int (*main_)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(int (*main_)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    *(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main_;
    return real(armed_main, argc, argv, init, fini, rtld_fini, stack_end);
}

static bool fails(bool map)
{
    if (!atomic_load(&armed) || map != maps) {
        return false;
    }
    const unsigned long call = atomic_fetch_add(&calls, 1) + 1;
    const bool now = failing != 0 && (call == failing || (stay && call > failing));
    if (now) {
        errno = ENOMEM;
    }
    return now;
}

void *malloc(size_t size)
{
    if (real_malloc == NULL) {
        *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    }
    return fails(false) ? NULL : real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    static bool looking;
    if (real_calloc == NULL && !looking) {
        looking = true;
        *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
        looking = false;
    }
    if (real_calloc == NULL) {
        void *piece = early + early_used;
        early_used += (count * size + 15) & ~(size_t)15;
        return early_used <= sizeof early ? piece : NULL;
    }
    return fails(false) ? NULL : real_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (real_realloc == NULL) {
        *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    }
    return fails(false) ? NULL : real_realloc(old, size);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    if (real_mmap == NULL) {
        *(void **)&real_mmap = dlsym(RTLD_NEXT, "mmap");
    }
    return fails(true) ? MAP_FAILED : real_mmap(at, size, protection, flags, fd, offset);
}
