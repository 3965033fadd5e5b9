/* SPDX-License-Identifier: Apache-2.0
 * 1 - beta^k, the bias correction of Adam, for 0 <= beta < 1 and every k of 64 bits. The same bits on every IEEE 754
 * machine: + - * only, in double-double, by the binary method. Specified in spec/one_minus_pow.acsl, .md.
 * Error: at most (1/2 + 2^-40) ulp (theorem one_minus_pow_ulp); never above 1 (one_minus_pow_le_1); 0 when k = 0.
 * Outside the domain the value is unspecified, and the call still returns. */
#ifndef OPTCERT_ONE_MINUS_POW_H
#define OPTCERT_ONE_MINUS_POW_H
#include <stdint.h>

#ifdef __FRAMAC__
#include "one_minus_pow.acsl"
#endif

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures bits: Same(\result, OneMinusPow(beta, k)); */
double oc_one_minus_pow(double beta, uint64_t k);

#endif
