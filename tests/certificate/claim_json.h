/* SPDX-License-Identifier: GPL-3.0-or-later
 * A claim as JSON and back. Numbers stand there twice: as decimals, and in `bits` as hexadecimal
 * floating point; the bits count, and the decimals must agree with them. */
#ifndef OPTCERT_CLAIM_JSON_H
#define OPTCERT_CLAIM_JSON_H
#include "claims.h"

#include <jansson.h>

json_t *optcert_claim_to_json(const optcert_claim *claim);

/* An observation has no threshold and no verdict. */
json_t *optcert_observation_to_json(const optcert_claim *claim);

/* A list of either kind. */
json_t *optcert_claims_to_json(const optcert_claims *claims, json_t *convert(const optcert_claim *));

/* Reads one claim of a certificate, with the verdict that it states. The texts are borrowed from `json`.
 * False: `why` says what is wrong. */
bool optcert_claim_from_json(const json_t *json, optcert_claim *claim, char *why, size_t why_size);

#endif
