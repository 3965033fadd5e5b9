/* SPDX-License-Identifier: GPL-3.0-or-later
 * A scaling study as text, as JSON and as a picture. */
#ifndef OPTCERT_SCALING_REPORT_H
#define OPTCERT_SCALING_REPORT_H
#include "scaling_study.h"

#include <stdio.h>

void optcert_scaling_table(const optcert_scaling_study *s, FILE *out);

/* False when the document could not be made or written. */
bool optcert_scaling_json(const optcert_scaling_study *s, FILE *out);

/* Writes PREFIX.dat, PREFIX.gp, and from them PREFIX.svg and PREFIX.png: a panel per test function, a curve per kappa.
 * False when a file could not be written or gnuplot failed. */
bool optcert_scaling_plot(const optcert_scaling_study *s, const char *prefix);

#endif
