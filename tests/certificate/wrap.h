/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text for a terminal. */
#ifndef OPTCERT_WRAP_H
#define OPTCERT_WRAP_H
#include <stdio.h>

/* `text` behind a label, from column `indent` on, broken at blanks (or in a word that is too long) so that
 * no line exceeds 80 columns. */
void optcert_wrap(const char *label, int indent, const char *text, FILE *out);

#endif
