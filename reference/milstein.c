/* SPDX-License-Identifier: GPL-3.0-or-later
 * Milstein: Euler-Maruyama plus (h/2) (b b') (z^2 - 1). */
#include "schemes.h"

double oc_ref_milstein(oc_ref_arith *arith, const oc_ref_time *t, const double in[5])
{
    const double first[] = {in[0], in[1], in[2], in[4]};
    const double euler = oc_ref_euler_maruyama(arith, t, first);
    const double scaled = oc_ref_mul(arith, t->half, oc_ref_mul(arith, in[2], in[3]));
    return oc_ref_add(arith, euler, oc_ref_mul(arith, scaled, oc_ref_square_less_one(arith, in[4])));
}
