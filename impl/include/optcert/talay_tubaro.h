/* SPDX-License-Identifier: Apache-2.0
 * Talay-Tubaro extrapolation (1990) of expectations from steps h/2 and h: weak order 1 becomes weak order 2. */
#ifndef OPTCERT_TALAY_TUBARO_H
#define OPTCERT_TALAY_TUBARO_H
#ifdef __FRAMAC__
#include "talay_tubaro.acsl"
#endif

#define OC_TEMPLATE "optcert/talay_tubaro.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

/* 2 fine - coarse; fine and coarse are expectations at steps h/2 and h. The doubling is exact, one rounding. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures result: Same(\result, OC_NAME(TalayTubaro)(fine, coarse)); */
OC_REAL OC_NAME(oc_talay_tubaro)(OC_REAL fine, OC_REAL coarse);
#endif
