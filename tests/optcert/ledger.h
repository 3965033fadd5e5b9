/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger of proofs, proofs/wp/UNIT.json, as `optcert prove` reads it. */
#ifndef OPTCERT_LEDGER_H
#define OPTCERT_LEDGER_H
#include <jansson.h>
#include <stdbool.h>

/* Runs the proof obligations of one unit against its ledger entry (make, Frama-C, the provers), or with
 * `digests_only` compares digests and runs no prover. What the tools say goes to stderr. True if all is well. */
bool optcert_ledger_run(const char *unit, bool digests_only, unsigned jobs);

/* The units of the source tree in the current folder, as an array of strings; NULL outside a source tree. */
json_t *optcert_ledger_units(void);

/* One unit: its ledger entry (every goal with the unit's digest), "source", "status" ("proved" or "not proved"), and
 * "unproved": [{"goal", "message"}]. */
json_t *optcert_ledger_unit(const char *unit, bool holds);

#endif
