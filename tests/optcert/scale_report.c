/* SPDX-License-Identifier: GPL-3.0-or-later
 * What `optcert scale` prints. */
#include "scale_report.h"
#include "json_text.h"
#include "number.h"
#include "rational.h"

#include <math.h>
#include <string.h>

/* Quantities that the rule keeps (their formulas stand in the table), with sigma = 1/sqrt(batch) (noise of one sample: 1). MLPA Sect. 4-5. */
typedef struct invariant {
    const char *key, *formula;
    const char *needs; /* the item that it is about */
    const char *rule;  /* NULL: kept by every rule */
    double (*value)(double lr, double x, double batch);
} invariant;

static double lr_sigma2(double lr, double x, double batch)
{
    (void)x;
    return lr / batch;
}
static double sigma0(double lr, double x, double batch)
{
    (void)x;
    return lr / sqrt(batch);
}
static double eps0(double lr, double x, double batch)
{
    (void)batch;
    return x * lr;
}
static double rate(double lr, double x, double batch)
{
    (void)batch;
    return (1 - x) / (lr * lr);
}
static double lambda0(double lr, double x, double batch)
{
    (void)batch;
    return x / lr;
}

static double averaged(double lr, double x, double batch)
{
    (void)lr;
    return -batch / log(x);
}

static const invariant invariants[] = {
    {"lr_sigma2", "lr*sigma^2", "lr", "linear", lr_sigma2},
    {"sigma0", "lr*sigma", "lr", "square-root", sigma0},
    {"c1", "(1-beta1)/lr^2", "beta1", NULL, rate},
    {"c2", "(1-beta2)/lr^2", "beta2", NULL, rate},
    {"c2", "(1-beta)/lr^2", "beta", NULL, rate},
    {"eps0", "eps*lr", "eps", NULL, eps0},
    {"lambda0", "weight_decay/lr", "weight_decay", NULL, lambda0},
    {"ema_samples", "-batch/log(ema)", "ema", NULL, averaged},
};
enum { INVARIANTS = sizeof invariants / sizeof invariants[0] };

/* The invariant before or after; NaN when it is not about this optimizer. */
static double evaluate(const invariant *what, optcert_scale *scale, bool after)
{
    const optcert_scaled *lr = optcert_scale_item(scale, "lr");
    const optcert_scaled *item = optcert_scale_item(scale, what->needs);
    if (item == NULL || isnan(item->from) || (what->rule != NULL && strcmp(what->rule, scale->optimizer->rule) != 0)) {
        return NAN;
    }
    const double batch = (double)(after ? scale->to_batch : scale->batch);
    const double rate_now = lr == NULL ? NAN : after ? lr->to : lr->from;
    return what->value(rate_now, after ? item->to : item->from, batch);
}

enum { WARNING_SIZE = 160, WARNINGS = 2 * OPTCERT_SCALE_QUANTITIES };

typedef struct warnings {
    char text[WARNINGS][WARNING_SIZE];
    int count;
} warnings;

static void warn_decay(const optcert_scaled *item, warnings *all)
{
    if (1 - item->to > 0.25) {
        char beta[OPTCERT_NUMBER_SIZE];
        optcert_number_shortest(item->to, beta);
        snprintf(all->text[all->count++], WARNING_SIZE,
                 "%s = %s averages over fewer than 4 steps: the rule is a limit for beta near 1",
                 item->quantity->key, beta);
    }
}

static void warn_item(const optcert_scaled *item, warnings *all)
{
    if (item->quantity->usual != NULL && !item->given) {
        snprintf(all->text[all->count++], WARNING_SIZE, "%s was not given: the usual %s is assumed",
                 item->quantity->key, item->quantity->usual);
    }
    if (item->quantity->law == OPTCERT_SCALE_DECAY) {
        warn_decay(item, all);
    }
    if (item->quantity->law == OPTCERT_SCALE_KEEP) {
        snprintf(all->text[all->count++], WARNING_SIZE,
                 "%s is kept (Goyal et al. 2017): it averages over kappa times as many samples", item->quantity->key);
    }
    if (item->quantity->law == OPTCERT_SCALE_FEWER && item->given && item->to != floor(item->to)) {
        snprintf(all->text[all->count++], WARNING_SIZE,
                 "%s / kappa is not a whole number: the nearest is %.0f, %.2g of the run too %s", item->quantity->key,
                 fmax(1, round(item->to)), fabs(fmax(1, round(item->to)) / item->to - 1),
                 fmax(1, round(item->to)) > item->to ? "many" : "few");
    }
}

static void collect(const optcert_scale *scale, warnings *all)
{
    all->count = 0;
    for (int i = 0; i < scale->count; i++) {
        warn_item(&scale->item[i], all);
    }
}

static const char *other_law(const optcert_scaled *item)
{
    return item->quantity->law == OPTCERT_SCALE_POWER ? "1 - kappa*(1-x)" : "x^kappa";
}

/* RMSprop's beta is "beta" among the options and beta2 in the build interface: JSON carries both. */
static void set_both(json_t *object, const char *key, json_t *value)
{
    if (strcmp(key, "beta") == 0) {
        json_object_set(object, "beta2", value);
    }
    json_object_set_new(object, key, value);
}

static json_t *side(const optcert_scale *scale, bool after, bool bits)
{
    json_t *object = json_object();
    if (!bits) {
        json_object_set_new(object, "batch",
                            json_integer((json_int_t)(after ? scale->to_batch : scale->batch)));
    }
    for (int i = 0; i < scale->count; i++) {
        const optcert_scaled *item = &scale->item[i];
        if (isnan(item->from)) {
            continue;
        }
        const double value = after ? item->to : item->from;
        set_both(object, item->quantity->key, bits ? optcert_json_bits(value) : optcert_json_number(value));
    }
    return object;
}

static json_t *invariants_json(optcert_scale *scale, bool after)
{
    json_t *object = json_object();
    for (int i = 0; i < INVARIANTS; i++) {
        const double value = evaluate(&invariants[i], scale, after);
        if (!isnan(value)) {
            json_object_set_new(object, invariants[i].key, optcert_json_number(value));
        }
    }
    return object;
}

static json_t *others_json(const optcert_scale *scale)
{
    json_t *object = json_object();
    for (int i = 0; i < scale->count; i++) {
        double value, difference;
        if (optcert_scale_other(scale, &scale->item[i], &value, &difference)) {
            json_object_set_new(object, scale->item[i].quantity->key,
                                json_pack("{s:s, s:o, s:o}", "law", other_law(&scale->item[i]), "value",
                                          optcert_json_number(value), "difference", optcert_json_number(difference)));
        }
    }
    return object;
}

json_t *optcert_scale_json(optcert_scale *scale)
{
    warnings all;
    collect(scale, &all);
    json_t *notes = json_array();
    for (int i = 0; i < all.count; i++) {
        json_array_append_new(notes, json_string(all.text[i]));
    }
    const optcert_scaled *bound = optcert_scale_bound(scale);
    const uint64_t largest = bound != NULL ? optcert_scale_largest_batch(scale, bound) : 0;
    json_t *document = json_object();
    json_object_set_new(document, "optimizer", json_string(scale->optimizer->name));
    json_object_set_new(document, "rule", json_string(scale->optimizer->rule));
    json_object_set_new(document, "kappa", optcert_json_number(optcert_rational_round(scale->kappa)));
    json_object_set_new(document, "from", side(scale, false, false));
    json_object_set_new(document, "to", side(scale, true, false));
    json_object_set_new(document, "invariants", invariants_json(scale, false));
    json_object_set_new(document, "invariants_after", invariants_json(scale, true));
    json_object_set_new(document, "alternative", others_json(scale));
    json_object_set_new(document, "kappa_max",
                        bound ? optcert_json_number(optcert_scale_kappa_max(bound)) : json_null());
    json_object_set_new(document, "largest_batch", bound ? json_integer((json_int_t)largest) : json_null());
    json_object_set_new(
        document, "bits",
        json_pack("{s:o, s:o}", "from", side(scale, false, true), "to", side(scale, true, true)));
    json_object_set_new(document, "warnings", notes);
    return document;
}

static void text_row(FILE *out, const char *name, double before, double after, const char *note)
{
    char from[OPTCERT_NUMBER_SIZE], to[OPTCERT_NUMBER_SIZE];
    optcert_number_shortest(before, from);
    optcert_number_shortest(after, to);
    fprintf(out, *note != '\0' ? "  %-14s %-22s %-22s %s\n" : "  %-14s %-22s %s\n", name, from, to, note);
}

/* Invariants are equal up to rounding: 12 digits show what is kept, not the last bits of the division. */
static void text_invariants(optcert_scale *scale, FILE *out)
{
    fputs("kept by the rule (sigma = 1/sqrt(batch))\n", out);
    for (int i = 0; i < INVARIANTS; i++) {
        const double before = evaluate(&invariants[i], scale, false);
        if (!isnan(before)) {
            fprintf(out, "  %-14s %-22.12g %-22.12g %s\n", invariants[i].key, before,
                    evaluate(&invariants[i], scale, true), invariants[i].formula);
        }
    }
}

/* The two laws of an average agree for 1 - x -> 0; the difference shows how far that is. */
static void text_others(const optcert_scale *scale, FILE *out)
{
    for (int i = 0; i < scale->count; i++) {
        double value, difference;
        if (optcert_scale_other(scale, &scale->item[i], &value, &difference)) {
            fprintf(out, "alternative: %s = %.12g by %s, which differs by %.3g\n", scale->item[i].quantity->key, value,
                    other_law(&scale->item[i]), difference);
        }
    }
}

static void text_range(const optcert_scale *scale, FILE *out)
{
    const optcert_scaled *bound = optcert_scale_bound(scale);
    if (bound == NULL) {
        fputs("allowed: every kappa > 0\n", out);
        return;
    }
    char most[OPTCERT_NUMBER_SIZE];
    optcert_number_shortest(optcert_scale_kappa_max(bound), most);
    fprintf(out, "allowed: kappa < %s (%s), largest batch %llu\n", most, bound->quantity->key,
            (unsigned long long)optcert_scale_largest_batch(scale, bound));
}

void optcert_scale_text(optcert_scale *scale, FILE *out)
{
    static const char *const law[] = {"* kappa",   "* sqrt(kappa)", "/ sqrt(kappa)", "1 - kappa*(1-beta)",
                                      "ema^kappa", "/ kappa",       "unchanged"};
    char kappa[OPTCERT_NUMBER_SIZE];
    optcert_number_shortest(optcert_rational_round(scale->kappa), kappa);
    fprintf(out, "%s, %s scaling rule, kappa %s\n", scale->optimizer->name, scale->optimizer->rule, kappa);
    fprintf(out, "  %-14s %-22s %s\n", "", "before", "after");
    text_row(out, "batch", (double)scale->batch, (double)scale->to_batch, "");
    for (int i = 0; i < scale->count; i++) {
        const optcert_scaled *item = &scale->item[i];
        if (!isnan(item->from)) {
            text_row(out, item->quantity->key, item->from, item->to, law[item->quantity->law]);
        }
    }
    text_invariants(scale, out);
    text_others(scale, out);
    text_range(scale, out);
    warnings all;
    collect(scale, &all);
    for (int i = 0; i < all.count; i++) {
        fprintf(out, "warning: %s\n", all.text[i]);
    }
}
