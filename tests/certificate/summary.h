/* SPDX-License-Identifier: GPL-3.0-or-later
 * A certificate for people, in 80 columns. */
#ifndef OPTCERT_SUMMARY_H
#define OPTCERT_SUMMARY_H
#include "statement.h"

#include <stdio.h>

void optcert_summary_print(const optcert_certificate *certificate, bool colour, FILE *out);

/* One claim: its verdict, id and numbers, and where it did not pass, the detail. */
void optcert_summary_claim(const optcert_claim *claim, bool colour, FILE *out);

#endif
