/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of exhausted contexts. */
#include "exhaustive_record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_exhausted {
    char *path;
    json_t *entries;
};

/* Of each unit the digest of its binary32 code, by the makefile. */
static const struct {
    const char *unit, *sha256;
} code[] = {
#include "kernel_code.inc"
};

static const char *code_of(const optcert_kernel *kernel)
{
    for (size_t i = 0; i < sizeof code / sizeof code[0]; i++) {
        if (strcmp(code[i].unit, kernel->unit) == 0) {
            return code[i].sha256;
        }
    }
    return "";
}

static void sets_here(char text[32])
{
    text[0] = '\0';
    for (oc_isa isa = OC_ISA_BASE; isa <= OC_ISA_AVX512; isa++) {
        if (oc_isa_available(isa)) {
            strcat(strcat(text, text[0] == '\0' ? "" : " "), oc_isa_text(isa));
        }
    }
}

optcert_exhausted *optcert_exhausted_open(const char *path, const char **reason)
{
    optcert_exhausted *record = calloc(1, sizeof *record);
    json_error_t error;
    *reason = "memory is short";
    if (record == NULL || (record->path = strdup(path)) == NULL) {
        optcert_exhausted_close(record);
        return NULL;
    }
    FILE *file = fopen(path, "re");
    record->entries = file == NULL ? json_array() : json_loadf(file, 0, &error);
    if (file != NULL) {
        fclose(file);
    }
    if (!json_is_array(record->entries)) {
        *reason = "it is not a record of exhausted contexts";
        optcert_exhausted_close(record);
        return NULL;
    }
    return record;
}

void optcert_exhausted_close(optcert_exhausted *record)
{
    if (record != NULL) {
        json_decref(record->entries);
        free(record->path);
        free(record);
    }
}

static bool is(const json_t *entry, const char *member, const char *text)
{
    const char *value = json_string_value(json_object_get(entry, member));
    return value != NULL && strcmp(value, text) == 0;
}

/* The index of the entry for this kernel and context; the array's size when there is none. */
static size_t place_of(const optcert_exhausted *record, const optcert_kernel *kernel, uint32_t context)
{
    size_t i = 0;
    for (; i < json_array_size(record->entries); i++) {
        const json_t *entry = json_array_get(record->entries, i);
        if (is(entry, "kernel", kernel->name) && json_integer_value(json_object_get(entry, "context")) == context) {
            break;
        }
    }
    return i;
}

bool optcert_exhausted_find(const optcert_exhausted *record, const optcert_kernel *kernel, uint32_t context,
                         optcert_equivalence_tally *tally)
{
    const json_t *entry = json_array_get(record->entries, place_of(record, kernel, context));
    char sets[32];
    sets_here(sets);
    if (code_of(kernel)[0] == '\0' || !is(entry, "code", code_of(kernel)) || !is(entry, "instruction_sets", sets)) {
        return false;
    }
    *tally = (optcert_equivalence_tally){
        .compared = (uint64_t)json_integer_value(json_object_get(entry, "compared")),
        .different = (uint64_t)json_integer_value(json_object_get(entry, "different")),
    };
    const char *first = json_string_value(json_object_get(entry, "first"));
    snprintf(tally->first, sizeof tally->first, "%s", first != NULL ? first : "");
    return true;
}

static bool save(const optcert_exhausted *record)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s.new", record->path) >= sizeof path) {
        return false;
    }
    return json_dump_file(record->entries, path, JSON_INDENT(1)) == 0 && rename(path, record->path) == 0;
}

bool optcert_exhausted_add(optcert_exhausted *record, const optcert_kernel *kernel, uint32_t context,
                        const optcert_equivalence_tally *tally)
{
    char sets[32];
    sets_here(sets);
    json_t *entry =
        json_pack("{s:s, s:i, s:s, s:s, s:s, s:I, s:I, s:s}", "kernel", kernel->name, "context", (int)context, "origin",
                  optcert_contexts[context].origin, "code", code_of(kernel), "instruction_sets", sets, "compared",
                  (json_int_t)tally->compared, "different", (json_int_t)tally->different, "first", tally->first);
    const size_t place = place_of(record, kernel, context);
    const int failed = place < json_array_size(record->entries) ? json_array_set_new(record->entries, place, entry)
                                                                : json_array_append_new(record->entries, entry);
    return failed == 0 && save(record);
}
