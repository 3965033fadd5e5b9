/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences from numbers: nothing is said here that the findings do not hold. */
#include "reading.h"

#include "findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct subject {
    const optcert_study *study;
    const optcert_groups *groups;
    const json_t *findings;
    size_t net;
    optcert_trainer optimizer;
    json_t *sentences;
} subject;

static const char *text_of(const json_t *row, const char *key)
{
    return json_string_value(json_object_get(row, key));
}

static bool is_about(const json_t *row, const char *net, const char *optimizer)
{
    return strcmp(text_of(row, "network"), net) == 0 && strcmp(text_of(row, "optimizer"), optimizer) == 0;
}

static void say(json_t *sentences, char *text)
{
    json_array_append_new(sentences, json_string(text));
    free(text);
}

/* ", VERDICT at kappa 2, 4" for the comparisons with that verdict; whether there were any. */
static bool at_kappas(FILE *out, const subject *s, const char *against, bool average, const char *verdict,
                      const char *words, bool first)
{
    size_t i;
    const json_t *row;
    bool any = false;
    json_array_foreach(json_object_get(s->findings, "comparisons"), i, row)
    {
        if (is_about(row, optcert_net_text(s->study->net[s->net]), optcert_trainer_text(s->optimizer)) &&
            strcmp(text_of(row, "against"), against) == 0 && strcmp(text_of(row, "verdict"), verdict) == 0 &&
            json_is_true(json_object_get(row, "average")) == average) {
            const int kappa = (int)json_integer_value(json_object_get(row, "kappa"));
            if (any) {
                fprintf(out, ", %d", kappa);
            } else {
                fprintf(out, "%s %s at kappa %d", first ? "" : ";", words, kappa);
            }
            any = true;
        }
    }
    return any;
}

static void against(const subject *s, optcert_rule rule, bool average)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    const char *name = optcert_rule_text(rule);
    fprintf(out, "%s, %s%s, the square-root rule against %s:", optcert_net_text(s->study->net[s->net]),
            optcert_trainer_text(s->optimizer), average ? ", averaged" : "", name);
    bool any = at_kappas(out, s, name, average, "passed", "it follows batch x 1 more closely", true);
    any |= at_kappas(out, s, name, average, "failed", "it follows batch x 1 less closely", !any);
    any |= at_kappas(out, s, name, average, "inconclusive", "the runs do not decide", !any);
    fprintf(out, ".");
    fclose(out);
    if (any) {
        say(s->sentences, text);
    } else {
        free(text);
    }
}

static const json_t *noise_of(const subject *s)
{
    size_t i;
    const json_t *row;
    json_array_foreach(json_object_get(s->findings, "noise"), i, row)
    {
        if (is_about(row, optcert_net_text(s->study->net[s->net]), optcert_trainer_text(s->optimizer))) {
            return row;
        }
    }
    return NULL;
}

static const optcert_group *find(const subject *s, optcert_rule rule, uint32_t kappa, uint32_t svag)
{
    const optcert_arm arm = {.net = s->study->net[s->net],
                             .optimizer = s->optimizer,
                             .rule = rule,
                             .kappa = kappa,
                             .svag = svag};
    return optcert_groups_find(s->groups, &arm);
}

/* What the noise at batch x 1 said beforehand, and what came. */
static void speed(const subject *s)
{
    char *text = NULL;
    size_t size;
    const json_t *noise = noise_of(s);
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "%s, %s: speed of the loss under the square-root rule, relative to batch x 1 (predicted from the noise "
                 "at batch x 1):", optcert_net_text(s->study->net[s->net]), optcert_trainer_text(s->optimizer));
    for (uint32_t kappa = 2; kappa <= s->study->kappa_max; kappa *= 2) {
        const optcert_group *group = find(s, OPTCERT_RULE_ROOT, kappa, 1);
        if (group->status == OC_OK && noise != NULL) {
            const optcert_estimate e = optcert_speed(group, optcert_reference(s->groups, group), s->study->seeds);
            fprintf(out, "%s %.2f [%.2f, %.2f] (%.2f) at kappa %u", kappa == 2 ? "" : ",", e.value, e.low, e.high,
                    optcert_findings_prediction(noise, kappa), kappa);
        }
    }
    fprintf(out, ".");
    fclose(out);
    say(s->sentences, text);
}

static void svag(const subject *s)
{
    char *text = NULL;
    size_t size;
    const optcert_group *discrete = find(s, OPTCERT_RULE_NONE, 1, 1);
    if (discrete == NULL || s->study->svag_max == 1) {
        return;
    }
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "%s, %s: distance of SVAG(l) from the discrete run:", optcert_net_text(s->study->net[s->net]),
            optcert_trainer_text(s->optimizer));
    for (uint32_t l = 2; l <= s->study->svag_max; l *= 2) {
        const optcert_estimate e = optcert_distance(find(s, OPTCERT_RULE_NONE, 1, l), discrete, s->study->seeds);
        fprintf(out, " %.3f [%.3f, %.3f] at l = %u,", e.value, e.low, e.high, l);
    }
    const optcert_estimate own = optcert_distance(discrete, discrete, s->study->seeds);
    fprintf(out, " where its own seeds are %.3f [%.3f, %.3f] from their mean.", own.value, own.low, own.high);
    fclose(out);
    say(s->sentences, text);
}

json_t *optcert_reading(const optcert_study *study, const optcert_groups *groups, const json_t *findings)
{
    subject s = {.study = study, .groups = groups, .findings = findings, .sentences = json_array()};
    for (s.net = 0; s.net < study->nets; s.net++) {
        for (s.optimizer = OPTCERT_TRAIN_RMSPROP; s.optimizer <= OPTCERT_TRAIN_ADAMW; s.optimizer++) {
            for (optcert_rule rule = OPTCERT_RULE_LINEAR; rule < OPTCERT_RULES; rule++) {
                against(&s, rule, false);
            }
            against(&s, OPTCERT_RULE_FIXED_DECAY, true);
            speed(&s);
            svag(&s);
        }
    }
    return s.sentences;
}

bool optcert_reading_control(const optcert_study *study, const json_t *findings)
{
    size_t i, told = 0, all = 0;
    const json_t *row;
    json_array_foreach(json_object_get(findings, "comparisons"), i, row)
    {
        if (strcmp(text_of(row, "against"), optcert_rule_text(OPTCERT_RULE_NONE)) == 0 &&
            json_integer_value(json_object_get(row, "kappa")) == (json_int_t)study->kappa_max) {
            all++;
            told += strcmp(text_of(row, "verdict"), "passed") == 0;
        }
    }
    return all > 0 && told == all;
}
