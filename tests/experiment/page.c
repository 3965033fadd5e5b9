/* SPDX-License-Identifier: GPL-3.0-or-later
 * One self-contained HTML page: the SVG pictures are inlined. */
#include "page.h"

#include "findings.h"
#include "picture.h"
#include "verdict.h"
#include "whole_file.h"

#include <stdio.h>
#include <string.h>

static const char head[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">"
    "<title>optcert experiment %s</title><style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #8888;padding:.2em .6em;text-align:right}"
    "th{background:#8882}td:first-child,th:first-child{text-align:left}svg{max-width:100%%;height:auto}"
    ".passed{color:#080}.failed{color:#c00}.inconclusive{color:#a60}</style>\n";

static void inline_picture(FILE *page, const char *folder, const char *name)
{
    char path[4096], buffer[4096];
    snprintf(path, sizeof path, "%s/%s.svg", folder, name);
    FILE *svg = fopen(path, "r");
    bool inside = false; /* the XML prologue does not belong inside a page */
    while (svg != NULL && fgets(buffer, sizeof buffer, svg) != NULL) {
        inside = inside || strncmp(buffer, "<svg", 4) == 0;
        if (inside) {
            fputs(buffer, page);
        }
    }
    if (svg != NULL) {
        fclose(svg);
    }
}

static void estimate_cell(FILE *page, optcert_estimate e)
{
    fprintf(page, "<td>%.4g [%.4g, %.4g]</td>", e.value, e.low, e.high);
}

static void final_rows(FILE *page, const optcert_study *study, const optcert_groups *groups,
                       const optcert_picture *picture)
{
    fprintf(page, "<table><tr><th>rule</th><th>kappa</th><th>test loss</th><th>difference to kappa 1</th>"
                  "<th>test accuracy</th><th>difference to kappa 1</th><th>curve distance</th><th>speed</th></tr>\n");
    for (size_t i = 0; i < groups->count; i++) {
        const optcert_group *group = &groups->group[i];
        if (group->net != picture->net || group->arm.optimizer != picture->optimizer) {
            continue;
        }
        fprintf(page, "<tr><td>%s%s%s</td><td>%u</td>", optcert_rule_text(group->arm.rule),
                group->arm.average ? ", averaged" : "", group->arm.svag > 1 ? ", SVAG" : "",
                group->arm.svag > 1 ? group->arm.svag : group->arm.kappa);
        if (group->status != OC_OK) {
            fprintf(page, "<td colspan=\"6\">refused: %s</td></tr>\n", oc_status_text(group->status));
            continue;
        }
        const optcert_group *reference = optcert_reference(groups, group);
        estimate_cell(page, optcert_final(group, study->seeds, optcert_metric_test_loss));
        estimate_cell(page, optcert_final_difference(group, reference, study->seeds, optcert_metric_test_loss));
        estimate_cell(page, optcert_final(group, study->seeds, optcert_metric_test_accuracy));
        estimate_cell(page, optcert_final_difference(group, reference, study->seeds, optcert_metric_test_accuracy));
        estimate_cell(page, optcert_distance(group, reference, study->seeds));
        estimate_cell(page, optcert_speed(group, reference, study->seeds));
        fprintf(page, "</tr>\n");
    }
    fprintf(page, "</table>\n");
}

/* Comparisons as read: where the square-root rule is closer, farther, undecided. */
static void comparison_rows(FILE *page, const json_t *findings)
{
    size_t i;
    const json_t *row;
    fprintf(page, "<h2>Does the square-root rule follow batch &times; 1 more closely?</h2><p>Difference of curve "
                  "distances (negative: the square-root rule is closer), 95&nbsp;%% interval over seeds.</p>"
                  "<table><tr><th>network</th><th>optimizer</th><th>kappa</th><th>averaged</th><th>against</th>"
                  "<th>difference</th><th>closer?</th></tr>\n");
    json_array_foreach(json_object_get(findings, "comparisons"), i, row)
    {
        const char *verdict = json_string_value(json_object_get(row, "verdict"));
        fprintf(page,
                "<tr><td>%s</td><td>%s</td><td>%d</td><td>%s</td><td>%s</td><td>%.4g [%.4g, %.4g]</td>"
                "<td class=\"%s\">%s</td></tr>\n",
                json_string_value(json_object_get(row, "network")),
                json_string_value(json_object_get(row, "optimizer")),
                (int)json_integer_value(json_object_get(row, "kappa")),
                json_is_true(json_object_get(row, "average")) ? "yes" : "no",
                json_string_value(json_object_get(row, "against")),
                json_number_value(json_object_get(row, "measured")), json_number_value(json_object_get(row, "low")),
                json_number_value(json_object_get(row, "high")), verdict, verdict);
    }
    fprintf(page, "</table>\n");
}

static void number_cell(FILE *page, const json_t *value)
{
    if (json_is_real(value)) {
        fprintf(page, "<td>%.3g</td>", json_real_value(value));
    } else {
        fprintf(page, "<td>&infin;</td>");
    }
}

static void noise_rows(FILE *page, const optcert_study *study, const json_t *findings)
{
    size_t i, k;
    const json_t *row, *point;
    fprintf(page, "<h2>Is the gradient noise-dominated?</h2><p>The rule is a statement about noise-dominated gradients: "
                  "expect it to hold while the batch is far below the critical batch, tr&nbsp;&Sigma; / |E&nbsp;g|&sup2;. "
                  "Measured along the run at the smallest batch; skewness is that of one sample's noise, a batch of B has "
                  "it divided by &radic;B.</p><table><tr><th>network</th><th>optimizer</th><th>batches</th>"
                  "<th>share of the run</th><th>critical batch</th><th>skewness</th></tr>\n");
    json_array_foreach(json_object_get(findings, "noise"), i, row)
    {
        const long batch = (long)json_integer_value(json_object_get(row, "batch"));
        json_array_foreach(json_object_get(row, "points"), k, point)
        {
            fprintf(page, "<tr><td>%s</td><td>%s</td><td>%ld to %ld</td>",
                    json_string_value(json_object_get(row, "network")),
                    json_string_value(json_object_get(row, "optimizer")), batch, batch * (long)study->kappa_max);
            number_cell(page, json_object_get(point, "share"));
            number_cell(page, json_object_get(point, "critical_batch"));
            number_cell(page, json_object_get(point, "skewness"));
            fprintf(page, "</tr>\n");
        }
    }
    fprintf(page, "</table>\n");
}

static void reading_list(FILE *page, const json_t *findings)
{
    size_t i;
    const json_t *sentence;
    fprintf(page, "<h2>Reading</h2><p>Negative control (no scaling at all, largest kappa): %s. Intervals are 95&nbsp;%% each, "
                  "not corrected for their number.</p><ul>\n",
            json_is_true(json_object_get(findings, "control_told_apart"))
                ? "told apart from the rule"
                : "<b>not told apart: this study decides nothing</b>");
    json_array_foreach(json_object_get(findings, "reading"), i, sentence)
    {
        fprintf(page, "<li>%s</li>\n", json_string_value(sentence));
    }
    fprintf(page, "</ul>\n");
}

static int section(FILE *page, const optcert_picture *picture)
{
    char name[OPTCERT_PICTURE_NAME];
    fprintf(page, "<h2>%s, %s</h2>\n", optcert_net_text(picture->study->net[picture->net]),
            optcert_trainer_text(picture->optimizer));
    int failed = optcert_picture_curves(picture, name);
    inline_picture(page, picture->folder, name);
    failed |= optcert_picture_accuracy(picture, name);
    inline_picture(page, picture->folder, name);
    failed |= optcert_picture_distances(picture, name);
    inline_picture(page, picture->folder, name);
    if (picture->optimizer != OPTCERT_TRAIN_ADAMW) {
        failed |= optcert_picture_svag(picture, name);
        inline_picture(page, picture->folder, name);
    }
    final_rows(page, picture->study, picture->groups, picture);
    return failed;
}

int optcert_page(const optcert_study *study, const optcert_groups *groups, const json_t *findings, size_t train,
                 const char *folder, char *error, size_t error_size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/index.html", folder);
    optcert_whole_file file;
    FILE *page = optcert_whole_open(&file, path);
    if (page == NULL) {
        snprintf(error, error_size, "%s: cannot be written", path);
        return -1;
    }
    int failed = 0;
    fprintf(page, head, study->name);
    fprintf(page, "<h1>Scaling rules on real gradients: %s</h1><p>%zu seeds per arm; all runs see the same number of "
                  "samples.</p>\n", study->name, study->seeds);
    reading_list(page, findings);
    comparison_rows(page, findings);
    noise_rows(page, study, findings);
    optcert_picture picture = {.study = study, .groups = groups, .folder = folder, .train = train};
    for (picture.net = 0; picture.net < study->nets; picture.net++) {
        for (picture.optimizer = OPTCERT_TRAIN_RMSPROP; picture.optimizer <= OPTCERT_TRAIN_ADAMW; picture.optimizer++) {
            failed |= section(page, &picture);
        }
    }
    if (!optcert_whole_close(&file)) {
        snprintf(error, error_size, "%s: cannot be written", path);
        return -1;
    }
    if (failed) {
        snprintf(error, error_size, "%s: not all pictures could be drawn (is gnuplot there?)", path);
    }
    return failed ? -1 : 0;
}
