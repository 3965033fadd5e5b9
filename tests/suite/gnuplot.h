/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures are drawn by gnuplot, from a script that stays beside them. */
#ifndef OPTCERT_GNUPLOT_H
#define OPTCERT_GNUPLOT_H
#include <stdbool.h>

/* Runs the script; false when gnuplot is not there or failed. */
bool optcert_gnuplot(const char *script);

#endif
