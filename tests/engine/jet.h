/* SPDX-License-Identifier: GPL-3.0-or-later
 * Power series in s = sqrt(h), truncated after s^4: what a one-step map looks like for small steps. */
#ifndef OPTCERT_JET_H
#define OPTCERT_JET_H

enum { OPTCERT_JET_ORDER = 4 };

typedef struct optcert_jet {
    double c[OPTCERT_JET_ORDER + 1];
} optcert_jet;

optcert_jet optcert_jet_add(optcert_jet x, optcert_jet y);
optcert_jet optcert_jet_scale(double a, optcert_jet x);
optcert_jet optcert_jet_mul(optcert_jet x, optcert_jet y);
optcert_jet optcert_jet_inverse(optcert_jet x); /* x.c[0] != 0 */
optcert_jet optcert_jet_sqrt(optcert_jet x);    /* x.c[0] > 0 */

#endif
