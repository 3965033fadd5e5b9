/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suite scaling with --engine monte-carlo: the library's optimizers on oracles in 2 and 3 dimensions whose batches really
 * become kappa times as large. */
#include "converge_scaling_sampled.h"
#include "claim_json.h"
#include "command.h"
#include "json_text.h"
#include "law_distance.h"
#include "report.h"
#include "resolution.h"
#include "scaling_calibrate.h"
#include "scaling_sampled_plot.h"
#include "verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KAPPA_MOST = 16, BLOCK = 1024 };

typedef struct kappa_list {
    size_t count;
    unsigned kappa[4];
} kappa_list;

static void take_kappa(const char *word, void *context)
{
    kappa_list *list = context;
    const unsigned kappa = (unsigned)optcert_option_whole("--kappa", word, 2, KAPPA_MOST);
    if ((kappa & (kappa - 1)) != 0) {
        optcert_usage("--kappa '%s' is not 2, 4, 8 or 16: with --engine monte-carlo it must be a power of 2", word);
    }
    if (list->count == sizeof list->kappa / sizeof list->kappa[0]) {
        optcert_usage("--kappa names more than %zu ratios", list->count);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->kappa[i] == kappa) {
            optcert_usage("--kappa names %u twice", kappa);
        }
    }
    list->kappa[list->count++] = kappa;
}

static optcert_scaling_rule rule_of(const optcert_converge_request *r, const optcert_scaling_sample *sample)
{
    bool wanted[OPTCERT_SCALING_RULES];
    const optcert_scaling_rule rule = optcert_scaling_rule_find(r->control != NULL ? r->control : "rule");
    if (rule == OPTCERT_SCALING_RULES) {
        optcert_usage("--control '%s' is not a mistake in the scaling rule (optcert converge --controls lists them)", r->control);
    }
    optcert_scaling_wanted(sample, wanted);
    if (!wanted[rule]) {
        optcert_usage("--control '%s' changes nothing for %s", r->control, r->optimizer != NULL ? r->optimizer : "rmsprop");
    }
    return rule;
}

static void set_sample(const optcert_converge_request *r, const optcert_options *common, optcert_scaling_sample *sample)
{
    const char *optimizer = r->optimizer != NULL ? r->optimizer : "rmsprop";
    const char *problem = r->problem != NULL ? r->problem : "bowl";
    const optcert_scaling_subject *subject = optcert_scaling_subject_find(optimizer);
    const optcert_swarm_problem *chosen = optcert_swarm_problem_find(problem);
    const struct {
        const char *option, *value;
    } idle[] = {{"--noise", r->noise},           {"--data", r->data},     {"--steps", r->steps}, {"--phi", r->phi},
                {"--integrator", r->integrator}, {"--resume", r->resume}, {"--hessian", r->hessian},
                {"--covariance", r->covariance}, {"--set", r->sets > 0 ? r->set[0] : NULL}};
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++) {
        if (idle[i].value != NULL) {
            optcert_usage("%s '%s' means nothing here: the sampled scaling suite has cases of its own", idle[i].option,
                          idle[i].value);
        }
    }
    if (subject == NULL) {
        optcert_usage("--optimizer '%s' is not sgd, ema, rmsprop, adam or adamw", optimizer);
    }
    if (chosen == NULL) {
        optcert_usage("--problem '%s' is not bowl, skewed or stackloss", problem);
    }
    optcert_scaling_sample_of(subject, chosen, sample);
    sample->seed = common->seed;
    if (r->resolution != NULL) {
        sample->resolution = optcert_option_resolution(r->resolution);
    }
    if (r->paths != NULL) {
        sample->paths = (size_t)optcert_option_whole("--paths", r->paths, BLOCK, UINT64_C(1) << 24) / BLOCK * BLOCK;
    }
}

static void print_row(unsigned kappa, const optcert_scaling_outcome *o)
{
    static const char *const level[OPTCERT_SAMPLED_LEVELS] = {"h", "h/4"};
    for (int i = 0; i < OPTCERT_SAMPLED_LEVELS; i++) {
        printf("%6u %-5s %-9.4g [%.4g, %.4g]%*s %-10.4g +- %-10.2g %-9.3g %.3g\n", kappa, level[i], o->distance[i].value,
               o->distance[i].low, o->distance[i].high, 4, "", o->mean[i], o->mean_error[i], o->energy[i].distance,
               o->energy[i].p);
    }
}

static json_t *row_json(unsigned kappa, const optcert_scaling_outcome *o)
{
    json_t *levels = json_array();
    for (int i = 0; i < OPTCERT_SAMPLED_LEVELS; i++) {
        json_array_append_new(
            levels, json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "svag", 1 << i, "distance",
                              optcert_json_number(o->distance[i].value), "low", optcert_json_number(o->distance[i].low),
                              "high", optcert_json_number(o->distance[i].high), "second_moment_difference",
                              optcert_json_number(o->mean[i]), "se", optcert_json_number(o->mean_error[i]), "energy_distance",
                              optcert_json_number(o->energy[i].distance), "permutation_p",
                              optcert_json_number(o->energy[i].p)));
    }
    return json_pack("{s:i, s:o}", "kappa", (int)kappa, "levels", levels);
}

static void print_claims(const optcert_scaling_sample *sample, const optcert_claims *claims)
{
    char meaning[OPTCERT_RESOLUTION_TEXT];
    optcert_resolution_meaning(sample->problem, sample->resolution, meaning);
    printf("\n%-32s %-10s %-10s %-24s %-13s %s\n", "claim", "at most", "measured", "interval", "verdict", "refused for sure from");
    for (size_t i = 0; i < claims->count; i++) {
        const optcert_claim *claim = &claims->item[i];
        const optcert_estimate limit = {claim->measured, claim->low, claim->high};
        printf("%-32s %-10.4g %-10.4g [%.4g, %.4g]%*s %-13s %.3g\n", claim->id, claim->threshold, claim->measured, claim->low,
               claim->high, 4, "", optcert_verdict_text(claim->verdict), optcert_resolution_seen(claim->threshold, &limit));
    }
    printf("resolution %s\nverdict: %s\n", meaning, optcert_verdict_text(optcert_claims_verdict(claims)));
}

/* Measures one rule, and draws PREFIX-kappaN where pictures are asked for. */
static void measure(const optcert_converge_request *r, optcert_scaling_sample *sample, optcert_scaling_rule rule,
                    optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES])
{
    bool wanted[OPTCERT_SCALING_RULES] = {false};
    char title[200], prefix[4096];
    optcert_scaling_picture picture;
    wanted[rule] = true;
    snprintf(title, sizeof title, "%s on %s, kappa = %u: %s", r->optimizer != NULL ? r->optimizer : "rmsprop",
             sample->problem->name, sample->kappa, optcert_scaling_rule_text(rule));
    if ((r->plot != NULL && !optcert_scaling_picture_open(&picture, sample, title)) ||
        !optcert_scaling_measure(sample, wanted, outcome)) {
        optcert_broken("memory is short");
    }
    if (!outcome[rule].ran) {
        optcert_broken("the library refused a run at kappa %u", sample->kappa);
    }
    if (r->plot != NULL) {
        snprintf(prefix, sizeof prefix, "%s-kappa%u", r->plot, sample->kappa);
        if (!optcert_scaling_picture_write(&picture, &outcome[rule], prefix)) {
            optcert_broken("--plot '%s': the pictures could not be made (gnuplot writes them)", r->plot);
        }
        optcert_scaling_picture_close(&picture);
    }
}

/* One batch ratio: its claim, and a row for the report. */
static void run_kappa(const optcert_converge_request *r, optcert_scaling_sample *sample, optcert_scaling_rule rule,
                      const optcert_options *common, optcert_claims *claims, json_t *rows)
{
    optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES];
    char id[64];
    snprintf(id, sizeof id, "scaling.%s.kappa%u", sample->problem->name, sample->kappa);
    measure(r, sample, rule, outcome);
    (void)optcert_scaling_claim(sample, id, &outcome[rule], claims);
    json_array_append_new(rows, row_json(sample->kappa, &outcome[rule]));
    if (!common->json) {
        print_row(sample->kappa, &outcome[rule]);
    }
}

int optcert_converge_scaling_sampled(const optcert_converge_request *r, const optcert_options *common)
{
    optcert_scaling_sample sample;
    kappa_list list = {0};
    optcert_claims claims = {0};
    json_t *rows = json_array();
    set_sample(r, common, &sample);
    const optcert_scaling_rule rule = rule_of(r, &sample);
    optcert_converge_each_word("--kappa", r->kappa != NULL ? r->kappa : "2,4", take_kappa, &list);
    sample.permutations = 199;
    if (!common->json) {
        printf("scaling: %s on %s, %zu coupled pairs of paths, %s\n%6s %-5s %-37s %-25s %s\n",
               r->optimizer != NULL ? r->optimizer : "rmsprop", sample.problem->name, sample.paths,
               optcert_scaling_rule_text(rule), "kappa", "step", "distance (MMD)", "difference of E|theta|^2",
               "energy distance, p of equal laws (independent)");
    }
    for (size_t i = 0; i < list.count; i++) {
        sample.kappa = list.kappa[i];
        run_kappa(r, &sample, rule, common, &claims, rows);
        optcert_progress(common, "scaling: ratios", i + 1, list.count);
    }
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    if (common->json) {
        optcert_json_print(json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:o, s:o, s:s}", "suite", "scaling", "problem",
                                     sample.problem->name, "optimizer", r->optimizer != NULL ? r->optimizer : "rmsprop",
                                     "method", optcert_method_text(OPTCERT_SAMPLED), "rule", optcert_scaling_rule_name(rule),
                                     "paths", (json_int_t)sample.paths, "seed", (json_int_t)sample.seed, "rows", rows,
                                     "claims", optcert_claims_to_json(&claims, optcert_claim_to_json), "verdict",
                                     optcert_verdict_text(verdict)),
                           stdout);
    } else {
        print_claims(&sample, &claims);
        json_decref(rows);
    }
    optcert_report_junit(common, "optcert.converge", &claims);
    optcert_claims_free(&claims);
    return optcert_exit_code(verdict);
}
