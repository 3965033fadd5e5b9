/* SPDX-License-Identifier: GPL-3.0-or-later
 * Platen's scheme of weak order 2: supporting values and step. */
#include "schemes.h"

double oc_ref_platen_up(oc_ref_arith *arith, const oc_ref_time *t, const double in[4])
{
    return oc_ref_add(arith, oc_ref_drift(arith, t->h, in[0], in[1]), oc_ref_mul(arith, in[2], t->root));
}

double oc_ref_platen_down(oc_ref_arith *arith, const oc_ref_time *t, const double in[4])
{
    return oc_ref_sub(arith, oc_ref_drift(arith, t->h, in[0], in[1]), oc_ref_mul(arith, in[2], t->root));
}

double oc_ref_platen(oc_ref_arith *arith, const oc_ref_time *t, const double in[7])
{
    const double drifted = oc_ref_drift(arith, t->half, in[0], oc_ref_add(arith, in[1], in[2]));
    const double sides = oc_ref_add(arith, in[4], in[5]);
    const double sum = oc_ref_add(arith, sides, oc_ref_add(arith, in[3], in[3]));
    const double moved = oc_ref_add(arith, drifted, oc_ref_noise(arith, t->quarter_root, sum, in[6]));
    const double scaled = oc_ref_mul(arith, t->quarter_root, oc_ref_sub(arith, in[4], in[5]));
    return oc_ref_add(arith, moved, oc_ref_mul(arith, scaled, oc_ref_square_less_one(arith, in[6])));
}
