/* SPDX-License-Identifier: GPL-3.0-or-later
 * SDE limit of Adam at one time. */
#include "schemes.h"

double oc_ref_adam_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4])
{
    const double moved = oc_ref_mul(arith, p->ratio, in[0]);
    const double q = oc_ref_div(arith, moved, oc_ref_preconditioner(arith, p->sigma0, p->eps_t, in[1]));
    return oc_ref_sub(arith, 0, q);
}

double oc_ref_adam_drift_m(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4])
{
    return oc_ref_mul(arith, p->c1, oc_ref_sub(arith, in[2], in[0]));
}

double oc_ref_adam_diffusion_m(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4])
{
    return oc_ref_mul(arith, p->noise, in[3]);
}

double oc_ref_adam_drift_u(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4])
{
    return oc_ref_relax_u(arith, p->c2, in[3], in[1]);
}
