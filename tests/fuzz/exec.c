/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exec protocol: the input is everything that a command ever says. The runner's own code, with its system calls
 * replaced; last words end the conversation. */
#include "arena.h"

#include <sys/types.h>

static const uint8_t *said;
static size_t said_left;
static jmp_buf ended;

static ssize_t said_read(int fd, void *to, size_t most)
{
    (void)fd;
    /* Reads are short now and then. */
    size_t some = most < said_left ? most : said_left;
    some = some > 97 ? 97 : some;
    memcpy(to, said, some);
    said += some;
    said_left -= some;
    return (ssize_t)some;
}

static ssize_t heard_write(int fd, const void *from, size_t bytes)
{
    (void)fd;
    (void)from;
    return (ssize_t)bytes;
}

static pid_t ended_wait(pid_t pid, int *status, int options)
{
    (void)options;
    *status = 0;
    return pid;
}

static char *arena_strdup(const char *text)
{
    char *copy = arena_malloc(strlen(text) + 1);
    if (copy != NULL) {
        strcpy(copy, text);
    }
    return copy;
}

#include <sys/wait.h>
#include <unistd.h>
#define read said_read
#define write heard_write
#define waitpid ended_wait
#include "../build/runner/runner_pipe.c"
#undef read
#undef write
#undef waitpid
#define malloc arena_malloc
#define strdup arena_strdup
#define free arena_free
#include "../build/runner/runner_command.c"
#undef malloc
#undef strdup
#undef free

void runner_last_words(optcert_outcome outcome, const char *format, ...)
{
    char text[OPTCERT_WIRE_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fuzz_must(outcome != OPTCERT_OK && text[0] != '\0', "last words say something");
    longjmp(ended, 1);
}

void runner_give_reason(const char *reason)
{
    fuzz_must(strlen(reason) < OPTCERT_WIRE_TEXT, "a reason fits");
}

/* Never reached: no process is started here. */
void runner_limit(uint64_t memory_bytes, uint64_t cpu_seconds)
{
    (void)memory_bytes;
    (void)cpu_seconds;
}
void runner_filter_command(bool may_open_for_writing)
{
    (void)may_open_for_writing;
}
bool runner_landlock(const char *scratch)
{
    (void)scratch;
    return true;
}

static void converse(void)
{
    enum { N = 5 };
    const optcert_hyper hyper = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};
    double *theta = arena_malloc(N * sizeof *theta), *grad = arena_malloc(N * sizeof *grad);
    if (theta == NULL || grad == NULL) {
        return;
    }
    memset(theta, 0, N * sizeof *theta);
    memset(grad, 0, N * sizeof *grad);
    describe();
    void *state = described.create(N, &hyper);
    while (state != NULL) {
        described.step(state, theta, grad);
        if (described.get != NULL) {
            described.get(state, "m", theta);
        }
        if (described.set != NULL) {
            described.set(state, "v", theta, 7);
        }
        described.destroy(state);
        state = described.create(N, &hyper);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    json_set_alloc_funcs(arena_malloc, arena_free);
    memset(&pipes, 0, offsetof(__typeof__(pipes), out));
    said = bytes;
    said_left = size;
    if (setjmp(ended) == 0) {
        converse();
    }
    arena_clear();
    return 0;
}
