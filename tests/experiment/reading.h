/* SPDX-License-Identifier: GPL-3.0-or-later
 * The findings in plain sentences, and whether the study could tell anything at all. */
#ifndef OPTCERT_READING_H
#define OPTCERT_READING_H
#include "study.h"

#include <jansson.h>

/* An array of sentences, in the order network, optimizer. `findings` is the document of findings_json. */
json_t *optcert_reading(const optcert_study *study, const optcert_groups *groups, const json_t *findings);

/* The study's negative control: not scaling at all must be told from the square-root rule at the largest kappa, for
 * every network and optimizer. Where it is not, the study says nothing about the other rules either. */
bool optcert_reading_control(const optcert_study *study, const json_t *findings);

#endif
