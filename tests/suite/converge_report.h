/* SPDX-License-Identifier: GPL-3.0-or-later
 * A study as text, as JSON and as pictures. */
#ifndef OPTCERT_CONVERGE_REPORT_H
#define OPTCERT_CONVERGE_REPORT_H
#include "converge.h"

#include <stdio.h>

void optcert_converge_table(const optcert_converge *c, FILE *out);

/* False when the document could not be made or written. */
bool optcert_converge_json(const optcert_converge *c, FILE *out);

/* Writes PREFIX.dat and from it PREFIX.svg and PREFIX.png: |error| against h with fitted and predicted lines.
 * False when a file could not be written or gnuplot failed. */
bool optcert_converge_plot(const optcert_converge *c, const char *prefix);

/* A sampled study's fans of theta over time, chain and SDE side by side: PREFIX-fan.dat, .svg and .png; as above. */
bool optcert_fan_plot(const optcert_converge *c, const char *prefix);

#endif
