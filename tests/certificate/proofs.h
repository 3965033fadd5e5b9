/* SPDX-License-Identifier: GPL-3.0-or-later
 * Proof claims: what the ledger of proofs says of the units behind a build of liboptcert. Entries were
 * checked against the sources when this program was built; a stale or missing one claims nothing. */
#ifndef OPTCERT_PROOFS_H
#define OPTCERT_PROOFS_H
#include "claims.h"
#include "dialect.h"

/* Adds one claim per unit that the dialect's library code consists of. False when memory fails. */
bool optcert_proof_claims(const oc_ref_dialect *dialect, uint32_t scalar, optcert_claims *claims);

#endif
