/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place that decides a verdict. */
#ifndef OPTCERT_VERDICT_H
#define OPTCERT_VERDICT_H
#include "claim.h"

/* The verdict that follows from the claim's numbers alone. A NaN anywhere in them, or a sample size
 * of 0 for anything but a proof, is inconclusive at best. */
optcert_verdict optcert_judge(const optcert_claim *claim);

/* Sets claim->verdict to optcert_judge(claim). */
void optcert_claim_close(optcert_claim *claim);

const char *optcert_verdict_text(optcert_verdict verdict);
const char *optcert_method_text(optcert_method method);
const char *optcert_relation_text(optcert_relation relation);

#endif
