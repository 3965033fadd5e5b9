/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times of other libraries, by peers.py. */
#ifndef OPTCERT_BENCH_PEERS_H
#define OPTCERT_BENCH_PEERS_H
#include "results.h"

/* Runs the script, its large arrays on huge pages like ours (arrays.h), with the first python3 that there is, and adds what
 * it prints of results with `only` in their names. A library that is not installed adds nothing. False when memory fails. */
bool bench_peers(const char *script, bool quick, const char *only, bench_results *results);

#endif
