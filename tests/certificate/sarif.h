/* SPDX-License-Identifier: GPL-3.0-or-later
 * SARIF 2.1.0 (OASIS Standard): one run, a rule for every proof goal, a result for every goal that is not proved. */
#ifndef OPTCERT_SARIF_H
#define OPTCERT_SARIF_H
#include <jansson.h>

/* `units`: array of {"unit", "source", "goals": [{"goal", "function", "property"}], "unproved": [{"goal", "message"}]}. */
json_t *optcert_sarif(const json_t *units);

/* The frame around rules and results, which it takes over. */
json_t *optcert_sarif_document(json_t *rules, json_t *results);

#endif
