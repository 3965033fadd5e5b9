/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a build must be whatever it computes.
 *   robustness.determinism  the same steps give the same bits, wherever its arrays lie and however often
 *   robustness.state        a state that is set reads back as the same bits (builds with get and set)
 *   robustness.memory       steps do not use memory up: growth per step in bytes, the least of several
 *                           windows, so that a pool that grows once is no alarm; at most half of the
 *                           smallest block (32 bytes in glibc) that a forgotten allocation per step costs
 * Observation: robustness.split, values that change in bits when a vector is handed over in two parts
 * (vector code and its scalar tail may round otherwise; whether each is right is conformance's matter). */
#ifndef OPTCERT_ROBUSTNESS_H
#define OPTCERT_ROBUSTNESS_H
#include "build_handle.h"
#include "claims.h"
#include "dialect.h"

typedef struct optcert_robustness {
    optcert_build_handle *build;
    const oc_ref_dialect *dialect;
    uint64_t seed;
} optcert_robustness;

/* Adds the claims that the build's calls got far enough for: a build that fails its calls is the
 * conformance suite's matter. False when the harness itself fails (memory, processes). */
bool optcert_robustness_run(const optcert_robustness *job, optcert_claims *claims,
                            optcert_claims *observations);

#endif
