/* SPDX-License-Identifier: GPL-3.0-or-later
 * A scaled set of hyper-parameters as text and as JSON, with the invariants before and after. */
#ifndef OPTCERT_SCALE_REPORT_H
#define OPTCERT_SCALE_REPORT_H
#include "scale_rule.h"

#include <jansson.h>
#include <stdio.h>

json_t *optcert_scale_json(optcert_scale *scale);
void optcert_scale_text(optcert_scale *scale, FILE *out);

#endif
