/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page. It is made from the statement alone, so that it says what the certificate says. */
#include "html.h"
#include "claim_json.h"
#include "html_bar.h"
#include "html_curve.h"
#include "html_histogram.h"
#include "html_style.h"
#include "verdict.h"

#include <string.h>

void optcert_html_escaped(const char *text, FILE *out)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < sizeof entities / sizeof entities[0] && entities[i].c != *text) {
            i++;
        }
        if (i < sizeof entities / sizeof entities[0]) {
            fputs(entities[i].entity, out);
        } else {
            const unsigned char c = (unsigned char)*text;
            fputc(c < ' ' || c == 0x7f ? '?' : c, out);
        }
    }
}

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* A text between two pieces of markup. */
static void put(const char *before, const char *text, const char *after, FILE *out)
{
    fputs(before, out);
    optcert_html_escaped(text, out);
    fputs(after, out);
}

static void put_verdict(const char *verdict, const char *tag, FILE *out)
{
    fprintf(out, "<%s class=\"verdict ", tag);
    put("", verdict, "\">", out);
    put("", verdict, "", out);
    fprintf(out, "</%s>", tag);
}

static void head(const json_t *predicate, FILE *out)
{
    const json_t *build = json_object_get(predicate, "build");
    put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>",
        word(build, "name"), ": certificate</title>\n<style>\n", out);
    for (size_t i = 0; i < sizeof optcert_html_style / sizeof optcert_html_style[0]; i++) {
        fputs(optcert_html_style[i], out);
    }
    put("</style>\n</head>\n<body>\n<h1>", word(build, "name"), ": ", out);
    put_verdict(word(predicate, "verdict"), "span", out);
    put("</h1>\n<p>held to <code>", word(json_object_get(predicate, "dialect"), "name"), "</code>: ", out);
    put("<code>", word(json_object_get(predicate, "dialect"), "formula"), "</code></p>\n", out);
}

static void row(const char *name, const char *value, FILE *out)
{
    if (*value != '\0') {
        put("<tr><th scope=\"row\">", name, "</th><td>", out);
        put("", value, "</td></tr>\n", out);
    }
}

static void facts(const json_t *statement, const json_t *predicate, FILE *out)
{
    const json_t *build = json_object_get(predicate, "build"),
                 *verifier = json_object_get(predicate, "verifier");
    const json_t *subject = json_array_get(json_object_get(statement, "subject"), 0);
    char seed[32], tool[128];
    snprintf(seed, sizeof seed, "%lld", (long long)json_integer_value(json_object_get(predicate, "seed")));
    snprintf(tool, sizeof tool, "%.40s %.40s", word(verifier, "name"), word(verifier, "version"));
    fputs("<h2>Build</h2>\n<table>\n", out);
    row("build", word(subject, "name"), out);
    row("sha256", word(json_object_get(subject, "digest"), "sha256"), out);
    row("format", word(build, "scalar"), out);
    row("loading it changes", word(build, "fp_environment"), out);
    row("source of the dialect", word(json_object_get(predicate, "dialect"), "source"), out);
    row("level", word(predicate, "level"), out);
    row("seed", seed, out);
    row("time", word(predicate, "time"), out);
    row("verifier", tool, out);
    row("verifier's sources", word(verifier, "source_sha256"), out);
    fputs("</table>\n", out);
}

static void diagnosis(const json_t *predicate, FILE *out)
{
    const char *text = word(predicate, "diagnosis");
    if (*text != '\0') {
        put("<h2>Diagnosis</h2>\n<p>The build ", text, ".</p>\n", out);
    }
}

static void claim_row(const optcert_claim *claim, FILE *out)
{
    static const char *const sign[] = {"at most", "at least", "within"};
    put("<tr><td><code>", claim->id, "</code></td><td>", out);
    put_verdict(optcert_verdict_text(claim->verdict), "span", out);
    fprintf(out, "</td><td class=\"number\">%.4g</td><td class=\"number\">%s %.4g", claim->measured,
            sign[claim->relation], claim->threshold);
    if (claim->relation == OPTCERT_WITHIN) {
        fprintf(out, " of %.4g", claim->target);
    }
    fputs("</td><td>", out);
    optcert_bar_print(claim, out);
    fprintf(out, "</td><td class=\"number\">%s, %llu</td></tr>\n", optcert_method_text(claim->method),
            (unsigned long long)claim->sample_size);
}

static void claims(const json_t *list, FILE *out)
{
    fputs("<h2>Claims</h2>\n<table>\n<thead><tr><th>claim</th><th>verdict</th><th>measured</"
          "th><th>threshold</th>"
          "<th>measured to threshold</th><th>method, sample</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        optcert_claim claim;
        char why[256];
        if (optcert_claim_from_json(json_array_get(list, i), &claim, why, sizeof why)) {
            claim_row(&claim, out);
        }
    }
    fputs("</tbody>\n</table>\n<p class=\"soft\">In each bar the mark is the threshold. Beyond it the axis "
          "is compressed: "
          "its end is infinity.</p>\n",
          out);
}

static void histograms(const json_t *list, FILE *out)
{
    bool any = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        any = any || json_object_get(json_array_get(list, i), "histogram") != NULL;
    }
    if (!any) {
        return;
    }
    fputs("<h2>Errors</h2>\n<p class=\"soft\">How many values had which error, in ulps of the true value; heights are "
          "logarithms.</p>\n", out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *claim = json_array_get(list, i);
        optcert_histogram_print(word(claim, "id"), json_object_get(claim, "histogram"), out);
    }
}

static void curves(const json_t *list, FILE *out)
{
    bool any = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        any = any || json_object_get(json_array_get(list, i), "curve") != NULL;
    }
    if (!any) {
        return;
    }
    fputs("<h2>Weak errors</h2>\n<p class=\"soft\">Distance between the laws of two runs as the step becomes smaller, with its "
          "interval. The dashed line is the threshold for what is left at step 0, the bar on the left the interval of "
          "that, and the dotted line falls like the step.</p>\n", out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        optcert_curve_print(json_array_get(list, i), out);
    }
}

/* What was measured, why that threshold, and the first failing or the worst case. */
static void cases(const json_t *list, FILE *out)
{
    fputs("<h2>Worst cases and grounds</h2>\n<table>\n<thead><tr><th>claim</th><th>case</th><th>measured "
          "is</th>"
          "<th>threshold from</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *claim = json_array_get(list, i);
        put("<tr><td><code>", word(claim, "id"), "</code></td>", out);
        put("<td>", word(claim, "detail"), "</td>", out);
        put("<td class=\"soft\">", word(claim, "metric"), "</td>", out);
        put("<td class=\"soft\">", word(claim, "basis"), "</td></tr>\n", out);
    }
    fputs("</tbody>\n</table>\n", out);
}

/* The decimal, or the word in the bits where there is none (infinity, NaN). */
static void put_measured(const json_t *seen, FILE *out)
{
    const json_t *decimal = json_object_get(seen, "measured");
    if (json_is_number(decimal)) {
        fprintf(out, "<td class=\"number\">%.4g</td>", json_number_value(decimal));
    } else {
        put("<td class=\"number\">", word(json_object_get(seen, "bits"), "measured"), "</td>", out);
    }
}

static void observations(const json_t *list, FILE *out)
{
    if (json_array_size(list) == 0) {
        return;
    }
    fputs("<h2>Observations</h2>\n<p class=\"soft\">Numbers without a verdict: they claim "
          "nothing.</p>\n<table>\n"
          "<thead><tr><th>observation</th><th>measured</th><th>sample</th><th>is</th><th>case</th></tr></"
          "thead>\n"
          "<tbody>\n",
          out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *seen = json_array_get(list, i);
        put("<tr><td><code>", word(seen, "id"), "</code></td>", out);
        put_measured(seen, out);
        fprintf(out, "<td class=\"number\">%lld</td>",
                (long long)json_integer_value(json_object_get(seen, "sample_size")));
        put("<td class=\"soft\">", word(seen, "metric"), "</td>", out);
        put("<td>", word(seen, "detail"), "</td></tr>\n", out);
    }
    fputs("</tbody>\n</table>\n", out);
}

static void rest(const json_t *predicate, FILE *out)
{
    const char *key;
    size_t i;
    json_t *value;
    fputs("<h2>What the claims rest on</h2>\n<table>\n", out);
    json_array_foreach(json_object_get(predicate, "assumptions"), i, value)
    {
        row(word(value, "id"), word(value, "text"), out);
    }
    fputs("</table>\n<h2>Environment</h2>\n<table>\n", out);
    json_object_foreach(json_object_get(predicate, "environment"), key, value)
    {
        const char *text = json_string_value(value);
        row(key, text != NULL ? text : "", out);
    }
    fputs("</table>\n", out);
}

void optcert_html_print(const json_t *statement, FILE *out)
{
    const json_t *predicate = json_object_get(statement, "predicate");
    const json_t *list = json_object_get(predicate, "claims");
    head(predicate, out);
    facts(statement, predicate, out);
    diagnosis(predicate, out);
    claims(list, out);
    histograms(list, out);
    curves(list, out);
    cases(list, out);
    observations(json_object_get(predicate, "observations"), out);
    rest(predicate, out);
    put("<p class=\"soft\">An absent claim claims nothing. Checksum <code>", word(predicate, "checksum"),
        "</code>. This page is a picture of the certificate; <code>optcert verify</code> checks the "
        "certificate "
        "itself.</p>\n</body>\n</html>\n",
        out);
}
