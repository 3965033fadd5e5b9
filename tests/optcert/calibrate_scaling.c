/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calibration of the sampled scaling suite, as a table and as JSON. */
#include "calibrate_scaling.h"
#include "command.h"
#include "json_text.h"
#include "report.h"
#include "sample/checkpoint.h"
#include "scaling_calibrate.h"
#include "scaling_digest.h"
#include "verdict.h"

#include <inttypes.h>
#include <string.h>

/* Runs go in chunks of seeds, each a cell of the checkpoint; a chunk is one thread's work, so that the counts depend on
 * neither. */
enum { SUBJECTS_MOST = 8, CHUNK = 10 };

typedef struct calibration {
    const optcert_options *common;
    uint64_t seeds;
    size_t subjects;
    const optcert_scaling_subject *subject[SUBJECTS_MOST];
    optcert_scaling_count count[SUBJECTS_MOST][OPTCERT_SCALING_RULES];
    optcert_checkpoint *checkpoint; /* NULL: none */
} calibration;

static void choose(const char *only, calibration *c)
{
    if (only != NULL && optcert_scaling_subject_find(only) == NULL) {
        optcert_usage("--only '%s' is not sgd, ema, rmsprop, adam or adamw", only);
    }
    for (const optcert_scaling_subject *s = optcert_scaling_subjects; s->name != NULL; s++) {
        if (only == NULL || strcmp(only, s->name) == 0) {
            c->subject[c->subjects++] = s;
        }
    }
}

static void open_checkpoint(const char *path, calibration *c)
{
    char key[200], why[200];
    snprintf(key, sizeof key, "calibration of the sampled scaling suite, resolution %a, sources %s", OPTCERT_SCALING_RESOLUTION,
             OPTCERT_SCALING_SHA256);
    c->checkpoint = optcert_checkpoint_open(path, key, why, sizeof why);
    if (c->checkpoint == NULL) {
        optcert_usage("--record '%s': %s", path, why);
    }
}

static void merge(const optcert_scaling_count *from, optcert_scaling_count *to)
{
    if (from->runs == 0) {
        return;
    }
    to->nearest = to->runs == 0 || from->nearest < to->nearest ? from->nearest : to->nearest;
    to->farthest = from->farthest > to->farthest ? from->farthest : to->farthest;
    to->runs += from->runs;
    to->failed += from->failed;
    to->apart += from->apart;
}

/* One subject, one chunk of seeds: from the checkpoint, or run. */
static void run_chunk(calibration *c, size_t subject, uint64_t first, uint64_t seeds)
{
    char cell[80];
    bool known = false, kept = true;
    optcert_scaling_count count[OPTCERT_SCALING_RULES] = {{0}};
    snprintf(cell, sizeof cell, "%s %" PRIu64 "+%" PRIu64, c->subject[subject]->name, first, seeds);
#pragma omp critical(optcert_checkpoint)
    known = c->checkpoint != NULL && optcert_checkpoint_read(c->checkpoint, cell, count, sizeof count);
    if (!known && !optcert_scaling_calibrate(c->subject[subject], first, seeds, count)) {
        optcert_broken("memory is short");
    }
#pragma omp critical(optcert_checkpoint)
    {
        kept = known || c->checkpoint == NULL || optcert_checkpoint_write(c->checkpoint, cell, count, sizeof count);
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            merge(&count[r], &c->count[subject][r]);
        }
    }
    if (!kept) {
        optcert_broken("the finished runs could not be written");
    }
}

static void run_all(calibration *c)
{
    const uint64_t chunks = (c->seeds + CHUNK - 1) / CHUNK, tasks = chunks * c->subjects;
    uint64_t done = 0;
#pragma omp parallel for schedule(dynamic) num_threads((int)c->common->jobs)
    for (uint64_t t = 0; t < tasks; t++) {
        const uint64_t from = t / c->subjects * CHUNK, rest = c->seeds - from;
        run_chunk(c, t % c->subjects, c->common->seed + from, rest < CHUNK ? rest : CHUNK);
#pragma omp critical(optcert_progress)
        optcert_progress(c->common, "calibrate: scaling", ++done, tasks);
    }
}

static json_t *share_json(uint64_t hits, uint64_t runs)
{
    const optcert_estimate share = optcert_share(hits, runs);
    return json_pack("{s:I, s:I, s:o, s:o, s:o}", "count", (json_int_t)hits, "runs", (json_int_t)runs, "share",
                     optcert_json_number(share.value), "low", optcert_json_number(share.low), "high",
                     optcert_json_number(share.high));
}

static json_t *row_json(const optcert_scaling_subject *subject, const optcert_claim *claim, optcert_scaling_rule rule,
                        const optcert_scaling_count *count)
{
    return json_pack("{s:s, s:s, s:I, s:o, s:o, s:[o, o], s:s}", "optimizer", subject->name, "rule",
                     optcert_scaling_rule_name(rule), "paths", (json_int_t)subject->paths, "failed",
                     share_json(count->failed, count->runs), "told_from_0", share_json(count->apart, count->runs), "distances",
                     optcert_json_number(count->nearest), optcert_json_number(count->farthest), "verdict",
                     optcert_verdict_text(claim->verdict));
}

static void print_row(const optcert_scaling_subject *subject, const optcert_claim *claim, optcert_scaling_rule rule,
                      const optcert_scaling_count *count)
{
    const optcert_estimate share = optcert_share(count->failed, count->runs);
    printf("%-8s %-13s failed %6" PRIu64 " of %6" PRIu64 " runs: %.5f (%.5f to %.5f); distances %.3g to %.3g  %s\n",
           subject->name, optcert_scaling_rule_name(rule), count->failed, count->runs, share.value, share.low, share.high,
           count->nearest, count->farthest, optcert_verdict_text(claim->verdict));
}

/* One row a rule of a subject, its claim, and the sum over all of the true rule's. */
static void conclude(const calibration *c, optcert_claims *claims, optcert_claims *observations, json_t *rows,
                     optcert_scaling_count *truth)
{
    bool whole = true;
    for (size_t s = 0; s < c->subjects; s++) {
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            const optcert_scaling_count *count = &c->count[s][r];
            const optcert_scaling_rule rule = (optcert_scaling_rule)r;
            if (count->runs == 0) {
                continue;
            }
            whole = whole && optcert_scaling_count_claim(c->subject[s], rule, count, c->common->seed, claims);
            const optcert_claim *claim = &claims->item[claims->count - 1];
            if (rule == OPTCERT_SCALING_TRUE) {
                merge(count, truth);
            }
            json_array_append_new(rows, row_json(c->subject[s], claim, rule, count));
            if (!c->common->json) {
                print_row(c->subject[s], claim, rule, count);
            }
        }
    }
    if (!whole || !optcert_scaling_alarm_rate(truth, c->common->seed, observations)) {
        optcert_broken("memory is short");
    }
}

int optcert_calibrate_scaling(const char *only, uint64_t seeds, const char *record, const optcert_options *common)
{
    calibration c = {.common = common, .seeds = seeds};
    optcert_scaling_count truth = {0};
    optcert_claims claims = {0}, observations = {0};
    json_t *rows = json_array();
    choose(only, &c);
    if (record != NULL) {
        open_checkpoint(record, &c);
    }
    run_all(&c);
    optcert_checkpoint_close(c.checkpoint);
    conclude(&c, &claims, &observations, rows, &truth);
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    if (common->json) {
        optcert_json_print(json_pack("{s:s, s:f, s:f, s:I, s:I, s:s, s:o, s:o, s:s}", "suite", "scaling",
                                     "family_false_alarm_rate", OPTCERT_SCALING_FAMILY, "resolution",
                                     OPTCERT_SCALING_RESOLUTION, "seed", (json_int_t)common->seed, "seeds", (json_int_t)seeds,
                                     "sources", OPTCERT_SCALING_SHA256, "false_alarms", share_json(truth.failed, truth.runs),
                                     "rows", rows, "verdict", optcert_verdict_text(verdict)),
                           stdout);
    } else {
        const optcert_claim *rate = &observations.item[0];
        json_decref(rows);
        printf("false alarms: %" PRIu64 " of %" PRIu64 " (%.2g to %.2g)\nverdict: %s\n", truth.failed, truth.runs, rate->low,
               rate->high, optcert_verdict_text(verdict));
    }
    optcert_report_junit(common, "optcert.calibrate", &claims);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    return optcert_exit_code(verdict);
}
