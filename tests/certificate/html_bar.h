/* SPDX-License-Identifier: GPL-3.0-or-later
 * A claim's numbers as a bar: what was measured, and where its threshold lies. */
#ifndef OPTCERT_HTML_BAR_H
#define OPTCERT_HTML_BAR_H
#include "claim.h"

#include <stdio.h>

enum { OPTCERT_BAR_THRESHOLD = 70, OPTCERT_BAR_END = 100 };

/* Where `value` lies on the bar's axis, in percent: 0 at 0, OPTCERT_BAR_THRESHOLD at the threshold, from
 * there on towards OPTCERT_BAR_END, which infinity reaches, and where the threshold is 0 whatever is above.
 * NaN gives 0. */
double optcert_bar_position(double value, double threshold);

/* The bar as inline SVG. */
void optcert_bar_print(const optcert_claim *claim, FILE *out);

#endif
