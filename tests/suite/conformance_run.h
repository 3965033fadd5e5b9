/* SPDX-License-Identifier: GPL-3.0-or-later
 * One case with one set of hyper-parameters, against a build. */
#ifndef OPTCERT_CONFORMANCE_RUN_H
#define OPTCERT_CONFORMANCE_RUN_H
#include "conformance.h"
#include "conformance_case.h"
#include "conformance_tally.h"

typedef struct optcert_tallies {
    optcert_call_tally calls;
    optcert_error_tally theta, slot[OC_REF_SLOTS];
    optcert_bits_tally bits;
} optcert_tallies;

/* False when the harness itself fails (memory, processes). A build's failure ends the case and is counted in
 * tallies->calls. */
bool optcert_conformance_case(const optcert_conformance *job, const optcert_case *what,
                              const optcert_hyper_case *hyper, uint32_t stream, optcert_tallies *tallies);

#endif
