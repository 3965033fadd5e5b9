/* SPDX-License-Identifier: GPL-3.0-or-later
 * SARIF 2.1.0 of a certificate: a rule for every claim, a result for every one that failed (error) or is
 * inconclusive (warning), at the file that holds the build. */
#ifndef OPTCERT_SARIF_CLAIMS_H
#define OPTCERT_SARIF_CLAIMS_H
#include <jansson.h>

json_t *optcert_sarif_claims(const json_t *certificate);

#endif
