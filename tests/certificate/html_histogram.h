/* SPDX-License-Identifier: GPL-3.0-or-later
 * Histograms of errors as inline SVG. */
#ifndef OPTCERT_HTML_HISTOGRAM_H
#define OPTCERT_HTML_HISTOGRAM_H
#include <jansson.h>
#include <stdio.h>

/* A claim's histogram (claim.h) with its title; nothing when it has none. Heights are logarithms of counts. */
void optcert_histogram_print(const char *title, const json_t *counts, FILE *out);

#endif
