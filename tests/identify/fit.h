/* SPDX-License-Identifier: GPL-3.0-or-later
 * Unknown numbers of a change: the value with which the model gives what the build gave where it first leaves the
 * model without the change, written with as few digits as the roundings there leave open. */
#ifndef OPTCERT_FIT_H
#define OPTCERT_FIT_H
#include "battery.h"
#include "change.h"

/* Where the answer leaves a whole range open, its middle stands for it: other answers will tell.
 * Values of a free change of `model` that explain the mismatch `where` of that model; at most FIT_MAX of them, in
 * value[]; how many. */
enum { OPTCERT_FIT_MAX = 4 };
size_t optcert_fit(const optcert_change *change, const optcert_model *model, const optcert_mismatch *where,
                   optcert_walk *walk, double value[OPTCERT_FIT_MAX]);

#endif
