/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures are drawn by gnuplot, from a script that stays beside them and their data: it names them by the variable `name`, and runs
 * in their folder, so that the folder's path does not matter and may change. */
#ifndef OPTCERT_GNUPLOT_H
#define OPTCERT_GNUPLOT_H
#include "whole_file.h"

/* Begins the data file PREFIX + ending, or NULL. */
FILE *optcert_plot_data(optcert_whole_file *file, const char *prefix, const char *ending);

/* Begins the script PREFIX + ending, in which name.'.dat' is the file PREFIX.dat. NULL when it cannot be written, or the name has a
 * line break, which no script can quote. */
FILE *optcert_plot_script(optcert_whole_file *file, const char *prefix, const char *ending);

/* Ends the script and runs it; false when that fails, or gnuplot is not there. */
bool optcert_plot_draw(optcert_whole_file *script);

#endif
