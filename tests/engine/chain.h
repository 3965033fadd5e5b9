/* SPDX-License-Identifier: GPL-3.0-or-later
 * E phi(x_N) of the discrete optimizer without sampling noise. */
#ifndef OPTCERT_CHAIN_H
#define OPTCERT_CHAIN_H
#include "frame.h"

/* out[p] = E phi_p(x_N | x_0 = start), by backward recursion w_k = A_h w_{k+1} on grids of this fineness.
 * False when memory is short. */
bool optcert_chain_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                          size_t steps, double *out);

/* The same from m = u = 0 (zero_start.h); optcert_chain_expect calls it there. */
bool optcert_chain_zero_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level, size_t steps, double *out);

#endif
