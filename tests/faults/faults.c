/* SPDX-License-Identifier: GPL-3.0-or-later
 * faults BUILD FOLDER [full]: lets the n-th allocation or system call of the program fail, for every n (without "full":
 * for the first ones and then ever fewer), over a table of commands, and holds each run to three rules:
 *   - it ends by itself with a documented exit code, and with one line on stderr when that is 2 or 4;
 *   - with any other code it says and writes exactly what it does without faults: a fault never changes a verdict;
 *   - the file it writes is then the old one or the new one, whole.
 * System calls fail through strace's fault injection, allocations through shim.so. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_MAX = 1 << 20, WORDS = 24 };

typedef struct command {
    const char *name, *words; /* split at blanks; OLD is written to `file` before */
    const char *file;         /* what it writes, or NULL */
    bool slow;                /* more than a blink */
} command;

static const command commands[] = {
    {"scale", "scale adam --batch 256 --to 1024 --lr 1e-3", NULL, false},
    {"scale --json", "scale adamw --batch 256 --to 1024 --lr 1e-3 --weight-decay 0.1 --json", NULL, false},
    {"list --json", "list --json", NULL, false},
    {"verify", "verify given.json --policy conformance", NULL, false},
    {"verify --key", "verify signed.json --key key.pub --json", NULL, false},
    {"sign", "sign given.json --key key.key --out out.json", "out.json", false},
    {"converge", "converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta --jobs 1 --quiet", NULL, true},
    {"certify", "certify builtin:sgd-f32 --out out.json --quiet --jobs 1", "out.json", true},
    {"certify careless", "certify examples/careless.so --out out.json --quiet --jobs 1", "out.json", true},
};

/* What fails: a system call and its error, or allocations (call NULL). */
static const struct {
    const char *name, *call, *error;
} kinds[] = {
    {"malloc", NULL, NULL},       {"malloc, for good", NULL, "stay"},  {"write", "write", "ENOSPC"},
    {"fsync", "fsync", "EIO"},    {"rename", "rename", "EIO"},         {"fork", "clone,clone3,fork,vfork", "EAGAIN"},
    {"mmap", NULL, "mmap"},
};

typedef struct outcome {
    int status;
    char out[TEXT_MAX], err[4096], file[TEXT_MAX];
} outcome;

static const char *build;
static const char old_text[] = "an older file\n";

static void slurp(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    const size_t got = file != NULL ? fread(text, 1, size - 1, file) : 0;
    text[got] = '\0';
    if (file != NULL) {
        fclose(file);
    }
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(4);
    }
}

static void redirect(const char *path, int fd)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, fd) < 0) {
        _exit(126);
    }
}

static void child(const command *what, size_t kind, unsigned long n)
{
    char words[512], inject[128], number[32], shim[512], program[512];
    char *argv[WORDS], *rest = NULL;
    size_t count = 0;
    snprintf(program, sizeof program, "%s/optcert", build);
    snprintf(words, sizeof words, "%s", what->words);
    if (n > 0 && kinds[kind].call != NULL) {
        snprintf(inject, sizeof inject, "inject=%s:error=%s:when=%lu", kinds[kind].call, kinds[kind].error, n);
        static char strace[] = "strace", to[] = "-o", trace[] = "trace", expression[] = "-e";
        argv[count++] = strace;
        argv[count++] = to;
        argv[count++] = trace;
        argv[count++] = expression;
        argv[count++] = inject;
    } else {
        snprintf(number, sizeof number, "%lu", n);
        snprintf(shim, sizeof shim, "%s/faults/shim.so", build);
        setenv("OPTCERT_FAULT_MALLOC", number, 1);
        setenv("OPTCERT_FAULT_COUNT", "count", 1);
        setenv("LD_PRELOAD", shim, 1);
        if (kinds[kind].error != NULL) {
            setenv(strcmp(kinds[kind].error, "stay") == 0 ? "OPTCERT_FAULT_STAY" : "OPTCERT_FAULT_MMAP", "1", 1);
        }
    }
    argv[count++] = program;
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        argv[count++] = word;
    }
    argv[count] = NULL;
    redirect("stdout", STDOUT_FILENO);
    redirect("stderr", STDERR_FILENO);
    execvp(argv[0], argv);
    _exit(127);
}

/* n = 0: nothing fails. */
static void run(const command *what, size_t kind, unsigned long n, outcome *o)
{
    unlink("trace");
    if (what->file != NULL) {
        put(what->file, old_text);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        child(what, kind, n);
    }
    while (pid > 0 && waitpid(pid, &o->status, 0) < 0 && errno == EINTR) {
    }
    slurp("stdout", o->out, sizeof o->out);
    slurp("stderr", o->err, sizeof o->err);
    o->file[0] = '\0';
    if (what->file != NULL) {
        slurp(what->file, o->file, sizeof o->file);
    }
}

/* NULL, or the rule that a run broke. */
static const char *judge(const command *what, const outcome *whole, const outcome *o)
{
    if (!WIFEXITED(o->status)) {
        return "it was ended by a signal";
    }
    const int code = WEXITSTATUS(o->status);
    if (code < 0 || code > 4) {
        return "its exit code is not a documented one";
    }
    if (code == 2 || code == 4) {
        if (strncmp(o->err, "optcert: ", 9) != 0 && strstr(o->err, "\noptcert: ") == NULL) {
            return "it fails without a word";
        }
        const bool kept = strcmp(o->file, old_text) == 0 || strcmp(o->file, whole->file) == 0;
        return what->file == NULL || kept ? NULL : "it leaves a broken file";
    }
    if (code != WEXITSTATUS(whole->status)) {
        return "a fault changes the verdict";
    }
    return strcmp(o->out, whole->out) == 0 && strcmp(o->file, whole->file) == 0 ? NULL
                                                                               : "a fault changes what it says";
}

static bool injected(void)
{
    static char trace[TEXT_MAX];
    slurp("trace", trace, sizeof trace);
    return strstr(trace, "(INJECTED)") != NULL;
}

static unsigned long allocations(void)
{
    char text[64];
    slurp("count", text, sizeof text);
    return strtoul(text, NULL, 10);
}

typedef struct tally {
    unsigned long runs, last, failed_well, unharmed, bad;
} tally;

static void sweep(const command *what, size_t kind, bool full, const outcome *whole, unsigned long total, tally *t)
{
    static outcome o;
    const unsigned long dense = full ? (what->slow ? 400 : ~0ul) : (what->slow ? 1 : 3);
    const double growth = full ? 1.02 : 4.0;
    for (unsigned long n = 1; kinds[kind].call != NULL || n <= total;) {
        run(what, kind, n, &o);
        if (kinds[kind].call != NULL && !injected()) {
            return;
        }
        const char *broken = judge(what, whole, &o);
        t->runs++;
        t->last = n;
        if (broken != NULL) {
            t->bad++;
            printf("  %s: %s number %lu fails: %s (status %#x)\n    %.200s\n", what->name, kinds[kind].name, n, broken,
                   (unsigned)o.status, o.err);
        } else if (WEXITSTATUS(o.status) == 2 || WEXITSTATUS(o.status) == 4) {
            t->failed_well++;
        } else {
            t->unharmed++;
        }
        n = n < dense ? n + 1 : (unsigned long)((double)n * growth) + 1;
    }
}

static void sweep_command(const command *what, bool full, tally *sum)
{
    static outcome whole;
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        unsigned long total = 0;
        if (kinds[kind].call == NULL) {
            run(what, kind, 0, &whole);
            total = allocations();
        }
        tally t = {0};
        sweep(what, kind, full, &whole, total, &t);
        printf("%-18s %-18s %6lu runs, to number %6lu: %6lu clear errors, %6lu unharmed, %lu bad\n", what->name,
               kinds[kind].name, t.runs, t.last, t.failed_well, t.unharmed, t.bad);
        if (kind == 0 && t.runs == 0) {
            printf("  %s: no allocation was counted: the shim is not at work\n", what->name);
            t.bad++;
        }
        fflush(stdout);
        sum->runs += t.runs;
        sum->bad += t.bad;
        sum->failed_well += t.failed_well;
        sum->unharmed += t.unharmed;
    }
}

static void prepare(void)
{
    static const char line[] = "{ $BUILD/optcert keygen key && $BUILD/optcert certify builtin:sgd-f32 --out given.json --quiet && "
                               "$BUILD/optcert certify builtin:sgd-f32 --out signed.json --sign key.key --quiet; } "
                               ">prepare.log 2>&1 && ln -s $BUILD/examples examples";
    if (setenv("BUILD", build, 1) != 0 || system(line) != 0) {
        fputs("faults: cannot make the files to work on\n", stderr);
        exit(4);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3 || chdir(argv[2]) != 0) {
        fputs("faults: usage: faults BUILD FOLDER [full] [COMMAND]\n", stderr);
        return 2;
    }
    build = argv[1];
    const bool full = argc > 3 && strcmp(argv[3], "full") == 0;
    setenv("SOURCE_DATE_EPOCH", "0", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    setenv("GOMP_SPINCOUNT", "1000", 1); /* else the program starts itself again, without the shim's orders */
    prepare();
    tally sum = {0};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (argc < 5 || strcmp(argv[4], commands[i].name) == 0) {
            sweep_command(&commands[i], full, &sum);
        }
    }
    printf("faults: %lu runs: %lu clear errors, %lu unharmed, %lu bad\n", sum.runs, sum.failed_well, sum.unharmed,
           sum.bad);
    return sum.bad == 0 && sum.runs > 0 ? 0 : 1;
}
