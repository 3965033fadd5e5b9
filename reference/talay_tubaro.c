/* SPDX-License-Identifier: GPL-3.0-or-later
 * Talay-Tubaro extrapolation. */
#include "schemes.h"

double oc_ref_talay_tubaro(oc_ref_arith *arith, const double in[2])
{
    return oc_ref_sub(arith, oc_ref_add(arith, in[0], in[0]), in[1]);
}
