/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fans of the chain and of its limit side by side, through gnuplot. */
#include "converge_report.h"
#include "gnuplot.h"
#include "sample/fan.h"
#include "whole_file.h"

#include <stdlib.h>
#include <string.h>

/* Columns: t, five quantiles of the chain, five of the limit, then chain and limit of each pair of paths. */
static bool write_data(const optcert_fan_point *points, size_t count, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, prefix, "-fan.dat");
    if (out == NULL) {
        return false;
    }
    fputs("# t  chain at 5 25 50 75 95 %  SDE at 5 25 50 75 95 %  pairs of paths: chain SDE\n", out);
    for (size_t i = 0; i < count; i++) {
        const optcert_fan_point *p = &points[i];
        fprintf(out, "%.9g", p->t);
        for (size_t q = 0; q < OPTCERT_FAN_QUANTILES; q++) {
            fprintf(out, " %.9g", p->chain[q]);
        }
        for (size_t q = 0; q < OPTCERT_FAN_QUANTILES; q++) {
            fprintf(out, " %.9g", p->limit[q]);
        }
        for (size_t j = 0; j < OPTCERT_FAN_PAIRS; j++) {
            fprintf(out, " %.9g %.9g", p->pair[j][0], p->pair[j][1]);
        }
        fputc('\n', out);
    }
    return optcert_whole_close(&file);
}

enum { FIRST_CHAIN = 2, FIRST_LIMIT = FIRST_CHAIN + OPTCERT_FAN_QUANTILES,
       FIRST_PAIR = FIRST_LIMIT + OPTCERT_FAN_QUANTILES };

/* Bands of 50 % and 90 % with the median and the pairs: `shift` 0 for the chain, 1 for the limit. */
static void write_panel(const char *title, int first, int shift, const char *colour, FILE *out)
{
    fprintf(out, "set title '%s' noenhanced\n", title);
    fprintf(out, "plot name.'-fan.dat' using 1:%d:%d with filledcurves fs transparent solid 0.2 lc rgb '%s' title '90 %%', ",
            first, first + 4, colour);
    fprintf(out, "'' using 1:%d:%d with filledcurves fs transparent solid 0.3 lc rgb '%s' title '50 %%', ", first + 1,
            first + 3, colour);
    fprintf(out, "'' using 1:%d with lines lw 2 lc rgb '%s' title 'median'", first + 2, colour);
    for (int j = 0; j < OPTCERT_FAN_PAIRS; j++) {
        fprintf(out, ", '' using 1:%d with lines lw 1 lc rgb 'black' dt %d notitle", FIRST_PAIR + 2 * j + shift, j + 1);
    }
    fputc('\n', out);
}

static void write_picture(const optcert_converge *c, size_t steps, const char *type, FILE *out)
{
    char title[200];
    fprintf(out, "set terminal %s\nset output name.'-fan.%s'\n",
            strcmp(type, "svg") == 0 ? "svg size 1000,450 background 'white'" : "pngcairo size 1000,450", type);
    fprintf(out, "set multiplot layout 1,2 title '%s on %s: theta, driven by the same normals' noenhanced\n",
            c->study.dynamics.kind->name, c->study.dynamics.oracle.problem.kind->name);
    snprintf(title, sizeof title, "optimizer, %zu steps", steps);
    write_panel(title, FIRST_CHAIN, 0, "#d95f02", out);
    write_panel("its SDE", FIRST_LIMIT, 1, "#1b9e77", out);
    fputs("unset multiplot\nunset output\n", out);
}

/* One axis for both panels: the fans' range over the whole time, a tenth wider. */
static void write_range(const optcert_fan_point *points, size_t count, FILE *out)
{
    double low = points[0].chain[0];
    double high = low;
    for (size_t i = 0; i < count; i++) {
        const double *const ends[] = {points[i].chain, points[i].limit};
        for (int e = 0; e < 2; e++) {
            low = ends[e][0] < low ? ends[e][0] : low;
            high = ends[e][OPTCERT_FAN_QUANTILES - 1] > high ? ends[e][OPTCERT_FAN_QUANTILES - 1] : high;
        }
    }
    const double margin = 0.1 * (high - low);
    fprintf(out, "set yrange [%.9g:%.9g]\nset xlabel 't'\nset ylabel 'theta'\nset grid\nset key below\n", low - margin, high + margin);
}

static bool write_files(const optcert_converge *c, const optcert_fan_point *points, size_t steps, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = write_data(points, steps + 1, prefix) ? optcert_plot_script(&file, prefix, "-fan.gp") : NULL;
    if (out == NULL) {
        return false;
    }
    write_range(points, steps + 1, out);
    write_picture(c, steps, "svg", out);
    write_picture(c, steps, "png", out);
    return optcert_plot_draw(&file);
}

bool optcert_fan_plot(const optcert_converge *c, const char *prefix)
{
    /* the finest row that still shows steps */
    size_t steps = c->row[0].steps;
    for (size_t i = 0; i < c->row_count && c->row[i].steps <= 32; i++) {
        steps = c->row[i].steps;
    }
    optcert_fan_point *points = malloc((steps + 1) * sizeof *points);
    const bool ok = points != NULL && optcert_fan_run(&c->study, c->seed, steps, points) &&
                    write_files(c, points, steps, prefix);
    free(points);
    return ok;
}
