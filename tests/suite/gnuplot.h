/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures are drawn by gnuplot, from a script that stays beside them. */
#ifndef OPTCERT_GNUPLOT_H
#define OPTCERT_GNUPLOT_H
#include "whole_file.h"

/* Begins the file PREFIX + ending, data or script, whose name stands in quotes in scripts. NULL when it cannot. */
FILE *optcert_plot_open(optcert_whole_file *file, const char *prefix, const char *ending);

/* Ends the script and runs it; false when that fails, or gnuplot is not there. */
bool optcert_plot_draw(optcert_whole_file *script);

#endif
