/* SPDX-License-Identifier: GPL-3.0-or-later
 * Histograms: one bar for each power of two. */
#include "html_histogram.h"
#include "claim.h"
#include "html.h"

#include <math.h>

enum { BAR = 34, GAP = 4, HEIGHT = 120, TOP = 18, LABELS = 22, WIDTH = OPTCERT_HISTOGRAM * BAR };

/* The largest error of a bin. */
static void label(int bin, char *text, size_t size)
{
    const int exponent = OPTCERT_HISTOGRAM_LOWEST + bin - 1;
    if (bin == 0) {
        snprintf(text, size, "0");
    } else if (bin == OPTCERT_HISTOGRAM - 1) {
        snprintf(text, size, "more");
    } else if (exponent < 0) {
        snprintf(text, size, "1/%d", 1 << -exponent);
    } else {
        snprintf(text, size, "%d", 1 << exponent);
    }
}

static double height(json_int_t count, json_int_t most)
{
    return count > 0 ? HEIGHT * (1 + log10((double)count)) / (1 + log10((double)most)) : 0;
}

static void bar(int bin, json_int_t count, json_int_t most, FILE *out)
{
    const double tall = height(count, most), x = bin * BAR + GAP / 2.0;
    char text[16];
    label(bin, text, sizeof text);
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>", x, TOP + HEIGHT - tall, BAR - GAP, tall);
    if (count > 0) {
        fprintf(out, "<text x=\"%.1f\" y=\"%.1f\">%lld</text>", x + (BAR - GAP) / 2.0, TOP + HEIGHT - tall - 4,
                (long long)count);
    }
    fprintf(out, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", x + (BAR - GAP) / 2.0, TOP + HEIGHT + LABELS - 6, text);
}

void optcert_histogram_print(const char *title, const json_t *counts, FILE *out)
{
    json_int_t most = 0;
    for (size_t i = 0; i < json_array_size(counts); i++) {
        const json_int_t count = json_integer_value(json_array_get(counts, i));
        most = count > most ? count : most;
    }
    if (most == 0 || json_array_size(counts) != OPTCERT_HISTOGRAM) {
        return;
    }
    fputs("<figure><figcaption><code>", out);
    optcert_html_escaped(title, out);
    fprintf(out, "</code></figcaption>\n<svg class=\"histogram\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH,
            TOP + HEIGHT + LABELS);
    optcert_html_escaped(title, out);
    fputs(": values by error in ulps\">\n", out);
    for (int i = 0; i < OPTCERT_HISTOGRAM; i++) {
        bar(i, json_integer_value(json_array_get(counts, (size_t)i)), most, out);
    }
    fputs("</svg></figure>\n", out);
}
