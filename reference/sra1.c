/* SPDX-License-Identifier: GPL-3.0-or-later
 * SRA1: supporting value and step. */
#include "schemes.h"

/* sqrt(h) (z1 + z2 / sqrt 3) / 2 */
static double mixed(oc_ref_arith *arith, const oc_ref_time *t, double z1, double z2)
{
    const double sum = oc_ref_add(arith, z1, oc_ref_mul(arith, t->inv_root3, z2));
    return oc_ref_mul(arith, t->half_root, sum);
}

double oc_ref_sra1_support(oc_ref_arith *arith, const oc_ref_time *t, const double in[5])
{
    const double drifted = oc_ref_drift(arith, t->three_quarters, in[0], in[1]);
    const double scaled = oc_ref_mul(arith, 1.5, in[2]);
    return oc_ref_add(arith, drifted, oc_ref_mul(arith, scaled, mixed(arith, t, in[3], in[4])));
}

double oc_ref_sra1(oc_ref_arith *arith, const oc_ref_time *t, const double in[7])
{
    const double part = oc_ref_drift(arith, t->third, in[0], in[1]);
    const double drifted = oc_ref_drift(arith, t->two_thirds, part, in[2]);
    const double moved = oc_ref_add(arith, drifted, oc_ref_noise(arith, t->root, in[4], in[5]));
    const double change = oc_ref_sub(arith, in[3], in[4]);
    return oc_ref_add(arith, moved, oc_ref_mul(arith, change, mixed(arith, t, in[5], in[6])));
}
