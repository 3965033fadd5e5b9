/* SPDX-License-Identifier: GPL-3.0-or-later
 * Euler-Maruyama: x + a h, plus b sqrt(h) z. */
#include "schemes.h"

double oc_ref_euler_maruyama(oc_ref_arith *arith, const oc_ref_time *t, const double in[4])
{
    const double drifted = oc_ref_drift(arith, t->h, in[0], in[1]);
    return oc_ref_add(arith, drifted, oc_ref_noise(arith, t->root, in[2], in[3]));
}
