/* SPDX-License-Identifier: GPL-3.0-or-later
 * A growing list of claims. */
#include "claims.h"
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

/* Printable ASCII only: details quote what hostile builds write, and end on terminals and in JSON. */
static const char *copy(const char *text)
{
    char *own = strdup(text != NULL ? text : "");
    for (char *c = own; c != NULL && *c != '\0'; c++) {
        *c = (*c < ' ' || *c > '~') ? '?' : *c;
    }
    return own;
}

static bool grow(optcert_claims *claims)
{
    if (claims->count < claims->room) {
        return true;
    }
    const size_t room = claims->room == 0 ? 16 : 2 * claims->room;
    optcert_claim *item = reallocarray(claims->item, room, sizeof *item);
    if (item == NULL) {
        return false;
    }
    claims->item = item;
    claims->room = room;
    return true;
}

bool optcert_claims_add(optcert_claims *claims, const optcert_claim *claim)
{
    if (!grow(claims)) {
        return false;
    }
    optcert_claim *own = &claims->item[claims->count];
    *own = *claim;
    own->id = copy(claim->id);
    own->metric = copy(claim->metric);
    own->basis = copy(claim->basis);
    own->detail = copy(claim->detail);
    claims->count++;
    optcert_claim_close(own);
    return own->id != NULL && own->metric != NULL && own->basis != NULL && own->detail != NULL;
}

void optcert_claims_free(optcert_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        free((char *)(size_t)claims->item[i].id);
        free((char *)(size_t)claims->item[i].metric);
        free((char *)(size_t)claims->item[i].basis);
        free((char *)(size_t)claims->item[i].detail);
    }
    free(claims->item);
    *claims = (optcert_claims){0};
}

const optcert_claim *optcert_claims_find(const optcert_claims *claims, const char *id)
{
    for (size_t i = 0; i < claims->count; i++) {
        if (strcmp(claims->item[i].id, id) == 0) {
            return &claims->item[i];
        }
    }
    return NULL;
}

optcert_verdict optcert_claims_verdict(const optcert_claims *claims)
{
    optcert_verdict all = claims->count > 0 ? OPTCERT_PASSED : OPTCERT_INCONCLUSIVE;
    for (size_t i = 0; i < claims->count; i++) {
        if (claims->item[i].verdict == OPTCERT_FAILED) {
            return OPTCERT_FAILED;
        }
        if (claims->item[i].verdict == OPTCERT_INCONCLUSIVE) {
            all = OPTCERT_INCONCLUSIVE;
        }
    }
    return all;
}
