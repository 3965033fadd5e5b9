/* SPDX-License-Identifier: GPL-3.0-or-later
 * Policies: what a certificate must contain to be accepted. Their form is on the page spec/policy.md. */
#ifndef OPTCERT_POLICY_H
#define OPTCERT_POLICY_H
#include "claims.h"
#include "dsse.h"

#include <jansson.h>

#define OPTCERT_POLICY_TYPE "urn:x-optcert:policy:v1"

/* The text of a policy that the program carries; NULL when there is none of that name. */
const char *optcert_policy_shipped(const char *name);

/* Reads a policy, strictly: a member that is not known would ask for something that nobody checks. NULL:
 * `why` says what is wrong. */
json_t *optcert_policy_read(const char *text, size_t size, char *why, size_t why_size);

const char *optcert_policy_name(const json_t *policy);

/* Holds a sound certificate to the policy. Checks, each a claim: policy.signed, policy.level, policy.dialects
 * where the policy asks for them, and policy.PATTERN for each requirement. */
void optcert_policy_apply(const json_t *policy, const json_t *certificate, optcert_signature signature,
                          optcert_claims *checks);

#endif
