/* SPDX-License-Identifier: GPL-3.0-or-later
 * faults BUILD FOLDER quick|full [COMMAND [KIND]]: lets the n-th allocation or system call of the program fail, for every n
 * ("quick": for the first ones and then ever fewer), over a table of commands, and holds each run to these rules:
 *   - it ends by itself with a documented exit code, and with one line on stderr when that is 2 or 4;
 *   - with any other code it says and writes exactly what it does without faults: a fault never changes a verdict;
 *   - each file it writes is the old one or the new one, whole;
 *   - what it leaves can be worked with: the command's line `after` succeeds.
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

enum { TEXT_MAX = 1 << 20, WORDS = 32, FILES = 6 };

typedef enum effort { A_BLINK, A_SECOND, ONLY_FULL /* of a second too, and not tried by "quick" */ } effort;

typedef struct command {
    const char *name, *words; /* split at blanks */
    const char *files;        /* what it writes, split at blanks; each holds an older text before */
    const char *after;        /* shell line that must succeed after each run, and clears for the next; or NULL */
    effort effort;
    bool random;              /* says something else each time */
} command;

#define SAMPLED "converge limit --engine monte-carlo --optimizer sgd --problem linear --noise rademacher --paths 4096 " \
                "--steps 4,8 --phi theta --jobs 1 --quiet --resume db"
#define REPORTS "certify examples/careless.so --out out.json --html out.html --sarif out.sarif --test-result out.result " \
                "--junit out.xml --sign key.key --quiet --jobs 1"

static const command commands[] = {
    {"scale", "scale adam --batch 256 --to 1024 --lr 1e-3", "", NULL, A_BLINK, false},
    {"scale --json", "scale adamw --batch 256 --to 1024 --lr 1e-3 --weight-decay 0.1 --json", "", NULL, A_BLINK, false},
    {"scale --gradients", "scale sgd --batch 8 --to 64 --lr 0.1 --gradients given.npy --covariance out.npy --json", "out.npy", NULL, A_BLINK,
     false},
    {"list --json", "list --json", "", NULL, A_BLINK, false},
    {"verify", "verify given.json --policy conformance", "", NULL, A_BLINK, false},
    {"verify --key", "verify signed.json --key key.pub --json --junit out.xml", "out.xml", NULL, A_BLINK, false},
    {"verify BUILD", "verify given.json builtin:sgd-f32", "", NULL, A_BLINK, false},
    {"sign", "sign given.json --key key.key --out out.json", "out.json", NULL, A_BLINK, false},
    {"keygen", "keygen new", "",
     "test ! -e new.key -a ! -e new.pub || { $BUILD/optcert sign given.json --key new.key --out new.json --quiet && "
     "$BUILD/optcert verify new.json --key new.pub; }; code=$?; rm -f new.*; exit $code",
     A_BLINK, true},
    {"prove", "prove sgd --digests --sarif out.sarif --json", "out.sarif", NULL, A_SECOND, false},
    {"identify", "identify examples/careless.so --json --jobs 1", "", NULL, ONLY_FULL, false},
    {"calibrate", "calibrate --only builtin:sgd-f32 --seeds 1 --jobs 1 --json", "", NULL, ONLY_FULL, false},
    {"equivalence", "equivalence --elements 512 --jobs 1 --quiet --junit out.xml", "out.xml", NULL, ONLY_FULL, false},
    {"converge", "converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta --jobs 1 --quiet", "", NULL, A_SECOND, false},
    {"converge, threads", "converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta --jobs 3 --quiet", "", NULL, ONLY_FULL, false},
    {"converge --plot",
     "converge limit --optimizer sgd --problem linear --steps 4,8 --phi theta --jobs 1 --quiet --plot plot --junit out.xml",
     "plot.dat plot.gp out.xml", NULL, A_SECOND, false},
    {"converge --resume", SAMPLED, "", "$BUILD/optcert " SAMPLED " >again && cmp again resumed; code=$?; rm -f db*; exit $code", A_SECOND, false},
    {"certify", "certify builtin:sgd-f32 --out out.json --quiet --jobs 1", "out.json", NULL, A_SECOND, false},
    {"certify, reports", REPORTS, "out.json out.html out.sarif out.result out.xml", NULL, A_SECOND, false},
    {"certify exec:", "certify exec:examples/exec_sgd --out out.json --quiet --jobs 1", "out.json", NULL, ONLY_FULL, false},
};

/* What fails: a system call and its error, or allocations (call NULL). */
static const struct {
    const char *name, *call, *error;
} kinds[] = {
    {"malloc", NULL, NULL},       {"malloc, for good", NULL, "stay"},  {"write", "write", "ENOSPC"},
    {"fsync", "fsync,fdatasync", "EIO"}, {"rename", "rename,renameat,renameat2", "EIO"},
    {"fork", "clone,clone3,fork,vfork", "EAGAIN"}, {"open", "openat", "EMFILE"}, {"mmap", NULL, "mmap"},
};

typedef struct outcome {
    int status, after;
    char out[TEXT_MAX], err[4096], file[FILES][TEXT_MAX];
} outcome;

static const char *build;
static const char old_text[] = "an older file\n";

/* As a text; a zero byte becomes another, so that it does not end there. */
static void slurp(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    const size_t got = file != NULL ? fread(text, 1, size - 1, file) : 0;
    for (size_t i = 0; i < got; i++) {
        text[i] = text[i] == '\0' ? '\1' : text[i];
    }
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
    char words[512], inject[128], only[128], number[32], shim[512], program[512];
    char *argv[WORDS], *rest = NULL;
    size_t count = 0;
    snprintf(program, sizeof program, "%s/optcert", build);
    snprintf(words, sizeof words, "%s", what->words);
    if (n > 0 && kinds[kind].call != NULL) {
        snprintf(inject, sizeof inject, "inject=%s:error=%s:when=%lu", kinds[kind].call, kinds[kind].error, n);
        snprintf(only, sizeof only, "trace=%s", kinds[kind].call);
        static char strace[] = "strace", to[] = "-o", trace[] = "trace", expression[] = "-e";
        char *const first[] = {strace, to, trace, expression, only, expression, inject};
        memcpy(argv, first, sizeof first);
        count = sizeof first / sizeof first[0];
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

static int shell(const char *line)
{
    char quiet[2048];
    snprintf(quiet, sizeof quiet, "{ %s; } >after.log 2>&1", line);
    return system(quiet);
}

/* The files' names; how many there are. */
static size_t names(const command *what, char list[512], char *name[FILES])
{
    size_t count = 0;
    char *rest = NULL;
    snprintf(list, 512, "%s", what->files);
    for (char *word = strtok_r(list, " ", &rest); word != NULL && count < FILES; word = strtok_r(NULL, " ", &rest)) {
        name[count++] = word;
    }
    return count;
}

/* n = 0: nothing fails. */
static void run(const command *what, size_t kind, unsigned long n, outcome *o)
{
    char list[512], *name[FILES];
    const size_t count = names(what, list, name);
    unlink("trace");
    for (size_t i = 0; i < count; i++) {
        put(name[i], old_text);
    }
    const pid_t pid = fork();
    if (pid == 0) {
        child(what, kind, n);
    }
    while (pid > 0 && waitpid(pid, &o->status, 0) < 0 && errno == EINTR) {
    }
    slurp("stdout", o->out, sizeof o->out);
    slurp("stderr", o->err, sizeof o->err);
    for (size_t i = 0; i < count; i++) {
        slurp(name[i], o->file[i], sizeof o->file[i]);
    }
    o->after = what->after != NULL ? shell(what->after) : 0;
}

/* What the loader says of a program that never began. */
static bool never_began(int code, const outcome *o)
{
    return code == 127 && strstr(o->err, "error while loading shared libraries") != NULL;
}

/* NULL, or the rule that a run broke. */
static const char *judge(const command *what, const outcome *whole, const outcome *o)
{
    if (!WIFEXITED(o->status)) {
        return "it was ended by a signal";
    }
    char list[512], *name[FILES];
    const size_t files = names(what, list, name);
    const int code = WEXITSTATUS(o->status);
    const bool refused = code == 2 || code == 4 || never_began(code, o);
    if (!refused && (code < 0 || code > 4)) {
        return "its exit code is not a documented one";
    }
    if (refused && code != 127 && strncmp(o->err, "optcert: ", 9) != 0 && strstr(o->err, "\noptcert: ") == NULL) {
        return "it fails without a word";
    }
    if (!refused && code != WEXITSTATUS(whole->status)) {
        return "a fault changes the verdict";
    }
    if (!refused && !what->random && strcmp(o->out, whole->out) != 0) {
        return "a fault changes what it says";
    }
    for (size_t i = 0; i < files; i++) {
        const bool fresh = strcmp(o->file[i], whole->file[i]) == 0;
        if (!fresh && !(refused && strcmp(o->file[i], old_text) == 0)) {
            return "it leaves a broken file";
        }
    }
    return o->after == 0 ? NULL : "what it leaves cannot be worked with";
}

static bool injected(void)
{
    return shell("grep -q '(INJECTED)' trace") == 0;
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
    const unsigned long dense = full ? (what->effort != A_BLINK ? 400 : ~0ul) : (what->effort != A_BLINK ? 1 : 3);
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
        } else if (WEXITSTATUS(o.status) == 2 || WEXITSTATUS(o.status) >= 4) {
            t->failed_well++;
        } else {
            t->unharmed++;
        }
        n = n < dense ? n + 1 : (unsigned long)((double)n * growth) + 1;
    }
}

static void sweep_command(const command *what, bool full, const char *only, tally *sum)
{
    static outcome whole;
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        unsigned long total = 0;
        if (only != NULL && strcmp(only, kinds[kind].name) != 0) {
            continue;
        }
        if (kinds[kind].call == NULL || only != NULL) {
            run(what, kind, 0, &whole);
            total = allocations();
        }
        tally t = {0};
        sweep(what, kind, full, &whole, total, &t);
        printf("%-18s %-18s %6lu runs, to number %6lu: %6lu clear errors, %6lu unharmed, %lu bad\n", what->name,
               kinds[kind].name, t.runs, t.last, t.failed_well, t.unharmed, t.bad);
        if (kind < 3 && t.runs == 0) {
            printf("  %s: %s never failed: shim or strace are not at work\n", what->name, kinds[kind].name);
            t.bad++;
        }
        fflush(stdout);
        sum->runs += t.runs;
        sum->bad += t.bad;
        sum->failed_well += t.failed_well;
        sum->unharmed += t.unharmed;
    }
}

/* Two columns of NumPy's binary64, eight rows. */
static void put_gradients(void)
{
    char header[128];
    const char text[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (8, 2), }";
    memset(header, ' ', sizeof header);
    memcpy(header, "\x93NUMPY\x01\x00\x76\x00", 10);
    memcpy(header + 10, text, sizeof text - 1);
    header[sizeof header - 1] = '\n';
    FILE *file = fopen("given.npy", "we");
    if (file == NULL) {
        perror("given.npy");
        exit(4);
    }
    fwrite(header, 1, sizeof header, file);
    for (int i = 0; i < 16; i++) {
        const double value = i % 5 - 1.5;
        fwrite(&value, 1, sizeof value, file);
    }
    fclose(file);
}

static void prepare(void)
{
    static const char line[] = "$BUILD/optcert keygen key && $BUILD/optcert certify builtin:sgd-f32 --out given.json --quiet && "
                               "$BUILD/optcert certify builtin:sgd-f32 --out signed.json --sign key.key --quiet && "
                               "$BUILD/optcert " SAMPLED " >resumed && rm -f db* && "
                               "ln -s $BUILD/examples examples && ln -s $ROOT/proofs proofs && ln -s $ROOT/impl impl && "
                               "ln -s $ROOT/spec spec && ln -s $ROOT/Makefile Makefile";
    put_gradients();
    if (setenv("BUILD", build, 1) != 0 || shell(line) != 0) {
        fputs("faults: cannot make the files to work on (after.log)\n", stderr);
        exit(4);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3 || chdir(argv[2]) != 0) {
        fputs("faults: usage: faults BUILD FOLDER quick|full [COMMAND [KIND]]\n", stderr);
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
        const bool asked = argc > 4 && strcmp(argv[4], commands[i].name) == 0;
        if (asked || (argc < 5 && (full || commands[i].effort != ONLY_FULL))) {
            sweep_command(&commands[i], full, argc > 5 ? argv[5] : NULL, &sum);
        }
    }
    printf("faults: %lu runs: %lu clear errors, %lu unharmed, %lu bad\n", sum.runs, sum.failed_well, sum.unharmed,
           sum.bad);
    return sum.bad == 0 && sum.runs > 0 ? 0 : 1;
}
