/* SPDX-License-Identifier: GPL-3.0-or-later
 * Curves. Both axes are logarithmic; what lies below the lower one, 0 too, is drawn on it. */
#include "html_curve.h"
#include "html.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { WIDTH = 560, HEIGHT = 300, LEFT = 70, RIGHT = 16, TOP = 14, BOTTOM = 46, LIMIT = 46, POINTS_MAX = 16 };

typedef struct point {
    double h, value, low, high;
} point;

typedef struct plot {
    point at[POINTS_MAX];
    size_t count;
    double threshold, low, high; /* of the claim: what is left for h -> 0 lies between low and high */
    double h_low, h_high, y_low, y_high;
} plot;

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void widen(double y, plot *p)
{
    if (isfinite(y) && y > 0) {
        p->y_low = fmin(p->y_low, y);
        p->y_high = fmax(p->y_high, y);
    }
}

/* Whole decades around what is drawn. */
static bool read(const json_t *claim, plot *p)
{
    size_t i;
    json_t *value;
    *p = (plot){.threshold = number(claim, "threshold"), .low = number(claim, "low"), .high = number(claim, "high"),
                .h_low = INFINITY, .y_low = INFINITY};
    json_array_foreach(json_object_get(claim, "curve"), i, value)
    {
        const point at = {number(value, "h"), number(value, "value"), number(value, "low"), number(value, "high")};
        if (p->count < POINTS_MAX && at.h > 0 && isfinite(at.value)) {
            p->at[p->count++] = at;
            p->h_low = fmin(p->h_low, at.h);
            p->h_high = fmax(p->h_high, at.h);
            widen(at.value, p);
            widen(at.high, p);
        }
    }
    widen(p->threshold, p);
    widen(p->high, p);
    p->y_low = pow(10, floor(log10(p->y_low)));
    p->y_high = pow(10, ceil(log10(p->y_high)));
    return p->count > 1 && p->y_low < p->y_high && p->h_low < p->h_high;
}

/* The stretch left of the points is for h -> 0. */
static double across(const plot *p, double h)
{
    const double from = LEFT + LIMIT + 20, to = WIDTH - RIGHT - 20;
    return from + (to - from) * log(h / p->h_low) / log(p->h_high / p->h_low);
}

static double down(const plot *p, double y)
{
    const double bottom = HEIGHT - BOTTOM;
    const double share = y > p->y_low ? log(y / p->y_low) / log(p->y_high / p->y_low) : 0;
    return bottom - fmin(share, 1) * (bottom - TOP);
}

static void line(const char *class, double x1, double y1, double x2, double y2, FILE *out)
{
    fprintf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", class, x1, y1, x2, y2);
}

static void text(const char *anchor, double x, double y, const char *words, FILE *out)
{
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
}

static void axes(const plot *p, FILE *out)
{
    char words[32];
    for (double y = p->y_low; y <= p->y_high * 1.01; y *= 10) {
        line("grid", LEFT, down(p, y), WIDTH - RIGHT, down(p, y), out);
        snprintf(words, sizeof words, "%.0e", y);
        text("end", LEFT - 6, down(p, y) + 4, words, out);
    }
    for (size_t i = 0; i < p->count; i++) {
        const double inverse = 1 / p->at[i].h;
        snprintf(words, sizeof words, inverse > 1.5 ? "1/%.0f" : "1", inverse);
        text("middle", across(p, p->at[i].h), HEIGHT - BOTTOM + 16, words, out);
    }
    text("middle", LEFT + LIMIT / 2.0, HEIGHT - BOTTOM + 16, "&#8594; 0", out);
    text("middle", (LEFT + WIDTH) / 2.0, HEIGHT - 8, "step size (1: that of the plain run)", out);
    fprintf(out, "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">distance</text>\n",
            (HEIGHT - BOTTOM + TOP) / 2.0);
}

/* An error that falls like h, through the first point. */
static void slope(const plot *p, FILE *out)
{
    const double end = p->at[0].value * p->h_low / p->at[0].h;
    const double least = fmax(end, p->y_low), h = p->at[0].h * least / p->at[0].value;
    if (p->at[0].value > p->y_low) {
        line("slope", across(p, p->at[0].h), down(p, p->at[0].value), across(p, h), down(p, least), out);
    }
}

static void points(const plot *p, FILE *out)
{
    fputs("<polyline class=\"seen\" points=\"", out);
    for (size_t i = 0; i < p->count; i++) {
        fprintf(out, "%.1f,%.1f ", across(p, p->at[i].h), down(p, p->at[i].value));
    }
    fputs("\"/>", out);
    for (size_t i = 0; i < p->count; i++) {
        const double x = across(p, p->at[i].h);
        line("interval", x, down(p, p->at[i].low), x, down(p, p->at[i].high), out);
        fprintf(out, "<circle class=\"seen\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, down(p, p->at[i].value));
    }
}

static void limit(const plot *p, const char *verdict, FILE *out)
{
    const double x = LEFT + LIMIT / 2.0, top = down(p, p->high), bottom = down(p, fmax(p->low, 0));
    if (isfinite(p->high)) {
        fprintf(out, "<rect class=\"limit %s\" x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"%.1f\"/>", verdict, x - 8, top,
                fmax(bottom - top, 2));
    }
    line("threshold", LEFT, down(p, p->threshold), WIDTH - RIGHT, down(p, p->threshold), out);
}

void optcert_curve_print(const json_t *claim, FILE *out)
{
    plot p;
    const char *id = json_string_value(json_object_get(claim, "id"));
    const char *verdict = json_string_value(json_object_get(claim, "verdict"));
    if (id == NULL || verdict == NULL || strpbrk(verdict, "<>&\"'") != NULL || !read(claim, &p)) {
        return;
    }
    fputs("<figure><figcaption><code>", out);
    optcert_html_escaped(id, out);
    fprintf(out, "</code></figcaption>\n<svg class=\"curve\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    optcert_html_escaped(id, out);
    fputs(": distance by step\">\n", out);
    axes(&p, out);
    slope(&p, out);
    points(&p, out);
    limit(&p, verdict, out);
    fputs("</svg></figure>\n", out);
}
