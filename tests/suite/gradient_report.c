/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradient diagnostics for readers. */
#include "gradient_report.h"
#include "json_text.h"

#include <math.h>
#include <stdlib.h>

static int by_ratio(const void *a, const void *b)
{
    const optcert_coordinate *x = a, *y = b;
    if (x->ratio.value != y->ratio.value) {
        return x->ratio.value < y->ratio.value ? 1 : -1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

static bool sample_allowed(const optcert_gradient_sample *s, char why[OPTCERT_GRADIENT_REASON])
{
    size_t row, column;
    if (s->count < OPTCERT_GRADIENTS_MIN) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "%zu gradients are too few: at least %d are needed", s->count,
                 OPTCERT_GRADIENTS_MIN);
        return false;
    }
    if (s->dimension == 0) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "the gradients have no coordinates");
        return false;
    }
    if (!(s->batch > 0) || !(s->to_batch > 0) || !isfinite(s->batch) || !isfinite(s->to_batch)) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "batch sizes %g and %g: both must be > 0", s->batch, s->to_batch);
        return false;
    }
    if (optcert_gradient_first_bad(s, &row, &column)) {
        snprintf(why, OPTCERT_GRADIENT_REASON,
                 "gradient %zu, coordinate %zu (both from 0) is %g: it must be a number of at most %g in size", row, column,
                 s->value[row * s->dimension + column], OPTCERT_GRADIENT_MOST);
        return false;
    }
    return true;
}

optcert_gradient_report *optcert_gradient_report_make(const optcert_gradient_sample *sample, size_t shown,
                                                      char why[OPTCERT_GRADIENT_REASON])
{
    if (!sample_allowed(sample, why)) {
        return NULL;
    }
    optcert_gradient_report *report = calloc(1, sizeof *report);
    optcert_coordinate *coordinate = calloc(sample->dimension, sizeof *coordinate);
    if (report == NULL || coordinate == NULL) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "memory is short");
        free(coordinate);
        free(report);
        return NULL;
    }
    *report = (optcert_gradient_report){.count = sample->count,
                                        .dimension = sample->dimension,
                                        .shown = shown < sample->dimension ? shown : sample->dimension,
                                        .batch = sample->batch,
                                        .to_batch = sample->to_batch,
                                        .coordinate = coordinate};
    if (!optcert_gradient_measure(sample, coordinate, &report->summary)) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "memory is short");
        optcert_gradient_report_free(report);
        return NULL;
    }
    qsort(coordinate, sample->dimension, sizeof *coordinate, by_ratio);
    while (coordinate[report->most_skewed].index != report->summary.most_skewed) {
        report->most_skewed++;
    }
    return report;
}

void optcert_gradient_report_free(optcert_gradient_report *report)
{
    if (report != NULL) {
        free(report->coordinate);
        free(report);
    }
}

static const char *const advice[] = {
    "noise dominates, as the rule needs",
    "noise does not clearly dominate: the rule is a rough guide there",
    "do not expect the rule to hold",
    "too few gradients to tell whether noise dominates: take more of them",
};

static void sentence_ratio(const optcert_gradient_report *r, char *out)
{
    const optcert_estimate *ratio = &r->summary.ratio;
    if (isinf(ratio->value)) {
        snprintf(out, OPTCERT_SENTENCE, "the gradients show no noise at all: they are one gradient, or full-batch ones");
        return;
    }
    snprintf(out, OPTCERT_SENTENCE, "at batch %.17g the gradient mean is %.2g times its noise (%.2g to %.2g): %s", r->to_batch,
             ratio->value, ratio->low, ratio->high, advice[r->summary.regime]);
}

static void sentence_critical(const optcert_gradient_report *r, char *out)
{
    const optcert_estimate *critical = &r->summary.critical;
    char most[40];
    snprintf(most, sizeof most, "%.3g", critical->high);
    if (isinf(critical->value)) {
        snprintf(out, OPTCERT_SENTENCE, "these gradients do not show a mean: it equals the noise at no batch below %.3g",
                 critical->low);
        return;
    }
    snprintf(out, OPTCERT_SENTENCE, "mean and noise are equal at batch %.3g (%.3g to %s)", critical->value, critical->low,
             isinf(critical->high) ? "any size" : most);
}

static void sentence_coordinates(const optcert_gradient_report *r, char *out)
{
    snprintf(out, OPTCERT_SENTENCE,
             "in %zu of %zu coordinates (%.3g %%) the mean exceeds the noise at batch %.17g, in %zu of them surely",
             r->summary.above, r->dimension, 100.0 * (double)r->summary.above / (double)r->dimension, r->to_batch,
             r->summary.surely_above);
}

/* The third moment of a batch's z goes like 1/sqrt(batch), which is the theorem's low skewness. */
static void sentence_skewness(const optcert_gradient_report *r, char *out)
{
    const optcert_coordinate *c = &r->coordinate[r->most_skewed];
    const double factor = sqrt(r->batch / r->to_batch);
    snprintf(out, OPTCERT_SENTENCE,
             "the most skewed coordinate is %zu: %.2g (%.2g to %.2g) at batch %.17g, to be expected at batch %.17g: %.2g",
             c->index, c->skewness.value, c->skewness.low, c->skewness.high, r->batch, r->to_batch,
             c->skewness.value * factor);
}

size_t optcert_gradient_sentences(const optcert_gradient_report *report, char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE])
{
    size_t count = 0;
    sentence_ratio(report, text[count++]);
    if (report->summary.noiseless < report->dimension) {
        sentence_critical(report, text[count++]);
        sentence_coordinates(report, text[count++]);
        sentence_skewness(report, text[count++]);
    }
    if (report->summary.noiseless > 0) {
        snprintf(text[count++], OPTCERT_SENTENCE, "%zu of %zu coordinates are the same in every gradient",
                 report->summary.noiseless, report->dimension);
    }
    return count;
}

static json_t *estimate_json(optcert_estimate x)
{
    return json_pack("{s:o, s:o, s:o}", "estimate", optcert_json_number(x.value), "low", optcert_json_number(x.low), "high",
                     optcert_json_number(x.high));
}

static json_t *coordinate_json(const optcert_coordinate *c)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o}", "index", (json_int_t)c->index, "mean_to_noise",
                     estimate_json(c->ratio), "mean", estimate_json(c->mean), "variance", estimate_json(c->variance),
                     "second_moment", estimate_json(c->second), "skewness", estimate_json(c->skewness));
}

static json_t *sentences_json(const optcert_gradient_report *report)
{
    char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE];
    json_t *array = json_array();
    const size_t count = optcert_gradient_sentences(report, text);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(array, json_string(text[i]));
    }
    return array;
}

static json_t *quantiles_json(const optcert_gradient_report *r)
{
    static const char *const key[OPTCERT_RATIO_QUANTILES] = {"5", "25", "50", "75", "95"};
    json_t *object = json_object();
    for (size_t q = 0; q < OPTCERT_RATIO_QUANTILES; q++) {
        json_object_set_new(object, key[q], optcert_json_number(r->summary.quantile[q]));
    }
    return object;
}

json_t *optcert_gradient_report_json(const optcert_gradient_report *r)
{
    static const char *const regime[] = {"noise", "between", "mean", "undecided"};
    json_t *coordinates = json_array();
    for (size_t i = 0; i < r->shown; i++) {
        json_array_append_new(coordinates, coordinate_json(&r->coordinate[i]));
    }
    json_t *document = json_pack("{s:I, s:I, s:o, s:o, s:f, s:s, s:o, s:o}", "gradients", (json_int_t)r->count, "dimension",
                                 (json_int_t)r->dimension, "batch", optcert_json_number(r->batch), "to_batch",
                                 optcert_json_number(r->to_batch), "confidence", 0.95, "dominates",
                                 regime[r->summary.regime], "mean_to_noise", estimate_json(r->summary.ratio),
                                 "critical_batch", estimate_json(r->summary.critical));
    json_object_set_new(document, "mean_to_noise_quantiles", quantiles_json(r));
    json_object_set_new(document, "above", json_integer((json_int_t)r->summary.above));
    json_object_set_new(document, "surely_above", json_integer((json_int_t)r->summary.surely_above));
    json_object_set_new(document, "noiseless", json_integer((json_int_t)r->summary.noiseless));
    json_object_set_new(document, "most_skewed", coordinate_json(&r->coordinate[r->most_skewed]));
    json_object_set_new(document, "coordinates", coordinates);
    json_object_set_new(document, "sentences", sentences_json(r));
    return document;
}

void optcert_gradient_report_text(const optcert_gradient_report *r, FILE *out)
{
    char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE];
    fprintf(out, "%zu gradients of batch %.17g, %zu coordinates (intervals: 95 %%)\n", r->count, r->batch, r->dimension);
    const size_t count = optcert_gradient_sentences(r, text);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "  %s\n", text[i]);
    }
    if (r->shown > 0) {
        fprintf(out, "  %-10s %-28s %-12s %-12s %-26s %s\n", "coordinate", "mean/noise at the new batch", "mean", "noise",
                "second moment", "skewness");
    }
    for (size_t i = 0; i < r->shown; i++) {
        const optcert_coordinate *c = &r->coordinate[i];
        char ratio[48], second[48], skew[48];
        snprintf(ratio, sizeof ratio, "%.3g (%.3g to %.3g)", c->ratio.value, c->ratio.low, c->ratio.high);
        snprintf(second, sizeof second, "%.3g (%.3g to %.3g)", c->second.value, c->second.low, c->second.high);
        snprintf(skew, sizeof skew, "%.2g (%.2g to %.2g)", c->skewness.value, c->skewness.low, c->skewness.high);
        fprintf(out, "  %-10zu %-28s %-12.4g %-12.4g %-26s %s\n", c->index, ratio, c->mean.value, sqrt(c->variance.value),
                second, skew);
    }
}

char *optcert_gradient_text(const double *value, size_t count, size_t dimension, double batch, double to_batch,
                            size_t shown, char why[OPTCERT_GRADIENT_REASON])
{
    const optcert_gradient_sample sample = {count, dimension, value, batch, to_batch};
    optcert_gradient_report *report = optcert_gradient_report_make(&sample, shown, why);
    json_t *document = report != NULL ? optcert_gradient_report_json(report) : NULL;
    char *text = document != NULL ? optcert_json_text(document) : NULL;
    if (report != NULL && text == NULL) {
        snprintf(why, OPTCERT_GRADIENT_REASON, "memory is short");
    }
    json_decref(document);
    optcert_gradient_report_free(report);
    return text;
}

void optcert_gradient_text_free(char *text)
{
    free(text);
}
