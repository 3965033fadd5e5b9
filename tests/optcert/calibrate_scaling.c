/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calibration of the sampled scaling suite, as a table and as JSON. */
#include "calibrate_scaling.h"
#include "command.h"
#include "json_text.h"
#include "scaling_calibrate.h"

#include <string.h>

static void show_progress(void *context, uint64_t done, uint64_t total)
{
    optcert_progress(context, "calibrate: scaling", done, total);
}

static json_t *share_json(uint64_t hits, uint64_t runs)
{
    const optcert_estimate share = optcert_share(hits, runs);
    return json_pack("{s:I, s:I, s:o, s:o, s:o}", "count", (json_int_t)hits, "runs", (json_int_t)runs, "share", optcert_json_number(share.value), "low",
                     optcert_json_number(share.low), "high", optcert_json_number(share.high));
}

static void add_row(json_t *rows, const optcert_scaling_subject *subject, optcert_scaling_rule rule,
                    const optcert_scaling_count *count)
{
    json_array_append_new(rows, json_pack("{s:s, s:s, s:I, s:o, s:o}", "optimizer", subject->name, "rule",
                                          optcert_scaling_rule_name(rule), "paths", (json_int_t)subject->paths, "failed", share_json(count->failed, count->runs),
                                          "told_from_0", share_json(count->apart, count->runs)));
}

static void print_row(const optcert_scaling_subject *subject, optcert_scaling_rule rule, const optcert_scaling_count *count)
{
    const optcert_estimate share = optcert_share(count->failed, count->runs);
    printf("%-8s %-13s failed %6llu of %6llu runs: %.5f (%.5f to %.5f)\n", subject->name, optcert_scaling_rule_name(rule),
           (unsigned long long)count->failed, (unsigned long long)count->runs, share.value, share.low, share.high);
}

int optcert_calibrate_scaling(const char *only, uint64_t seeds, const optcert_options *common)
{
    json_t *rows = json_array();
    optcert_scaling_count null = {0}; /* all runs of the rule */
    bool good = true;
    if (only != NULL && optcert_scaling_subject_find(only) == NULL) {
        optcert_usage("--only '%s' is not sgd, ema, rmsprop, adam or adamw", only);
    }
    for (const optcert_scaling_subject *subject = optcert_scaling_subjects; subject->name != NULL; subject++) {
        optcert_scaling_count count[OPTCERT_SCALING_RULES] = {{0}};
        if (only != NULL && strcmp(only, subject->name) != 0) {
            continue;
        }
        if (!optcert_scaling_calibrate(subject, common->seed, seeds, show_progress, (void *)(size_t)common, count)) {
            optcert_broken("memory is short");
        }
        null.runs += count[OPTCERT_SCALING_TRUE].runs;
        null.failed += count[OPTCERT_SCALING_TRUE].failed;
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            if (count[r].runs > 0) {
                add_row(rows, subject, (optcert_scaling_rule)r, &count[r]);
                good = good && count[r].failed == (r == OPTCERT_SCALING_TRUE ? 0 : count[r].runs);
                if (!common->json) {
                    print_row(subject, (optcert_scaling_rule)r, &count[r]);
                }
            }
        }
    }
    if (common->json) {
        optcert_json_print(json_pack("{s:s, s:f, s:f, s:I, s:I, s:o, s:o}", "suite", "scaling", "family_false_alarm_rate",
                                     OPTCERT_SCALING_FAMILY, "resolution", OPTCERT_SCALING_RESOLUTION, "seed",
                                     (json_int_t)common->seed, "seeds", (json_int_t)seeds, "false_alarms",
                                     share_json(null.failed, null.runs), "rows", rows),
                           stdout);
    } else {
        json_decref(rows);
    }
    return good ? OPTCERT_EXIT_PASSED : OPTCERT_EXIT_FAILED;
}
