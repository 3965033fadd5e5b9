/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every status has a text of its own. */
#include "optcert/status.h"
#include "unit.h"

#include <string.h>

static void texts(void)
{
    for (int i = OC_OK; i <= OC_ERR_LIMIT; i++) {
        const char *text = oc_status_text((oc_status)i);
        UNIT_CHECK(text != NULL && text[0] != '\0', "status %d has no text", i);
        for (int j = OC_OK; j < i; j++) {
            UNIT_CHECK(strcmp(text, oc_status_text((oc_status)j)) != 0, "statuses %d and %d share a text", i, j);
        }
    }
    UNIT_CHECK(strcmp(oc_status_text((oc_status)(OC_ERR_LIMIT + 1)), "unknown status") == 0, "beyond the last");
    UNIT_CHECK(strcmp(oc_status_text((oc_status)-1), "unknown status") == 0, "before the first");
}

UNIT_SUITE(status, {"texts", texts})
