/* SPDX-License-Identifier: GPL-3.0-or-later
 * SDE limit of RMSprop. */
#include "schemes.h"

double oc_ref_preconditioner(oc_ref_arith *arith, double sigma0, double eps0, double u)
{
    return oc_ref_add(arith, oc_ref_mul(arith, sigma0, oc_ref_sqrt(arith, u)), eps0);
}

double oc_ref_relax_u(oc_ref_arith *arith, double c2, double sd, double u)
{
    return oc_ref_mul(arith, c2, oc_ref_sub(arith, oc_ref_mul(arith, sd, sd), u));
}

double oc_ref_rmsprop_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3])
{
    const double q = oc_ref_div(arith, in[1], oc_ref_preconditioner(arith, p->sigma0, p->eps0, in[0]));
    return oc_ref_sub(arith, 0, q);
}

double oc_ref_rmsprop_diffusion(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3])
{
    const double noise = oc_ref_mul(arith, p->sigma0, in[2]);
    const double q = oc_ref_div(arith, noise, oc_ref_preconditioner(arith, p->sigma0, p->eps0, in[0]));
    return oc_ref_sub(arith, 0, q);
}

double oc_ref_rmsprop_drift_u(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3])
{
    return oc_ref_relax_u(arith, p->c2, in[2], in[0]);
}
