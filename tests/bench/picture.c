/* SPDX-License-Identifier: GPL-3.0-or-later
 * The picture: sizes of arrays, numbers of paths and of steps; of what was not measured no panel. */
#include "picture.h"
#include "gnuplot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct curve {
    const char *who, *title, *style;
    unsigned threads;
    const char *what; /* the end of the name of results over paths or steps */
} curve;

static const curve curves[] = {
    {"divider", "limit: one square root and one division", "lines lc rgb '#999999' dt 2 lw 2", 1, NULL},
    {"twin", "limit: same loads and stores", "lines lc rgb '#999999' dt 3 lw 2", 1, NULL},
    {"core", "proved core, -O2", "linespoints lc rgb '#b35806' pt 6", 1, NULL},
    {"optcert", "optcert, 1 thread", "linespoints lc rgb '#2166ac' lw 2 pt 7", 1, NULL},
    {"optcert", "optcert, 2 threads", "linespoints lc rgb '#67a9cf' lw 2 pt 7", 2, NULL},
    {"PyTorch", "PyTorch, 1 thread", "linespoints lc rgb '#b2182b' pt 5", 1, NULL},
    {"NumPy", "NumPy", "linespoints lc rgb '#998ec3' pt 9", 1, NULL},
};
enum { CURVES = sizeof curves / sizeof curves[0] };

/* Over paths and over steps. */
static const curve path_curves[] = {
    {"optcert", "Gaussian increments, 1 thread", "linespoints lc rgb '#2166ac' lw 2 pt 7", 1, "gaussian"},
    {"optcert", "Gaussian increments, 2 threads", "linespoints lc rgb '#67a9cf' lw 2 pt 7", 2, "gaussian"},
    {"optcert", "two-point increments, 1 thread", "linespoints lc rgb '#1b7837' lw 2 pt 5", 1, "two-point"},
    {"optcert", "two-point increments, 2 threads", "linespoints lc rgb '#7fbf7b' lw 2 pt 5", 2, "two-point"},
};
enum { PATH_CURVES = sizeof path_curves / sizeof path_curves[0] };
static const char *const path_panels[] = {"over paths", "over steps"};
enum { PATH_PANELS = sizeof path_panels / sizeof path_panels[0] };

static int by_size(const void *a, const void *b)
{
    const bench_result *x = *(const bench_result *const *)a, *y = *(const bench_result *const *)b;
    return (x->n > y->n) - (x->n < y->n);
}

/* One block of the data file; false when memory fails. */
static bool write_curve(FILE *file, const bench_results *results, const curve *c, const char *what, unsigned bits)
{
    const bench_result **found = calloc(results->count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; found != NULL && i < results->count; i++) {
        const bench_result *r = &results->item[i];
        const bool same = r->bits == bits && r->threads == c->threads && strcmp(r->what, what) == 0;
        const bool exact = strcmp(r->who, c->who) == 0 || (c->who[0] < 'a' && strncmp(r->who, c->who, strlen(c->who)) == 0);
        if (same && exact && strcmp(r->where, "aligned") != 0) {
            found[count++] = r;
        }
    }
    if (found != NULL) {
        qsort(found, count, sizeof(const bench_result *), by_size);
    }
    fprintf(file, "# %s f%u\n", c->title, bits);
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "%g %g %g\n", found[i]->n, isnan(found[i]->alone) ? found[i]->median : found[i]->alone, found[i]->least);
    }
    fprintf(file, "%s\n\n", count == 0 ? "NaN NaN NaN\n" : "");
    const bool whole = found != NULL;
    free(found);
    return whole;
}

static void write_panel(FILE *script, const char *what, unsigned bits)
{
    fprintf(script, "set title '%s, binary%u' noenhanced\nplot ", what, bits);
    for (int c = 0; c < CURVES; c++) {
        fprintf(script, "%sname.'.dat' index %d using 1:2 with %s title '%s'", c > 0 ? ", " : "",
                (bits == 32 ? 0 : CURVES) + c, curves[c].style, curves[c].title);
    }
    fprintf(script, "\n");
}

static void write_path_panel(FILE *script, int panel)
{
    fprintf(script, "set title 'Paths of the RMSprop limit, binary64, %s'\nset xlabel '%s'\nplot ", path_panels[panel],
            panel == 0 ? "paths a thread (64 steps)" : "steps (1024 paths a thread)");
    for (int c = 0; c < PATH_CURVES; c++) {
        fprintf(script, "%sname.'.dat' index %d using 1:2 with %s title '%s'", c > 0 ? ", " : "",
                2 * CURVES + panel * PATH_CURVES + c, path_curves[c].style, path_curves[c].title);
    }
    fprintf(script, "\n");
}

static bool write_path_curves(FILE *file, const bench_results *results)
{
    bool whole = true;
    for (int panel = 0; panel < PATH_PANELS; panel++) {
        for (int c = 0; whole && c < PATH_CURVES; c++) {
            char what[64];
            snprintf(what, sizeof what, "%s %s", path_panels[panel], path_curves[c].what);
            whole = write_curve(file, results, &path_curves[c], what, 64);
        }
    }
    return whole;
}

static bool write_data(const bench_results *results, const char *what, const char *path)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, path, ".dat");
    bool whole = out != NULL;
    for (unsigned bits = 32; whole && bits <= 64; bits += 32) {
        for (int c = 0; whole && c < CURVES; c++) {
            whole = write_curve(out, results, &curves[c], what, bits);
        }
    }
    whole = whole && write_path_curves(out, results);
    return out != NULL && optcert_whole_close(&file) && whole;
}

static void write_script(FILE *script, const char *title, const char *what, bool paths)
{
    fprintf(script,
            "set terminal pngcairo size 1500,%d font 'sans,11'\nset output name.'.png'\n"
            "set multiplot layout %d,2 title '%s' noenhanced\n"
            "set logscale xy\nset format x '10^{%%L}'\nset grid\nset key top right font ',9'\nset yrange [%s]\n"
            "set xlabel 'parameters'\nset ylabel 'ns per parameter (median)'\n",
            paths ? 1240 : 620, paths ? 2 : 1, title, strcmp(what, "adam_step") == 0 ? "0.15:600" : "*:*");
    write_panel(script, what, 32);
    write_panel(script, what, 64);
    fprintf(script, "set yrange [0.3:10]\nset ylabel 'ns per path-step (median)'\n");
    for (int panel = 0; paths && panel < PATH_PANELS; panel++) {
        write_path_panel(script, panel);
    }
    fprintf(script, "unset multiplot\n");
}

/* Adam's step, which is measured at more sizes, or else the first that was measured. */
static const char *drawn_step(const bench_results *results)
{
    const char *found = NULL;
    for (size_t i = 0; i < results->count; i++) {
        const char *what = results->item[i].what;
        found = strcmp(what, "adam_step") == 0 || found == NULL ? what : found;
    }
    return found;
}

static bool has_paths(const bench_results *results)
{
    bool found = false;
    for (size_t i = 0; i < results->count; i++) {
        found = found || strncmp(results->item[i].what, path_panels[0], strlen(path_panels[0])) == 0;
    }
    return found;
}

bool bench_picture(const bench_results *results, const char *title, const char *path)
{
    optcert_whole_file script;
    const char *what = drawn_step(results);
    FILE *out = write_data(results, what, path) ? optcert_plot_script(&script, path, ".gp") : NULL;
    if (out != NULL) {
        write_script(out, title, what, has_paths(results));
    }
    const bool whole = out != NULL && optcert_plot_draw(&script);
    if (!whole) {
        fprintf(stderr, "bench: no picture: %s\n", out != NULL ? "gnuplot is not there or failed" : "cannot write its data");
    }
    return whole;
}
