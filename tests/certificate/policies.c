/* SPDX-License-Identifier: GPL-3.0-or-later
 * The policies that the program carries: tests/certificate/policies, put into policies.inc when it is built.
 */
#include "policy.h"

#include <string.h>

static const struct {
    const char *name, *text;
} shipped[] = {
#include "policies.inc"
};

const char *optcert_policy_shipped(const char *name)
{
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        if (strcmp(name, shipped[i].name) == 0) {
            return shipped[i].text;
        }
    }
    return NULL;
}
