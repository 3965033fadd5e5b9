/* SPDX-License-Identifier: GPL-3.0-or-later
 * SDE limits of SGD, and the scalars of all limits. */
#include "schemes.h"

oc_ref_limit oc_ref_limit_of(const oc_ref_format *format, const oc_ref_limit_input *input)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double root = oc_ref_sqrt(&arith, input->gamma2);
    const double ratio = oc_ref_div(&arith, root, input->gamma1);
    const double noise = oc_ref_mul(&arith, input->sigma0, input->c1);
    const double eps_t = oc_ref_mul(&arith, input->eps0, root);
    const double sgd_noise = oc_ref_mul(&arith, oc_ref_sqrt(&arith, input->eta), input->sigma);
    const double half_eta = oc_ref_mul(&arith, 0.5, input->eta);
    oc_ref_arith_end(&arith);
    return (oc_ref_limit){.sigma0 = oc_ref_round_double(format, input->sigma0),
                          .eps0 = oc_ref_round_double(format, input->eps0),
                          .c1 = oc_ref_round_double(format, input->c1),
                          .c2 = oc_ref_round_double(format, input->c2),
                          .lambda0 = oc_ref_round_double(format, input->lambda0),
                          .eps_t = oc_ref_round_double(format, eps_t),
                          .ratio = oc_ref_round_double(format, ratio),
                          .noise = oc_ref_round_double(format, noise),
                          .half_eta = oc_ref_round_double(format, half_eta),
                          .sgd_noise = oc_ref_round_double(format, sgd_noise)};
}

double oc_ref_sgd_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2])
{
    (void)p;
    return oc_ref_sub(arith, 0, in[0]);
}

double oc_ref_sgd_diffusion(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2])
{
    return oc_ref_mul(arith, p->sgd_noise, in[1]);
}

double oc_ref_sgd_drift2(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3])
{
    return oc_ref_sub(arith, 0, oc_ref_add(arith, in[0], oc_ref_mul(arith, p->half_eta, in[1])));
}
