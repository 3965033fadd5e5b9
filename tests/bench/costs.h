/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proofs and suites cost: seconds of the provers by unit, from the ledger proofs/wp, and seconds of the suites that
 * left their JUnit files in the build folder. */
#ifndef OPTCERT_BENCH_COSTS_H
#define OPTCERT_BENCH_COSTS_H
#include <jansson.h>

/* Read in the source tree that is the current folder; empty where there is nothing. Prints the sums. */
json_t *bench_proof_costs(const char *ledger);
json_t *bench_suite_costs(const char *build);

#endif
