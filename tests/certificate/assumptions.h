/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the claims of a certificate rest on. */
#ifndef OPTCERT_ASSUMPTIONS_H
#define OPTCERT_ASSUMPTIONS_H
#include "claims.h"

#include <jansson.h>

/* {"id", "text", "for": "tests" | "proofs"}; those of proofs only where a claim is a proof. */
json_t *optcert_assumptions_json(const optcert_claims *claims);

#endif
