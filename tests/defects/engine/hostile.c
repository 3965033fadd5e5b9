/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bad manners. Each does its harm in one call and lets the numbers be. */
#include "engine.h"

#include <fcntl.h>
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned misdeed(void)
{
    return engine_recipe.choice[ASPECT_HOSTILE];
}

/* The compiler is not to know these. */
static volatile uintptr_t nowhere = 16;
static volatile int zero;
static volatile unsigned char sink;
static const char stone[] = "written in stone";

static void crash(void)
{
    *(volatile int *)nowhere = 1;
}

static unsigned descend(unsigned depth)
{
    volatile unsigned char room[4096];
    room[depth % sizeof room] = (unsigned char)depth;
    return zero == 0 ? descend(depth + 1) + room[0] : depth;
}

static void ignore(int number)
{
    (void)number;
}

static void *sleep_on(void *nothing)
{
    pause();
    return nothing;
}

/* Both answer whether they could. */
static bool take_terabytes(void)
{
    unsigned char *volatile all = malloc((size_t)1 << 42); /* else clang takes none */
    if (all != NULL) {
        all[0] = 1;
    }
    return all != NULL;
}

static bool start_threads(void)
{
    pthread_t thread;
    for (int i = 0; i < 1000000; i++) {
        if (pthread_create(&thread, NULL, sleep_on, NULL) != 0) {
            return false;
        }
    }
    return true;
}

static void leak(void)
{
    volatile unsigned char *lost = malloc(4096);
    if (lost != NULL) {
        lost[zero] = 1;
    }
}

static void memory_misdeed(unsigned char *theta, const unsigned char *grad, size_t bytes)
{
    switch (misdeed()) {
    case HOSTILE_CRASH:
        crash();
        break;
    case HOSTILE_WILD_WRITE:
        *(volatile unsigned char *)(uintptr_t)stone = 1;
        break;
    case HOSTILE_OVERRUN:
        theta[bytes] = 1;
        break;
    case HOSTILE_UNDERRUN:
        theta[-1] = 1;
        break;
    case HOSTILE_READS_BEYOND:
        sink = grad[bytes];
        break;
    case HOSTILE_GRADIENT_WRITE:
        *(unsigned char *)(uintptr_t)grad = 1;
        break;
    case HOSTILE_LEAK:
        leak();
        break;
    }
}

static void process_misdeed(void)
{
    switch (misdeed()) {
    case HOSTILE_ABORT:
        abort();
    case HOSTILE_DIVIDE:
        sink = (unsigned char)(7 / zero);
        break;
    case HOSTILE_STACK:
        sink = (unsigned char)descend(0);
        break;
    case HOSTILE_HANG:
        while (zero == 0) {
        }
        break;
    case HOSTILE_EXIT:
        exit(3);
    case HOSTILE_FORK:
        while (zero == 0) {
            (void)!fork();
        }
        break;
    case HOSTILE_SIGNALS:
        signal(SIGSEGV, ignore);
        break;
    case HOSTILE_KILL:
        kill(getppid(), SIGKILL);
        break;
    case HOSTILE_ROUNDING:
        fesetround(FE_UPWARD);
        break;
    }
}

static void outside_misdeed(void)
{
    switch (misdeed()) {
    case HOSTILE_FILE:
        (void)!open("/tmp/optcert-hostile", O_WRONLY | O_CREAT, 0600);
        break;
    case HOSTILE_SOCKET:
        (void)!socket(AF_INET, SOCK_STREAM, 0);
        break;
    case HOSTILE_EXEC:
        execl("/bin/true", "true", (char *)NULL);
        break;
    case HOSTILE_SHRINK_ARENA:
        (void)!ftruncate(4, 0);
        break;
    case HOSTILE_FAKE_ANSWER:
        (void)!write(3, "yes", 3);
        break;
    case HOSTILE_NOISE:
        puts("stdout belongs to nobody here");
        fputs("neither does stderr\n", stderr);
        break;
    }
}

bool engine_hostile_step(void *theta, const void *grad, size_t bytes)
{
    memory_misdeed(theta, grad, bytes);
    process_misdeed();
    outside_misdeed();
    switch (misdeed()) {
    case HOSTILE_HUGE:
        return take_terabytes();
    case HOSTILE_THREADS:
        return start_threads();
    default:
        return true;
    }
}

void engine_hostile_create(void)
{
    if (misdeed() == HOSTILE_CREATE_CRASH) {
        crash();
    }
}

void engine_hostile_destroy(void)
{
    if (misdeed() == HOSTILE_DESTROY_CRASH) {
        crash();
    }
}

size_t engine_hostile_get(void *out, size_t bytes)
{
    if (misdeed() == HOSTILE_SLOT_OVERRUN) {
        ((unsigned char *)out)[bytes] = 1;
    }
    return misdeed() == HOSTILE_SLOT_UNWRITTEN ? bytes / 2 : bytes;
}

void engine_hostile_set(const void *in)
{
    if (misdeed() == HOSTILE_SET_WRITES) {
        *(unsigned char *)(uintptr_t)in = 1;
    }
}
