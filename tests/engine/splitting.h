/* SPDX-License-Identifier: GPL-3.0-or-later
 * The backward equation of a limit in (theta, u) or (theta, m, u) by Strang's splitting into flows that are
 * solved exactly, and Richardson's extrapolation of the time step. */
#ifndef OPTCERT_SPLITTING_H
#define OPTCERT_SPLITTING_H
#include "grid.h"
#include "order2.h"
#include "study.h"

/* At the study's start, for each test function phi and w = E phi(X_T | X_t): E phi, dw/dtheta, and the integrals over t
 * of E R w and of E L_1 w (order2.h; L_1 that of SGD, and with second_order). */
typedef struct optcert_split {
    double value[OPTCERT_PHI_MAX], slope[OPTCERT_PHI_MAX], defect[OPTCERT_PHI_MAX], part[OPTCERT_PHI_MAX];
    double change; /* the extrapolation's last change of a value relative to 1 + |value| (of an integral: 1e-4
                      of it) */
} optcert_split;

/* h is that of SGD's limit; 0 leaves its part of order h out. Refines the time step until `change` is at most
 * `tolerance`, or steps run out. False when memory is short.
 */
bool optcert_splitting_solve(const optcert_study *study, optcert_grid *grid, optcert_order2 *order2, double h,
                             double duration, bool integrals, double tolerance, optcert_split *out);

#endif
