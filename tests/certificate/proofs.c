/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger's entries as claims. */
#include "proofs.h"

#include <stdio.h>
#include <string.h>

typedef struct proved_unit {
    const char *unit, *precision; /* "32", "64", or "any" for code without a format */
    uint64_t goals;
    const char *digest;
} proved_unit;

static const proved_unit proved[] = {
#include "proofs.inc"
    {NULL, NULL, 0, NULL},
};

enum { UNITS = 7 };

/* The library's units behind a dialect: its own, and what it is made of. */
static const struct {
    const char *dialect, *units[UNITS]; /* up to a NULL */
} parts[] = {
    {"sgd", {"sgd", "check", "element"}},
    {"sgd-momentum", {"sgd_momentum", "check", "element"}},
    {"rmsprop", {"rmsprop", "rmsprop_element", "check", "element"}},
    {"rmsprop/new-v", {"rmsprop_newv", "rmsprop", "rmsprop_element", "check", "element"}},
    {"adam", {"adam", "adam_element", "check", "element", "one_minus_pow", "dd"}},
    {"adamw", {"adamw", "adam", "adam_element", "check", "element", "one_minus_pow", "dd"}},
};

static bool add(const proved_unit *entry, optcert_claims *claims)
{
    char id[96], detail[256];
    snprintf(id, sizeof id, "proof.%s.%s", entry->unit, entry->precision);
    snprintf(detail, sizeof detail, "ledger proofs/wp/%s.json, digest of its inputs %s", entry->unit,
             entry->digest);
    const optcert_claim claim = {
        .id = id,
        .metric = "proof obligations that are not proved",
        .method = OPTCERT_PROOF,
        .relation = OPTCERT_AT_MOST,
        .sample_size = entry->goals,
        .basis = "Frama-C/WP: memory safety, assigns, termination, and each output equal to the specified "
                 "sequence of roundings (spec/, proofs/)",
        .detail = detail};
    return optcert_claims_add(claims, &claim);
}

static bool add_unit(const char *unit, const char *precision, optcert_claims *claims)
{
    for (const proved_unit *entry = proved; entry->unit != NULL; entry++) {
        const bool same = strcmp(entry->precision, precision) == 0 || strcmp(entry->precision, "any") == 0;
        if (same && strcmp(entry->unit, unit) == 0 && !add(entry, claims)) {
            return false;
        }
    }
    return true;
}

bool optcert_proof_claims(const oc_ref_dialect *dialect, uint32_t scalar, optcert_claims *claims)
{
    const char *precision = scalar == OPTCERT_F32 ? "32" : "64";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const bool wanted = strcmp(parts[i].dialect, dialect->name) == 0;
        for (size_t u = 0; wanted && u < UNITS && parts[i].units[u] != NULL; u++) {
            if (!add_unit(parts[i].units[u], precision, claims)) {
                return false;
            }
        }
    }
    return true;
}
