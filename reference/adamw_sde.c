/* SPDX-License-Identifier: GPL-3.0-or-later
 * SDE limit of AdamW: Adam's drift and the decay. */
#include "schemes.h"

double oc_ref_adamw_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2])
{
    return oc_ref_sub(arith, in[0], oc_ref_mul(arith, p->lambda0, in[1]));
}
