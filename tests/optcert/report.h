/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reports that commands with claims share. */
#ifndef OPTCERT_REPORT_H
#define OPTCERT_REPORT_H
#include "claims.h"
#include "options.h"

/* Writes what --junit asks for, if it does; the program ends where that fails. */
void optcert_report_junit(const optcert_options *common, const char *suite, const optcert_claims *claims);

#endif
