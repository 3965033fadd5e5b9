/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of suites. */
#include "converge_suite.h"

const optcert_converge_suite optcert_converge_suites[] = {
    {"limit", "an optimizer against its SDE: weak order 1 and the leading coefficient",
     optcert_converge_limit},
    {"order2", "the same against the equation with every correction of order h that Ito allows",
     optcert_converge_order2},
    {"scaling", "runs at batches kappa times as large under the scaling rule, compared at equal continuous time",
     optcert_converge_scaling},
    {"svag", "SVAG(l) against the SDE that it simulates: error O(1/l^2)", optcert_converge_svag},
    {"integrator", "weak and strong orders of the integrators on equations with exact solutions",
     optcert_converge_integrator},
    {NULL, NULL, NULL},
};
