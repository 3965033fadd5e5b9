/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files, processes and databases that fail under command lines of every command, at every place: the program says and writes what it
 * does without the fault, or ends with "cannot" and leaves no half file. gnuplot and the provers' make are programs of this test that
 * take no time. */
#include "build_digest.h"
#include "fault.h"
#include "npy_write.h"
#include "program.h"
#include "unit.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fault_line {
    const char *line; /* what it writes lies in out/ */
    int code;
    bool random; /* each time other words and files */
} fault_line;

static const fault_line lines[] = {
    {"list --json", 0, false},
    {"keygen out/own --json", 0, true},
    {"sign bare.json --key me.key --out out/signed.json --quiet", 0, false},
    {"verify signed.json exec:./none --key me.pub --junit out/j.xml", 0, false},
    {"verify signed.json --key me.pub --policy conformance --json", 1, false},
    {"certify exec:./none --claims sgd --out out/c.json --html out/c.html --sarif out/c.sarif --test-result out/c.test "
     "--junit out/c.xml --sign me.key --quiet", 1, false},
    {"scale sgd --batch 4 --to 8 --lr 0.1 --gradients g.npy --covariance out/s.npy --json", 0, false},
    {"scale sgd --batch 64 --to 256 --lr 0.01 --steps 100 --problem quadratic --jobs 1", 0, false},
    {"equivalence sgd --elements 512 --record out/r.db --contexts 0 --junit out/e.xml --jobs 1 --quiet", 0, false},
    {"converge integrator --set a=0.5 --steps 4,8,16,32,64 --plot out/p --junit out/j.xml --jobs 1 --quiet", 0, false},
    {"converge limit --optimizer sgd --problem linear --steps 4,8,16,32,64 --phi theta --json --jobs 1 --quiet", 0, false},
    {"converge svag --optimizer sgd --ell 1,2,4,8,16 --phi theta --jobs 1 --quiet", 0, false},
    {"converge scaling --optimizer sgd --kappa 2 --steps 64,96,128,160,256 --plot out/p --jobs 1 --quiet", 0, false},
    {"converge limit --optimizer sgd --engine monte-carlo --noise student3 --paths 128 --steps 2,4 --phi theta --resume out/r.db "
     "--plot out/p --jobs 1 --quiet", 3, false},
    {"converge limit --optimizer sgd --covariance eye.npy --hessian eye.npy --steps 4,8,16,32,64 --phi theta --jobs 1 --quiet", 0, false},
    {"calibrate --only builtin:sgd-f32 --record out/r.db --jobs 1 --quiet", 0, false},
    {"calibrate --suite scaling --only ema --record out/r.db --jobs 1 --quiet", 3, false},
    {"prove good --sarif out/p.sarif", 0, false},
};

/* --- what was written --- */

enum { FILES_MAX = 8 };
typedef struct written {
    char name[FILES_MAX][64], digest[FILES_MAX][OPTCERT_DIGEST_HEX];
    size_t count;
} written;

static char *in_out(const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "out/%.64s", name);
    return path;
}

/* The files of out/, without records of what was run and when. */
static written look(bool remove_all)
{
    written found = {.count = 0};
    DIR *folder = opendir("out");
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (strstr(entry->d_name, ".db") == NULL && UNIT_CHECK(found.count < FILES_MAX, "more files than expected")) {
            char *name = found.name[found.count];
            snprintf(name, sizeof found.name[0], "%.63s", entry->d_name);
            UNIT_CHECK(optcert_digest_file(in_out(name), found.digest[found.count++]), "%s cannot be read", name);
        }
        if (remove_all) {
            unlink(in_out(entry->d_name));
        }
    }
    closedir(folder);
    return found;
}

/* --- one line --- */

typedef struct told {
    const fault_line *line;
    program_said said;
    written files;
    bool known;
} told;

static void check_files(const told *whole, const written *files, bool done)
{
    size_t same = 0;
    for (size_t i = 0; i < files->count; i++) {
        bool found = false;
        for (size_t k = 0; k < whole->files.count; k++) {
            found = found || (strcmp(files->name[i], whole->files.name[k]) == 0 &&
                              (whole->line->random || strcmp(files->digest[i], whole->files.digest[k]) == 0));
        }
        UNIT_CHECK(found, "optcert %s: %s is another file than without a fault", whole->line->line, files->name[i]);
        same += found;
    }
    UNIT_CHECK(same == whole->files.count || (!done && !(whole->line->random && same > 0)), "optcert %s: a file is missing",
               whole->line->line);
}

static bool run(const void *with)
{
    static program_said said;
    told *whole = (told *)(size_t)with;
    const fault_line *line = whole->line;
    unit_faults_pause(true);
    look(true);
    const int code = program_run_here(line->line, 20, &said);
    const bool done = code == line->code && said.err[0] == '\0';
    unit_faults_pause(true);
    const written files = look(false);
    unit_faults_pause(false);
    if (!whole->known) {
        UNIT_CHECK(done, "optcert %s: exit %d: %s", line->line, code, said.err);
        whole->said = said;
        whole->files = files;
        whole->known = done;
        return done;
    }
    UNIT_CHECK(!done || line->random || strcmp(said.out, whole->said.out) == 0, "optcert %s: said\n%.600s", line->line, said.out);
    UNIT_CHECK(done || ((code == 2 || code == 4) && strncmp(said.err, "optcert: ", 9) == 0), "optcert %s: exit %d: %.300s", line->line,
               code, said.err);
    check_files(whole, &files, done);
    return done;
}

/* --- the folder --- */

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    UNIT_CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0, "%s is not written", path);
}

static void put_script(const char *path, const char *text)
{
    put(path, text);
    chmod(path, 0755);
}

/* Numbers that no smaller space holds: golden-ratio points. */
static void put_numbers(const char *path, size_t rows, size_t columns, bool unit)
{
    FILE *file = fopen(path, "we");
    optcert_npy_head(file, "<f8", rows, columns);
    for (size_t i = 0; i < rows * columns; i++) {
        const double x = unit ? (double)(i % (columns + 1) == 0) : fmod((double)(i + 1) * 0.6180339887498949, 1.0);
        fwrite(&x, sizeof x, 1, file);
    }
    UNIT_CHECK(fclose(file) == 0, "%s is not written", path);
}

static void put_files(void)
{
    static program_said said;
    mkdir("out", 0777);
    mkdir("proofs", 0777);
    mkdir("proofs/wp", 0777);
    put("proofs/wp.mk", "units:\n\t@echo good\ncheck compare:\n\t@test '$(UNIT)' = good\n");
    put("proofs/wp/good.json", "{\"unit\": \"good\", \"digest\": \"d1\", \"functions\": 2, \"smoke_passed\": 3, \"goals\": [{\"goal\": \"g1\", "
                               "\"function\": \"f\", \"property\": \"p\", \"ms\": 1500}]}\n");
    put_script("gnuplot", "#!/bin/sh\nexit 0\n");
    put_script("none", "#!/bin/sh\nexit 3\n");
    put_numbers("g.npy", 40, 5, false);
    put_numbers("eye.npy", 1, 1, true);
    static const char *const made[] = {"keygen me", "certify exec:./none --claims sgd --out bare.json --quiet",
                                       "sign bare.json --key me.key --out signed.json"};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        const int code = program_run_here(made[i], 20, &said);
        UNIT_CHECK(code == (i == 1 ? 1 : 0), "optcert %s: exit %d: %s", made[i], code, said.err);
    }
}

static void command_lines(void)
{
    static told whole;
    char folder[] = "/tmp/optcert-test-XXXXXX", before[4096], remove[64], path[4200];
    char *old_path = strdup(getenv("PATH"));
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0, "no folder")) {
        return;
    }
    snprintf(path, sizeof path, "%s:%s", folder, old_path);
    setenv("PATH", path, 1);
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    put_files();
    unit_faults_of_program(true);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        whole = (told){.line = &lines[i]};
        char what[64];
        snprintf(what, sizeof what, "%.60s", lines[i].line);
        unit_faults(what, run, &whole, 1);
    }
    unit_faults_of_program(false);
    unsetenv("SOURCE_DATE_EPOCH");
    setenv("PATH", old_path, 1);
    free(old_path);
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

UNIT_SUITE(faults_program, {"command_lines", command_lines})
