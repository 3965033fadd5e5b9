/* SPDX-License-Identifier: GPL-3.0-or-later
 * The picture of sizes. */
#include "picture.h"
#include "gnuplot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct curve {
    const char *who, *title, *style;
    unsigned threads;
} curve;

static const curve curves[] = {
    {"divider", "limit: one square root and one division", "lines lc rgb '#999999' dt 2 lw 2", 1},
    {"twin", "limit: same loads and stores", "lines lc rgb '#999999' dt 3 lw 2", 1},
    {"core", "proved core, -O2", "linespoints lc rgb '#b35806' pt 6", 1},
    {"optcert", "optcert, 1 thread", "linespoints lc rgb '#2166ac' lw 2 pt 7", 1},
    {"optcert", "optcert, 2 threads", "linespoints lc rgb '#67a9cf' lw 2 pt 7", 2},
    {"PyTorch", "PyTorch, 1 thread", "linespoints lc rgb '#b2182b' pt 5", 1},
    {"NumPy", "NumPy", "linespoints lc rgb '#998ec3' pt 9", 1},
};
enum { CURVES = sizeof curves / sizeof curves[0] };

static int by_size(const void *a, const void *b)
{
    const bench_result *x = *(const bench_result *const *)a, *y = *(const bench_result *const *)b;
    return (x->n > y->n) - (x->n < y->n);
}

/* One block of the data file; false when memory fails. */
static bool write_curve(FILE *file, const bench_results *results, const curve *c, unsigned bits)
{
    const bench_result **found = calloc(results->count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; found != NULL && i < results->count; i++) {
        const bench_result *r = &results->item[i];
        const bool same = r->bits == bits && r->threads == c->threads && strcmp(r->what, "adam_step") == 0;
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
        fprintf(file, "%g %g %g\n", found[i]->n, found[i]->median, found[i]->least);
    }
    fprintf(file, "%s\n\n", count == 0 ? "NaN NaN NaN\n" : "");
    const bool whole = found != NULL;
    free(found);
    return whole;
}

static void write_panel(FILE *script, const char *data, unsigned bits)
{
    fprintf(script, "set title 'Adam, binary%u'\nplot ", bits);
    for (int c = 0; c < CURVES; c++) {
        fprintf(script, "%s'%s' index %d using 1:2 with %s title '%s'", c > 0 ? ", " : "", data,
                (bits == 32 ? 0 : CURVES) + c, curves[c].style, curves[c].title);
    }
    fprintf(script, "\n");
}

static void write_script(FILE *script, const char *title, const char *path, const char *data)
{
    fprintf(script,
            "set terminal pngcairo size 1500,640 font 'sans,11'\nset output '%s.png'\n"
            "set multiplot layout 1,2 title '%s' noenhanced\n"
            "set logscale xy\nset format x '10^{%%L}'\nset grid\nset key top right font ',9'\nset yrange [0.15:600]\n"
            "set xlabel 'parameters'\nset ylabel 'ns per parameter (median)'\n",
            path, title);
    write_panel(script, data, 32);
    write_panel(script, data, 64);
    fprintf(script, "unset multiplot\n");
}

bool bench_picture(const bench_results *results, const char *title, const char *path)
{
    char data[512], script[512];
    snprintf(data, sizeof data, "%s.dat", path);
    snprintf(script, sizeof script, "%s.gp", path);
    FILE *numbers = fopen(data, "we"), *commands = fopen(script, "we");
    bool whole = numbers != NULL && commands != NULL;
    for (unsigned bits = 32; whole && bits <= 64; bits += 32) {
        for (int c = 0; whole && c < CURVES; c++) {
            whole = write_curve(numbers, results, &curves[c], bits);
        }
    }
    if (whole) {
        write_script(commands, title, path, data);
    }
    whole = (numbers == NULL || fclose(numbers) == 0) && whole;
    whole = (commands == NULL || fclose(commands) == 0) && whole;
    if (!whole || !optcert_gnuplot(script)) {
        fprintf(stderr, "bench: no picture: %s\n", whole ? "gnuplot is not there or failed" : "cannot write its data");
        return false;
    }
    return true;
}
