/* SPDX-License-Identifier: GPL-3.0-or-later
 * Log-log pictures through gnuplot. */
#include "converge_report.h"
#include "gnuplot.h"
#include "whole_file.h"

#include <math.h>
#include <string.h>

/* One block per test function: h, |error|, low, high of it, |C| h^p predicted, fitted line. */
static bool write_data(const optcert_converge *c, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, prefix, ".dat");
    if (out == NULL) {
        return false;
    }
    fputs("# h  |error|  low  high  predicted  fitted\n", out);
    for (size_t p = 0; p < c->study.phi_count; p++) {
        const optcert_row *last = &c->row[c->row_count - 1];
        fprintf(out, "# %s\n", c->study.phi[p].name);
        for (size_t i = 0; i < c->row_count; i++) {
            const optcert_row *row = &c->row[i];
            const double size = fabs(row->error[p]);
            const double fitted = fabs(last->error[p]) * pow(row->h / last->h, c->fitted[p]);
            const double margin = row->resolution[p] + OPTCERT_NORMAL_99 * row->se[p];
            fprintf(out, "%.17g %.17g %.17g %.17g %.17g %.17g\n", row->h, size, fmax(size - margin, 0.05 * size),
                    size + margin, fabs(c->predicted[p].value) * pow(row->h, optcert_converge_leading(c, p)),
                    fitted);
        }
        fputs("\n\n", out);
    }
    return optcert_whole_close(&file);
}

static void write_plot(const optcert_converge *c, const char *type, FILE *out)
{
    fprintf(out, "set terminal %s\nset output name.'.%s'\n",
            strcmp(type, "svg") == 0 ? "svg size 800,600 background 'white'" : "pngcairo size 800,600", type);
    fprintf(out, "plot ");
    for (size_t p = 0; p < c->study.phi_count; p++) {
        char slope[40] = "not resolved";
        if (isfinite(c->order[p].value)) {
            snprintf(slope, sizeof slope, "slope %.3f", c->order[p].value);
        }
        fprintf(out, "name.'.dat' index %zu using 1:2:3:4 with yerrorbars pt 7 lc %zu title '%s: %s', ", p, p + 1,
                c->study.phi[p].name, slope);
        fprintf(out, "'' index %zu using 1:6 with lines lc %zu notitle, ", p, p + 1);
        if (isfinite(c->predicted[p].value)) {
            fprintf(out, "'' index %zu using 1:5 with lines dt 2 lc %zu title 'predicted %.5g %s', ", p, p + 1,
                    fabs(c->predicted[p].value), optcert_converge_leading(c, p) == 0.5 ? "sqrt(h)" : "h");
        }
    }
    fputs("\nunset output\n", out);
}

/* What the errors are of. */
static const char *error_name(const optcert_converge *c)
{
    if (strcmp(c->suite, "integrator") != 0) {
        return "|E phi(chain) - E phi(SDE)|";
    }
    return c->method == OPTCERT_SAMPLED ? "E |scheme - solution|, same path" : "|E phi(scheme) - E phi(solution)|";
}

bool optcert_converge_plot(const optcert_converge *c, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = write_data(c, prefix) ? optcert_plot_script(&file, prefix, ".gp") : NULL;
    if (out == NULL) {
        return false;
    }
    fprintf(out, "set logscale xy\nset format '%%.0e'\nset xlabel 'h'\nset ylabel '%s' noenhanced\nset key left top noenhanced\n",
            error_name(c));
    fprintf(out, "set title '%s: %s on %s, %s noise' noenhanced\nset grid\n", c->suite, c->study.dynamics.kind->name,
            c->study.dynamics.oracle.problem.kind->name, c->study.dynamics.oracle.noise->name);
    write_plot(c, "svg", out);
    write_plot(c, "png", out);
    return optcert_plot_draw(&file);
}
