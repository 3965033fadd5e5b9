/* SPDX-License-Identifier: GPL-3.0-or-later
 * Densities are gnuplot's kernel estimates of the paths in the data file. */
#include "scaling_sampled_plot.h"
#include "gnuplot.h"
#include "whole_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void look(void *context, optcert_scaling_rule rule, int level, size_t first, const double *scaled, const double *base)
{
    optcert_scaling_picture *p = context;
    const size_t block = p->sample->block, left = first < OPTCERT_SHOWN_PATHS ? OPTCERT_SHOWN_PATHS - first : 0;
    const size_t count = block < left ? block : left;
    (void)rule;
    p->paths = count > 0 ? first + count : p->paths;
    for (size_t i = 0; i < p->sample->problem->dimension && count > 0; i++) {
        const size_t at = i * OPTCERT_SHOWN_PATHS + OPTCERT_SHOWN_PATHS - left;
        memcpy(p->end[level][0] + at, scaled + i * block, count * sizeof *scaled);
        memcpy(p->end[level][1] + at, base + i * block, count * sizeof *base);
    }
}

bool optcert_scaling_picture_open(optcert_scaling_picture *picture, optcert_scaling_sample *sample, const char *title)
{
    bool whole = true;
    *picture = (optcert_scaling_picture){.sample = sample, .title = title};
    for (int level = 0; level < OPTCERT_SAMPLED_LEVELS; level++) {
        for (int run = 0; run < 2; run++) {
            picture->end[level][run] = calloc(sample->problem->dimension * OPTCERT_SHOWN_PATHS, sizeof(double));
            whole = whole && picture->end[level][run] != NULL;
        }
    }
    sample->look = look;
    sample->look_context = picture;
    return whole;
}

void optcert_scaling_picture_close(optcert_scaling_picture *picture)
{
    for (int level = 0; level < OPTCERT_SAMPLED_LEVELS; level++) {
        free(picture->end[level][0]);
        free(picture->end[level][1]);
    }
}

/* A block of paths for each level, scaled then base; then the distances at h, h/4 and for h -> 0 with their intervals. */
static bool write_data(const optcert_scaling_picture *p, const optcert_scaling_outcome *outcome, const char *prefix)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, prefix, ".dat");
    if (out == NULL) {
        return false;
    }
    for (int level = 0; level < OPTCERT_SAMPLED_LEVELS; level++) {
        fprintf(out, "# ends of paths, steps of %s: batch x kappa, then batch x 1\n", level == 0 ? "h" : "h/4");
        for (size_t q = 0; q < p->paths; q++) {
            for (int run = 0; run < 2; run++) {
                for (size_t i = 0; i < p->sample->problem->dimension; i++) {
                    fprintf(out, "%.9g ", p->end[level][run][i * OPTCERT_SHOWN_PATHS + q]);
                }
            }
            fputs("\n", out);
        }
        fputs("\n\n", out);
    }
    fputs("# distance at h, at h/4, for h -> 0; interval\n", out);
    const optcert_estimate *rows[] = {&outcome->distance[0], &outcome->distance[1], &outcome->limit};
    for (int i = 0; i < 3; i++) {
        fprintf(out, "%d %.9g %.9g %.9g\n", i, rows[i]->value, rows[i]->low, rows[i]->high);
    }
    return optcert_whole_close(&file);
}

static void write_density(const optcert_scaling_picture *p, size_t coordinate, FILE *out)
{
    static const char *const name[2][2] = {{"batch x kappa, h", "batch x 1, h"}, {"batch x kappa, h/4", "batch x 1, h/4"}};
    fprintf(out, "set title 'coordinate %zu of the iterate'\nset xlabel 'end of the path'\nset ylabel 'density'\n"
                 "unset xtics\nset xtics autofreq\nset xrange [*:*]\nset yrange [0:*]\nplot ",
            coordinate + 1);
    for (int level = 0; level < OPTCERT_SAMPLED_LEVELS; level++) {
        for (int run = 0; run < 2; run++) {
            const size_t column = (size_t)run * p->sample->problem->dimension + coordinate + 1;
            fprintf(out, "%sname.'.dat' index %d using %zu:(1.0/%zu) smooth kdensity with lines lw 2 dt %d lc rgb '%s' title '%s'",
                    level + run > 0 ? ", " : "", level, column, p->paths, level == 0 ? 2 : 1,
                    run == 0 ? "#c0392b" : "#2c3e50", name[level][run]);
        }
    }
    fputs("\n", out);
}

static void write_panels(const optcert_scaling_picture *p, FILE *out)
{
    const size_t dimension = p->sample->problem->dimension;
    fprintf(out, "set multiplot layout %zu,2 title \"%s\" noenhanced\n", (dimension + 2) / 2, p->title);
    for (size_t i = 0; i < dimension; i++) {
        write_density(p, i, out);
    }
    fprintf(out, "set title 'distance of the laws, with its interval'\nunset xlabel\nset ylabel 'MMD'\nset xrange [-0.5:2.5]\n"
                 "set yrange [0:*]\nset xtics ('h' 0, 'h/4' 1, 'h -> 0' 2)\n"
                 "plot %g with lines lw 2 lc rgb '#27ae60' title 'resolution: below it passes for none', "
                 "name.'.dat' index 2 using 1:2:3:4 with yerrorbars pt 7 lw 2 lc rgb '#2c3e50' title 'measured'\n"
                 "unset multiplot\nunset output\n",
            p->sample->resolution);
}

bool optcert_scaling_picture_write(const optcert_scaling_picture *p, const optcert_scaling_outcome *outcome,
                                   const char *prefix)
{
    optcert_whole_file file;
    FILE *out = write_data(p, outcome, prefix) ? optcert_plot_script(&file, prefix, ".gp") : NULL;
    if (out == NULL) {
        return false;
    }
    fputs("set grid\nset key below\nset offsets graph 0, 0, graph 0.05, 0\nset terminal svg size 1000,800 background 'white'\n"
          "set output name.'.svg'\n", out);
    write_panels(p, out);
    fputs("set terminal pngcairo size 1000,800\nset output name.'.png'\n", out);
    write_panels(p, out);
    return optcert_plot_draw(&file);
}
