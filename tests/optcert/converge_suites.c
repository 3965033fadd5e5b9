/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of suites. */
#include "converge_suite.h"
#include "settings.h"

const optcert_converge_suite optcert_converge_suites[] = {
    {"limit", "an optimizer against its SDE: weak order 1 and the leading coefficient",
     optcert_converge_limit, optcert_settings_control_name},
    {"order2", "the same against the equation with every correction of order h that Ito allows",
     optcert_converge_order2, optcert_settings_control_name},
    {"scaling", "runs at batches kappa times as large under the scaling rule, compared at equal continuous time",
     optcert_converge_scaling, optcert_converge_scaling_control},
    {"svag", "SVAG(l) against the SDE that it simulates: error O(1/l^2)", optcert_converge_svag,
     optcert_converge_svag_control},
    {"integrator", "weak and strong orders of the integrators on equations with exact solutions",
     optcert_converge_integrator, optcert_converge_integrator_control},
    {NULL, NULL, NULL, NULL},
};
