/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory, disk and processes that fail under the experiments; and the files that they read and write. Data are made here: the tests
 * need no download. gnuplot is a program of this test that draws nothing, so that a page takes no second. */
#include "dataset.h"
#include "export.h"
#include "fault.h"
#include "findings.h"
#include "page.h"
#include "small_data.h"
#include "study.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLES = 288, TRAIN = 256 };

static char folder[32];

static optcert_study small_study(void)
{
    optcert_study study;
    optcert_study_digits(&study, true);
    study.nets = 1;
    study.base[0].steps = 40;
    study.base[0].batch = 4;
    study.kappa_max = 2;
    study.svag_max = 2;
    study.seeds = 2;
    return study;
}

static void silent(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static void enter(void)
{
    strcpy(folder, "/tmp/optcert-test-XXXXXX");
    UNIT_CHECK(mkdtemp(folder) != NULL, "no folder");
}

static void leave(void)
{
    char remove[64];
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(system(remove) == 0, "%s is still there", folder);
}

static char *in_folder(const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* --- runs --- */

static bool runs(const void *with)
{
    (void)with;
    const optcert_dataset data = unit_small_data(SAMPLES, TRAIN);
    const optcert_study study = small_study();
    optcert_groups groups;
    char error[256] = "";
    if (optcert_study_plan(&study, &groups) != 0) {
        UNIT_CHECK(groups.count == 0 && groups.group == NULL, "groups are left");
        return false;
    }
    optcert_store *store = optcert_store_open(NULL, error, sizeof error);
    const bool done = store != NULL && optcert_study_run(&study, &data, &groups, store, 1, silent, NULL, error, sizeof error) == 0;
    UNIT_CHECK(done || error[0] != '\0', "refused without a reason");
    for (size_t g = 0; done && g < groups.count; g++) {
        UNIT_CHECK(groups.group[g].status != OC_OK || groups.group[g].curve[1].train_loss > 0, "group %zu has no curve", g);
    }
    optcert_store_close(store);
    optcert_groups_close(&groups);
    return done;
}

static void studies(void)
{
    unit_faults("a study", runs, NULL, 1);
}

/* --- findings, page, gradients --- */

typedef struct finished {
    optcert_study study;
    optcert_groups groups;
    optcert_dataset data;
} finished;

static finished finish_study(void)
{
    finished f = {.study = small_study(), .data = unit_small_data(SAMPLES, TRAIN)};
    char error[256] = "";
    optcert_store *store = optcert_store_open(NULL, error, sizeof error);
    UNIT_CHECK(optcert_study_plan(&f.study, &f.groups) == 0, "plan");
    UNIT_CHECK(optcert_study_run(&f.study, &f.data, &f.groups, store, 1, silent, NULL, error, sizeof error) == 0, "%s", error);
    optcert_store_close(store);
    return f;
}

static bool finds(const void *with)
{
    const finished *f = with;
    json_t *noise = optcert_findings_noise(&f->study, &f->groups, &f->data);
    const bool done = noise != NULL;
    json_decref(noise);
    return done;
}

static bool writes_page(const void *with)
{
    const finished *f = with;
    char error[300] = "";
    static json_t *findings;
    if (findings == NULL) {
        findings = optcert_findings_json(&f->study, &f->groups, optcert_findings_noise(&f->study, &f->groups, &f->data));
    }
    const bool done = optcert_page(&f->study, &f->groups, findings, TRAIN, folder, error, sizeof error) == 0;
    UNIT_CHECK(done || error[0] != '\0', "refused without a reason");
    UNIT_CHECK(!done || access(in_folder("index.html"), R_OK) == 0, "no page");
    return done;
}

/* A study in which the library refused all rules but the first, no control is told, and a mean gradient is 0. */
static void poor_page(finished *f)
{
    char error[300] = "", *text = NULL;
    size_t room = 0, refused = 0;
    json_t *findings, *row;
    optcert_group *group = f->groups.group;
    for (size_t g = 1; g < f->groups.count; g++) {
        if (group[g].arm.rule != OPTCERT_RULE_ROOT && group[g].arm.kappa > 1) {
            group[g].status = OC_ERR_KAPPA;
            refused++;
        }
    }
    findings = optcert_findings_json(&f->study, &f->groups, optcert_findings_noise(&f->study, &f->groups, &f->data));
    row = json_array_get(json_object_get(json_array_get(json_object_get(findings, "noise"), 0), "points"), 0);
    json_object_set_new(row, "critical_batch", json_null());
    json_object_set_new(findings, "control_told_apart", json_false());
    UNIT_CHECK(optcert_page(&f->study, &f->groups, findings, TRAIN, folder, error, sizeof error) == 0, "%s", error);
    FILE *page = fopen(in_folder("index.html"), "re");
    UNIT_CHECK(page != NULL && getdelim(&text, &room, '\0', page) > 0, "no page");
    static const char *const wanted[] = {"refused: ", "&infin;", "not told apart: this study decides nothing"};
    for (size_t i = 0; text != NULL && i < sizeof wanted / sizeof wanted[0]; i++) {
        UNIT_CHECK(strstr(text, wanted[i]) != NULL, "the page lacks '%s'", wanted[i]);
    }
    UNIT_CHECK(refused > 0, "nothing was refused");
    fclose(page);
    free(text);
    json_decref(findings);
}

static bool exports(const void *with)
{
    const finished *f = with;
    char error[300] = "";
    struct stat status = {0};
    const bool done = optcert_export_gradients(&f->study, &f->groups, &f->data, folder, error, sizeof error) == 0;
    UNIT_CHECK(done || error[0] != '\0', "refused without a reason");
    UNIT_CHECK(!done || (stat(in_folder("mlp-end.npy"), &status) == 0 && status.st_size > 128), "no gradients");
    return done;
}

static void results(void)
{
    enter();
    finished f = finish_study();
    char *before = strdup(getenv("PATH")), path[4096];
    FILE *script = fopen(in_folder("gnuplot"), "we");
    fputs("#!/bin/sh\nexec cat >/dev/null\n", script);
    fclose(script);
    chmod(in_folder("gnuplot"), 0755);
    snprintf(path, sizeof path, "%s:%s", folder, before);
    setenv("PATH", path, 1);
    static const struct {
        const char *what;
        bool (*run)(const void *);
    } cases[] = {{"noise", finds}, {"page", writes_page}, {"gradients", exports}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unit_faults(cases[i].what, cases[i].run, &f, 3);
    }
    poor_page(&f);
    setenv("PATH", before, 1);
    free(before);
    optcert_groups_close(&f.groups);
    leave();
}

/* --- data --- */

static const struct {
    int rows;
    const char *last; /* what is written for the last row; NULL: a good one */
    bool taken;
    const char *origin;
} digit_files[] = {
    {1797, NULL, true, "the whole table"},
    {1796, NULL, false, "a row is missing"},
    {1797, "1,2,3\n", false, "a row is short"},
    {1797, "x\n", false, "no number"},
    {1797, "17,", false, "a pixel over 16"},
    {1797, "-1,", false, "a pixel below 0"},
    {1797, "0;", false, "another separator"},
};

static bool reads_digits(const void *with)
{
    (void)with;
    optcert_dataset data;
    char error[300] = "";
    const bool done = optcert_dataset_digits(folder, &data, error, sizeof error) == 0;
    UNIT_CHECK(done || error[0] != '\0', "refused without a reason");
    if (done) {
        UNIT_CHECK(data.samples == 1797 && data.train == 1440 && strlen(data.digest) == 64, "%zu samples", data.samples);
        optcert_dataset_close(&data);
    }
    return done;
}

static bool reads_text(const void *with)
{
    (void)with;
    optcert_dataset data;
    char error[300] = "";
    const bool done = optcert_dataset_text(folder, &data, error, sizeof error) == 0;
    UNIT_CHECK(done || error[0] != '\0', "refused without a reason");
    if (done) {
        UNIT_CHECK(data.context == 32 && data.label[0] < data.classes, "label %d of %zu", data.label[0], data.classes);
        optcert_dataset_close(&data);
    }
    return done;
}

static void write_text(int characters)
{
    FILE *file = fopen(in_folder("english.txt"), "we");
    for (int i = 0; i < characters; i++) {
        putc("The quick brown fox, (9) lazy dogs \xe9\n"[i % 37], file);
    }
    fclose(file);
}

static void data_files(void)
{
    enter();
    UNIT_CHECK(!reads_digits(NULL) && !reads_text(NULL), "data that are not there");
    for (size_t i = 0; i < sizeof digit_files / sizeof digit_files[0]; i++) {
        unit_write_digits(in_folder("digits.csv.gz"), digit_files[i].rows, digit_files[i].last);
        UNIT_CHECK(reads_digits(NULL) == digit_files[i].taken, "%s: %s", digit_files[i].origin,
                   digit_files[i].taken ? "refused" : "taken");
    }
    unit_write_digits(in_folder("digits.csv.gz"), digit_files[0].rows, NULL);
    write_text(4224 * 33 - 1);
    UNIT_CHECK(!reads_text(NULL), "a text that is one character short");
    write_text(4224 * 33);
    unit_faults("digits", reads_digits, NULL, 1);
    unit_faults("text", reads_text, NULL, 1);
    leave();
}

UNIT_SUITE(faults_experiment, {"studies", studies}, {"results", results}, {"data_files", data_files})
