/* SPDX-License-Identifier: GPL-3.0-or-later
 * A study from words: names of problem, optimizer and noise, and KEY=VALUE settings. */
#ifndef OPTCERT_SETTINGS_H
#define OPTCERT_SETTINGS_H
#include "study.h"

enum { OPTCERT_REASON_SIZE = 300 };

/* Default values for the study's problem and optimizer, which must be set. */
void optcert_settings_default(optcert_study *study);

/* Applies "a=1,sigma0=0.5". False with a reason that names the key, the value and the rule. */
bool optcert_settings_apply(optcert_study *study, const char *text, char reason[OPTCERT_REASON_SIZE]);

/* Checks what one setting alone cannot show: c h < 1 at the largest step, test functions that exist. */
bool optcert_settings_check(const optcert_study *study, size_t fewest_steps, char reason[OPTCERT_REASON_SIZE]);

/* The mistakes and laws that optcert_settings_control knows, by number; NULL: no more. */
const char *optcert_settings_control_name(size_t i, const char **text);

/* A mistake or a law outside the hypotheses, by name; false when there is none of that name, or it changes nothing
 * for this optimizer and problem (then with a reason). */
bool optcert_settings_control(optcert_study *study, const char *name, char reason[OPTCERT_REASON_SIZE]);

#endif
