/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reports of identify. */
#include "identify_report.h"
#include "claim_json.h"
#include "json_text.h"
#include "reading.h"
#include "verdict.h"
#include "wrap.h"

#include <string.h>

enum { LABEL = 10 };

/* --- text --- */

static void print_special(const optcert_identification *found, FILE *out)
{
    char text[1024] = "";
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(found->special, i)) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", *text != '\0' ? ", " : "",
                     oc_ref_dialect_at(i)->name);
        }
    }
    if (*text != '\0') {
        optcert_wrap("hence", LABEL, text, out);
        optcert_wrap("", LABEL, "where the hyper-parameters that it does not read are 0", out);
    }
}

static void print_dialects(const optcert_identification *found, FILE *out)
{
    const char *label = "dialect";
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(found->dialects, i)) {
            optcert_wrap(label, LABEL, oc_ref_dialect_at(i)->name, out);
            optcert_wrap("", LABEL, oc_ref_dialect_at(i)->formula, out);
            label = "and";
        }
    }
    if (found->dialects == 0) {
        optcert_wrap(label, LABEL, "none that is known", out);
    }
    print_special(found, out);
}

static void print_untold(const optcert_identification *found, FILE *out)
{
    for (size_t i = 0; i < found->untolds; i++) {
        const optcert_untold *untold = &found->untold[i];
        char text[512];
        snprintf(text, sizeof text, "%s from %s: %s", oc_ref_dialect_at(untold->a)->name,
                 oc_ref_dialect_at(untold->b)->name, untold->why);
        optcert_wrap(i == 0 ? "not told" : "", LABEL, text, out);
    }
}

static void print_hidden(const optcert_explanation *explanation, FILE *out)
{
    char text[640];
    optcert_explanation_caveat(explanation, text, sizeof text);
    if (*text != '\0') {
        optcert_wrap("hidden", LABEL, text, out);
    }
}

static void print_unexplained(const optcert_explanation *explanation, FILE *out)
{
    char text[320] = "no known defect of a known dialect, no two together, and no three of which two show by themselves, predict its answers";
    if (explanation->unsearched != NULL) {
        snprintf(text, sizeof text, "no known defect of a known dialect was found to predict its answers; the search used up its work, and ended at: %s",
                 explanation->unsearched);
    }
    optcert_wrap("diagnosis", LABEL, text, out);
}

static void print_explanation(const optcert_identification *found, FILE *out)
{
    char text[1200];
    if (found->explanation.dialect != NULL) {
        optcert_explanation_text(&found->explanation, text, sizeof text);
        optcert_wrap("diagnosis", LABEL, text, out);
        print_hidden(&found->explanation, out);
    } else if (found->verdict == OPTCERT_FAILED && found->trouble[0] == '\0') {
        print_unexplained(&found->explanation, out);
        if (*found->departure != '\0') {
            optcert_wrap("", LABEL, found->departure, out);
        }
    }
}

static void print_unread(const optcert_identification *found, FILE *out)
{
    char fields[96], text[256];
    if (found->unread != 0) {
        optcert_field_names(found->unread, fields, sizeof fields);
        snprintf(text, sizeof text, "its answers change with %s, which no dialect that holds reads: it is what is said above only where %s 0",
                 fields, strchr(fields, ',') != NULL ? "they are" : "it is");
        optcert_wrap("warning", LABEL, text, out);
    }
}

void optcert_identify_print(const optcert_build_info *build, const optcert_identification *found, FILE *out)
{
    char text[256];
    optcert_wrap("build", LABEL, build->spec, out);
    optcert_wrap("name", LABEL, build->name, out);
    optcert_wrap("sha256", LABEL, build->digest, out);
    optcert_wrap("format", LABEL, build->scalar == OPTCERT_F32 ? "binary32" : "binary64", out);
    optcert_wrap("claims", LABEL, *build->claims != '\0' ? build->claims : "nothing", out);
    snprintf(text, sizeof text, "%zu of %zu, each chosen by what the ones before left open; %llu in all, %llu calls",
             found->trials, found->candidates, (unsigned long long)found->probes, (unsigned long long)found->calls);
    optcert_wrap("probes", LABEL, text, out);
    print_dialects(found, out);
    print_untold(found, out);
    if (found->trouble[0] != '\0') {
        optcert_wrap("trouble", LABEL, found->trouble, out);
    }
    if (found->changing) {
        optcert_wrap("trouble", LABEL, "the same steps do not give the same bits twice", out);
    }
    print_unread(found, out);
    print_explanation(found, out);
    optcert_wrap("verdict", LABEL, optcert_verdict_text(found->verdict), out);
}

/* --- JSON --- */

static json_t *names(optcert_dialect_set set)
{
    json_t *array = json_array();
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(set, i)) {
            json_array_append_new(array, json_string(oc_ref_dialect_at(i)->name));
        }
    }
    return array;
}

static json_t *hyper_json(const optcert_hyper *h)
{
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "lr", h->lr, "beta1", h->beta1, "beta2", h->beta2, "eps",
                     h->eps, "weight_decay", h->weight_decay, "momentum", h->momentum, "dampening", h->dampening);
}

static json_t *trials_json(const optcert_identification *found)
{
    json_t *array = json_array();
    for (size_t i = 0; i < found->trials; i++) {
        const optcert_trial *trial = &found->trial[i];
        const optcert_probe *probe = &trial->candidate->probe;
        json_array_append_new(array,
                              json_pack("{s:s, s:o, s:I, s:b, s:o, s:o}", "case", probe->what->name, "hyper",
                                        hyper_json(&probe->hyper.hyper), "pairs", (json_int_t)trial->pairs, "refused",
                                        trial->candidate->refused, "ruled_out", names(trial->before & ~trial->after),
                                        "left", names(trial->after)));
    }
    return array;
}

static json_t *untold_json(const optcert_identification *found)
{
    json_t *array = json_array();
    for (size_t i = 0; i < found->untolds; i++) {
        const optcert_untold *untold = &found->untold[i];
        json_array_append_new(array, json_pack("{s:[s,s], s:s}", "pair", oc_ref_dialect_at(untold->a)->name,
                                               oc_ref_dialect_at(untold->b)->name, "why", untold->why));
    }
    return array;
}

static json_t *number_json(double value)
{
    return json_pack("{s:o, s:o}", "value", optcert_json_number(value), "bits", optcert_json_bits(value));
}

static json_t *difference_json(const optcert_mismatch *m)
{
    if (m->record == NULL) {
        return json_null();
    }
    const optcert_probe *probe = &m->record->probe;
    return json_pack("{s:s, s:s, s:I, s:I, s:s, s:o, s:o}", "case", probe->what->name, "hyper_parameters",
                     probe->hyper.name, "step", (json_int_t)(probe->what->resume + m->step), "element",
                     (json_int_t)m->element, "quantity", m->quantity, "expected", number_json(m->expected), "got",
                     number_json(m->got));
}

static json_t *explanation_json(const optcert_explanation *e)
{
    if (e->dialect == NULL) {
        return json_null();
    }
    char text[1200];
    optcert_explanation_text(e, text, sizeof text);
    json_t *changes = json_array();
    for (size_t i = 0; i < e->count; i++) {
        char change[160];
        optcert_change_text(e->change[i], e->value[i], e->number, change, sizeof change);
        json_array_append_new(changes, json_string(change));
    }
    json_t *hidden = json_array();
    for (size_t i = 0; i < e->hiddens; i++) {
        json_array_append_new(hidden, json_string(e->hidden[i]->says));
    }
    return json_pack("{s:s, s:o, s:o, s:s, s:o}", "dialect", e->dialect->name, "changes", changes, "first_difference",
                     difference_json(&e->first), "text", text, "hidden", hidden);
}

void optcert_identify_print_json(const optcert_build_info *build, const optcert_identification *found, FILE *out)
{
    json_t *json = json_object();
    const char *unsearched = found->explanation.dialect == NULL ? found->explanation.unsearched : NULL;
    json_object_set_new(json, "verdict", json_string(optcert_verdict_text(found->verdict)));
    json_object_set_new(json, "build", optcert_json_string(build->spec));
    json_object_set_new(json, "name", optcert_json_string(build->name));
    json_object_set_new(json, "sha256", json_string(build->digest));
    json_object_set_new(json, "format", json_string(build->scalar == OPTCERT_F32 ? "binary32" : "binary64"));
    json_object_set_new(json, "claims", optcert_json_string(build->claims));
    json_object_set_new(json, "dialects", names(found->dialects));
    json_object_set_new(json, "special_cases", names(found->special));
    json_object_set_new(json, "not_told_apart", untold_json(found));
    json_object_set_new(json, "trouble", optcert_json_string(found->trouble));
    json_object_set_new(json, "deterministic", json_boolean(!found->changing));
    char fields[96];
    optcert_field_names(found->unread, fields, sizeof fields);
    json_object_set_new(json, "reads_beyond_its_dialects", json_string(fields));
    json_object_set_new(json, "departure", optcert_json_string(found->departure));
    json_object_set_new(json, "diagnosis", explanation_json(&found->explanation));
    json_object_set_new(json, "search_ended_at", optcert_json_string(unsearched != NULL ? unsearched : ""));
    json_object_set_new(json, "design", trials_json(found));
    json_object_set_new(json, "probes", json_integer((json_int_t)found->probes));
    json_object_set_new(json, "calls", json_integer((json_int_t)found->calls));
    optcert_json_print(json, out);
}
