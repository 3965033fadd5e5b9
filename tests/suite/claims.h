/* SPDX-License-Identifier: GPL-3.0-or-later
 * A growing list of claims that owns its texts. */
#ifndef OPTCERT_CLAIMS_H
#define OPTCERT_CLAIMS_H
#include "claim.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct optcert_claims {
    optcert_claim *item;
    size_t count, room;
} optcert_claims; /* starts as {0} */

/* Copies the claim and its texts, and closes it (its verdict is decided here). False when memory fails. */
bool optcert_claims_add(optcert_claims *claims, const optcert_claim *claim);
void optcert_claims_free(optcert_claims *claims);

/* The first claim of that id; NULL when there is none. */
const optcert_claim *optcert_claims_find(const optcert_claims *claims, const char *id);

/* failed when one failed, else inconclusive when one is or when there is none, else passed. */
optcert_verdict optcert_claims_verdict(const optcert_claims *claims);

#endif
