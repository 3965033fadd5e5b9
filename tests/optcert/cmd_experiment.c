/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert experiment digits|text: the scaling rules and SVAG on real networks and data. */
#include "command.h"
#include "export.h"
#include "file.h"
#include "findings.h"
#include "json_text.h"
#include "options.h"
#include "page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct experiment_line {
    const char *name, *data, *out, *resume, *gradients;
    uint64_t seeds;
    bool full;
} experiment_line;

enum { KEY_LEVEL = 0x2000, KEY_DATA, KEY_OUT, KEY_RESUME, KEY_SEEDS, KEY_GRADIENTS };

static const struct argp_option options[] = {
    {"level", KEY_LEVEL, "quick|full", 0, "how much is run (default quick)", 0},
    {"data", KEY_DATA, "DIR", 0, "where `make data` put the data (default build/data)", 0},
    {"out", KEY_OUT, "DIR", 0, "folder for the page, pictures and findings.json (default: none is written)", 0},
    {"resume", KEY_RESUME, "FILE", 0, "database of finished runs; a killed study goes on from it", 0},
    {"gradients", KEY_GRADIENTS, "DIR", 0, "write single samples' gradients as .npy files there, and run nothing else", 0},
    {"seeds", KEY_SEEDS, "N", 0, "seeds per arm, 2 to 64", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    experiment_line *line = state->input;
    switch (key) {
    case KEY_LEVEL:
        if (strcmp(arg, "quick") != 0 && strcmp(arg, "full") != 0) {
            optcert_usage("--level '%s' is neither quick nor full", arg);
        }
        line->full = strcmp(arg, "full") == 0;
        return 0;
    case KEY_DATA:
        line->data = arg;
        return 0;
    case KEY_OUT:
        line->out = arg;
        return 0;
    case KEY_RESUME:
        line->resume = arg;
        return 0;
    case KEY_GRADIENTS:
        line->gradients = arg;
        return 0;
    case KEY_SEEDS:
        line->seeds = optcert_option_whole("--seeds", arg, 2, 64);
        return 0;
    case ARGP_KEY_ARG:
        if (line->name != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        line->name = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void choose(const experiment_line *line, const optcert_options *common, optcert_study *study,
                   optcert_dataset *data)
{
    char error[512];
    int failed;
    if (line->name != NULL && strcmp(line->name, "digits") == 0) {
        optcert_study_digits(study, !line->full);
        failed = optcert_dataset_digits(line->data, data, error, sizeof error);
    } else if (line->name != NULL && strcmp(line->name, "text") == 0) {
        optcert_study_text(study, !line->full);
        failed = optcert_dataset_text(line->data, data, error, sizeof error);
    } else {
        optcert_usage("'%s' is not an experiment: digits or text", line->name == NULL ? "" : line->name);
    }
    if (failed) {
        optcert_usage("%s", error);
    }
    study->seed = common->seed;
    study->seeds = line->seeds > 0 ? (size_t)line->seeds : study->seeds;
}

static void progress(void *context, uint64_t done, uint64_t total)
{
    optcert_progress(context, "runs", done, total);
}

static void summary(const json_t *findings)
{
    size_t i;
    const json_t *row;
    printf("%-12s %-8s %5s %-12s %10s %21s  %s\n", "network", "optimizer", "kappa", "against", "difference",
           "95 % interval", "square root closer?");
    json_array_foreach(json_object_get(findings, "comparisons"), i, row)
    {
        printf("%-12s %-8s %5d %-12s %10.4f [%9.4f,%9.4f]  %s%s\n",
               json_string_value(json_object_get(row, "network")),
               json_string_value(json_object_get(row, "optimizer")),
               (int)json_integer_value(json_object_get(row, "kappa")),
               json_string_value(json_object_get(row, "against")),
               json_number_value(json_object_get(row, "measured")),
               json_number_value(json_object_get(row, "low")), json_number_value(json_object_get(row, "high")),
               json_string_value(json_object_get(row, "verdict")),
               json_is_true(json_object_get(row, "average")) ? " (averaged)" : "");
    }
    json_array_foreach(json_object_get(findings, "reading"), i, row)
    {
        printf("%s%s\n", i == 0 ? "\n" : "", json_string_value(row));
    }
    printf("\nnegative control (no scaling, largest kappa): %s\n",
           json_is_true(json_object_get(findings, "control_told_apart")) ? "told apart" : "not told apart: inconclusive");
}

/* The folder and those that it lies in. */
static void make_folder(const char *option, const char *folder)
{
    char part[4096];
    if (*folder == '\0' || strlen(folder) >= sizeof part) {
        optcert_usage("%s '%.64s' is no folder's name", option, folder);
    }
    for (const char *end = folder; *end != '\0';) {
        end += strcspn(end + 1, "/") + 1;
        snprintf(part, sizeof part, "%.*s", (int)(end - folder), folder);
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            optcert_usage("%s '%s': %s", option, folder, strerror(errno));
        }
    }
}

static void write_out(const experiment_line *line, const optcert_study *study, const optcert_groups *groups,
                      const json_t *findings, const optcert_dataset *data)
{
    char path[4096], error[512];
    snprintf(path, sizeof path, "%s/findings.json", line->out);
    optcert_file_write_json(path, findings);
    if (optcert_page(study, groups, findings, data->train, line->out, error, sizeof error) != 0) {
        optcert_broken("%s", error);
    }
}

static void gradients_only(const experiment_line *line, const optcert_study *study, const optcert_groups *groups,
                           const optcert_dataset *data)
{
    char error[512];
    if (optcert_export_gradients(study, groups, data, line->gradients, error, sizeof error) != 0) {
        optcert_broken("%s", error);
    }
}

/* Runs the study and shows what it found. */
static int run(const experiment_line *line, optcert_options *common, const optcert_study *study,
               const optcert_dataset *data, optcert_groups *groups)
{
    char error[512];
    optcert_store *store = optcert_store_open(line->resume, error, sizeof error);
    if (store == NULL) {
        optcert_usage("--resume %s", error);
    }
    if (optcert_study_run(study, data, groups, store, common->jobs, progress, common, error, sizeof error) != 0) {
        optcert_broken("%s", error);
    }
    optcert_store_close(store);
    json_t *findings = optcert_findings_json(study, groups, optcert_findings_noise(study, groups, data));
    if (line->out != NULL) {
        write_out(line, study, groups, findings, data);
    }
    const bool told = json_is_true(json_object_get(findings, "control_told_apart"));
    if (common->json) {
        optcert_json_print(findings, stdout);
    } else {
        summary(findings);
        json_decref(findings);
    }
    return told ? OPTCERT_EXIT_PASSED : OPTCERT_EXIT_INCONCLUSIVE;
}

int optcert_cmd_experiment(int argc, char **argv)
{
    experiment_line line = {.data = "build/data"};
    optcert_options common;
    optcert_study study;
    optcert_dataset data;
    optcert_groups groups;
    optcert_parse(&(optcert_line){.options = options,
                                  .parser = parse,
                                  .args_doc = "digits|text",
                                  .doc = "Runs networks on real data at batch ratios 1, 2, 4, ... under the square-root "
                                         "rule and its rivals, and SVAG; says which follow the run at ratio 1.",
                                  .input = &line},
                  argc, argv, &common);
    choose(&line, &common, &study, &data);
    if (line.gradients != NULL) {
        make_folder("--gradients", line.gradients);
    } else if (line.out != NULL) {
        make_folder("--out", line.out);
    }
    if (optcert_study_plan(&study, &groups) != 0) {
        optcert_broken("no memory for the study");
    }
    int code = OPTCERT_EXIT_PASSED;
    if (line.gradients != NULL) {
        gradients_only(&line, &study, &groups, &data);
    } else {
        code = run(&line, &common, &study, &data, &groups);
    }
    optcert_groups_close(&groups);
    optcert_dataset_close(&data);
    return code;
}
