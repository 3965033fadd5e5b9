/* SPDX-License-Identifier: GPL-3.0-or-later
 * Curves of the page: how a weak error falls with the step, as inline SVG. */
#ifndef OPTCERT_HTML_CURVE_H
#define OPTCERT_HTML_CURVE_H
#include <jansson.h>
#include <stdio.h>

/* A claim's curve on logarithmic axes, with the interval of each point, the threshold, what is left for h -> 0, and the
 * slope of order 1. Nothing where the claim has no curve. */
void optcert_curve_print(const json_t *claim, FILE *out);

#endif
