/* SPDX-License-Identifier: GPL-3.0-or-later
 * The part of `optcert scale` that looks at gradients in a file. */
#ifndef OPTCERT_SCALE_GRADIENTS_H
#define OPTCERT_SCALE_GRADIENTS_H
#include "gradient_report.h"
#include "scale_rule.h"

/* batch: of the gradients, NULL for the scale's own; shown: a number, "all", or NULL. A usage error ends the program. */
optcert_gradient_report *optcert_scale_gradients(const optcert_scale *scale, const char *path, const char *batch,
                                                 const char *shown);

#endif
