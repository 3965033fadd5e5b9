/* SPDX-License-Identifier: GPL-3.0-or-later
 * |D(h)| against h, log-log: what the rule promises is a line of slope 1, what a mistake does levels off. */
#include "gnuplot.h"
#include "scaling_report.h"
#include "whole_file.h"

#include <math.h>

/* Blocks by test function and kappa: h, |D|, |first order|. */
static bool write_data(const optcert_scaling_study *s, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, prefix, ".dat");
    if (out == NULL) {
        return false;
    }
    fputs("# h  |difference|  |first order|\n", out);
    for (size_t p = 0; p < s->study.phi_count; p++) {
        for (size_t k = 0; k < s->kappa_count; k++) {
            fprintf(out, "# %s, kappa %zu\n", s->study.phi[p].name, s->kappa[k]);
            for (size_t i = 0; i < s->step_count; i++) {
                const optcert_row *row = &s->at[k].row[i];
                fprintf(out, "%.17g %.17g %.17g\n", row->h, fabs(row->error[p]), fabs(s->at[k].predicted[p].value) * row->h);
            }
            fputs("\n\n", out);
        }
    }
    return optcert_whole_close(&file);
}

static void write_panels(const optcert_scaling_study *s, FILE *out)
{
    const size_t columns = s->study.phi_count > 1 ? 2 : 1, lines = (s->study.phi_count + columns - 1) / columns;
    fprintf(out, "set multiplot layout %zu,%zu title '%s on %s, batch x kappa: %s' noenhanced\n", lines, columns,
            s->average_rate > 0.0 ? "average of sgd" : s->study.dynamics.kind->name,
            s->study.dynamics.oracle.problem.kind->name, optcert_scaling_rule_text(s->rule));
    for (size_t p = 0; p < s->study.phi_count; p++) {
        fprintf(out, "set title 'E %s' noenhanced\nplot ", s->study.phi[p].name);
        for (size_t k = 0; k < s->kappa_count; k++) {
            const size_t block = p * s->kappa_count + k;
            fprintf(out, "%sname.'.dat' index %zu using 1:2 with linespoints pt 7 lc %zu title 'kappa %zu', ", k > 0 ? ", " : "",
                    block, k + 1, s->kappa[k]);
            fprintf(out, "'' index %zu using 1:3 with lines dt 2 lc %zu %s", block, k + 1,
                    k + 1 == s->kappa_count ? "title 'first order'" : "notitle");
        }
        fputs("\n", out);
    }
    fputs("unset multiplot\nunset output\n", out);
}

bool optcert_scaling_plot(const optcert_scaling_study *s, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = write_data(s, prefix) ? optcert_plot_script(&file, prefix, ".gp") : NULL;
    if (out == NULL) {
        return false;
    }
    fputs("set logscale xy\nset format y '%.0e'\nset xlabel 'h at batch x 1'\nset ylabel '|difference|'\n"
          "set key bottom right\nset grid\n",
          out);
    fputs("set terminal svg size 1000,800 background 'white'\nset output name.'.svg'\n", out);
    write_panels(s, out);
    fputs("set terminal pngcairo size 1000,800\nset output name.'.png'\n", out);
    write_panels(s, out);
    return optcert_plot_draw(&file);
}
