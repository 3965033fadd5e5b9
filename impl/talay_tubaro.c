/* SPDX-License-Identifier: Apache-2.0
 * Talay-Tubaro extrapolation. */
#include "optcert/talay_tubaro.h"

#include "real.h"

OC_REAL OC_NAME(oc_talay_tubaro)(OC_REAL fine, OC_REAL coarse)
{
    const OC_REAL twice = fine + fine;
    return twice - coarse;
}

