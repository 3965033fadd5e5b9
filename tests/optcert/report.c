/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reports that commands with claims share. */
#include "report.h"
#include "claims_junit.h"

#include <errno.h>
#include <string.h>

void optcert_report_junit(const optcert_options *common, const char *suite, const optcert_claims *claims)
{
    if (common->junit != NULL && !optcert_junit_write(common->junit, suite, claims)) {
        optcert_broken("cannot write %s: %s", common->junit, strerror(errno));
    }
}
