/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stochastic Heun: the corrector. The predictor is Euler-Maruyama. */
#include "schemes.h"

double oc_ref_heun(oc_ref_arith *arith, const oc_ref_time *t, const double in[6])
{
    const double drifted = oc_ref_drift(arith, t->half, in[0], oc_ref_add(arith, in[1], in[2]));
    const double noise = oc_ref_noise(arith, t->half_root, oc_ref_add(arith, in[3], in[4]), in[5]);
    return oc_ref_add(arith, drifted, noise);
}
