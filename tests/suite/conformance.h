/* SPDX-License-Identifier: GPL-3.0-or-later
 * Conformance of a build to a dialect: every step it takes, over a table of cases, against the true
 * reference within what honest rounding allows (allowance.h), and against the bit-exact reference.
 *
 * Claims: conformance.calls        calls that failed (a crash, a hang, a refusal, a stray write, ...)
 *         conformance.theta.ulp    error of the parameters, conformance.SLOT.ulp of a state slot that the
 *                                  build exposes. Measured and threshold are those of the element whose
 *                                  error is the largest part of its allowance, in ulps of the true value.
 *         conformance.bits         values that differ from the bit-exact reference; claimed only of
 *                                  builds that must be bit-exact, else an observation.
 * Observations: conformance.bits, and conformance.unchecked: elements whose allowance was unbounded. */
#ifndef OPTCERT_CONFORMANCE_H
#define OPTCERT_CONFORMANCE_H
#include "build_handle.h"
#include "claims.h"
#include "dialect.h"

typedef struct optcert_conformance {
    optcert_build_handle *build;
    const oc_ref_dialect *dialect;
    uint64_t seed;
    uint32_t rounds; /* > 0: all cases with all hyper-parameters, this often, each with fresh numbers */
                     /* 0: each case once, with hyper-parameters drawn by lot: for calibration */
    bool exact;      /* whether the build must be bit-exact */
    void (*progress)(void *context, uint64_t done, uint64_t total); /* may be NULL */
    void *context;
} optcert_conformance;

/* Adds the claims. False when the harness itself fails (memory, processes). */
bool optcert_conformance_run(const optcert_conformance *job, optcert_claims *claims,
                             optcert_claims *observations);

#endif
