/* SPDX-License-Identifier: GPL-3.0-or-later
 * What identify answers, as text of 80 columns and as JSON. */
#ifndef OPTCERT_IDENTIFY_REPORT_H
#define OPTCERT_IDENTIFY_REPORT_H
#include "identify.h"

#include <stdio.h>

void optcert_identify_print(const optcert_build_info *build, const optcert_identification *found, FILE *out);
void optcert_identify_print_json(const optcert_build_info *build, const optcert_identification *found, FILE *out);

#endif
