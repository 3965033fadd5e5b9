/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a build must be whatever it computes.
 *   robustness.determinism  the same steps give the same bits, wherever its arrays lie and however often
 *   robustness.state        a state that is set reads back as the same bits (builds with get and set)
 *   robustness.threads      the same bits whatever number of threads its libraries are told to use
 *   robustness.split        a vector handed over in two parts, to two instances that take turns, moves as the whole
 *                           one does: each is within an allowance of the true step (allowance.h), so they are
 *                           within two of one another
 *   robustness.unread       hyper-parameters that the dialect's formula does not hold change nothing: a build that
 *                           reads them computes the dialect only where they are 0. It may refuse them
 *   robustness.output       a step writes nothing to standard output or error: bytes over all steps of the memory
 *                           claim (loading and creating may say something)
 *   robustness.memory       steps do not use memory up: growth per step in bytes, the least of several
 *                           windows, so that a pool that grows once is no alarm; at most half of the
 *                           smallest block (32 bytes in glibc) that a forgotten allocation per step costs
 * Observation: robustness.split-bits, values that change in bits when a vector is handed over in two parts
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
