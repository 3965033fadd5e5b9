/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of a calibration as JSON. */
#include "calibrate_record.h"
#include "file.h"
#include "json_text.h"
#include "options.h"
#include "scaling_calibrate.h"
#include "source_digest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *word(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static uint64_t whole(const json_t *object, const char *key)
{
    const json_int_t value = json_integer_value(json_object_get(object, key));
    return value > 0 ? (uint64_t)value : 0;
}

static const json_t *entry_of(const json_t *document, const char *spec)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(document, "builds"), i, entry)
    {
        if (strcmp(word(entry, "build"), spec) == 0) {
            return entry;
        }
    }
    return NULL;
}

/* Ends the program where the file cannot be gone on with. */
static void check(const optcert_calibration_record *record, const json_t *document)
{
    if (strcmp(word(document, "calibration"), record->what) != 0) {
        optcert_usage("--record '%s' is a record of '%s', not of '%s'", record->path, word(document, "calibration"), record->what);
    }
    if (strcmp(word(document, "source_sha256"), OPTCERT_SOURCE_SHA256) != 0) {
        optcert_usage("--record '%s' was made by other sources than this program's: take another file", record->path);
    }
    if (whole(document, "share") != record->share) {
        optcert_usage("--record '%s' is of --share %llu", record->path, (unsigned long long)whole(document, "share"));
    }
    if (whole(document, "first_seed") != record->seed) {
        optcert_usage("--record '%s' begins with seed %llu, not %llu", record->path,
                      (unsigned long long)whole(document, "first_seed"), (unsigned long long)record->seed);
    }
    if (json_array_size(json_object_get(document, "builds")) != record->count) {
        optcert_usage("--record '%s' is of %zu builds, not of %zu", record->path,
                      json_array_size(json_object_get(document, "builds")), record->count);
    }
}

uint64_t optcert_calibration_resume(const optcert_calibration_record *record)
{
    if (record->path == NULL || access(record->path, F_OK) != 0) {
        return 0;
    }
    size_t size;
    char *text = optcert_file_read(record->path, &size);
    json_t *document = json_loadb(text, size, 0, NULL);
    if (document == NULL) {
        optcert_usage("--record '%s' is not JSON", record->path);
    }
    check(record, document);
    for (size_t i = 0; i < record->count; i++) {
        const json_t *entry = entry_of(document, record->known[i].spec);
        if (entry == NULL) {
            optcert_usage("--record '%s' does not hold %s", record->path, record->known[i].spec);
        }
        record->results[i].runs = whole(entry, "runs");
        record->results[i].wrong = whole(entry, "wrong");
        snprintf(record->results[i].first, sizeof record->results[i].first, "%s", word(entry, "first"));
    }
    const uint64_t seeds = whole(document, "seeds");
    json_decref(document);
    free(text);
    return seeds;
}

static json_t *builds_json(const optcert_calibration_record *record, optcert_calibration *sum)
{
    json_t *builds = json_array();
    for (size_t i = 0; i < record->count; i++) {
        const optcert_calibration *result = &record->results[i];
        sum->runs += result->runs;
        sum->wrong += result->wrong;
        json_array_append_new(builds, json_pack("{s:s, s:I, s:I, s:o}", "build", record->known[i].spec, "runs",
                                                (json_int_t)result->runs, "wrong", (json_int_t)result->wrong, "first",
                                                optcert_json_string(result->first)));
    }
    return builds;
}

void optcert_calibration_save(const optcert_calibration_record *record, uint64_t seeds)
{
    optcert_calibration sum = {0};
    if (record->path == NULL) {
        return;
    }
    json_t *builds = builds_json(record, &sum);
    const optcert_estimate share = optcert_share(sum.wrong, sum.runs);
    json_t *document =
        json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "calibration", record->what, "source_sha256",
                  OPTCERT_SOURCE_SHA256, "first_seed", (json_int_t)record->seed, "share", (json_int_t)record->share, "seeds", (json_int_t)seeds, "runs",
                  (json_int_t)sum.runs, "wrong", (json_int_t)sum.wrong, "share_low", optcert_json_number(share.low),
                  "share_high", optcert_json_number(share.high), "builds", builds);
    optcert_file_write_json(record->path, document);
    json_decref(document);
}
