/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert calibrate --suite scaling. */
#ifndef OPTCERT_CALIBRATE_SCALING_H
#define OPTCERT_CALIBRATE_SCALING_H
#include "options.h"

/* only: an optimizer's name, or NULL for all. record: where finished runs are kept, or NULL. Answers the exit code. */
int optcert_calibrate_scaling(const char *only, uint64_t seeds, const char *record, const optcert_options *common);

#endif
