/* SPDX-License-Identifier: Apache-2.0
 * 1 - beta^k, the bias correction of Adam, to the last bit or so for every k. */
#ifndef OPTCERT_ONE_MINUS_POW_H
#define OPTCERT_ONE_MINUS_POW_H
#include <stdint.h>

#ifdef __FRAMAC__
#include "one_minus_pow.acsl"
#endif

/* 0 <= beta < 1. 0 when k is 0. */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures bits: Same(\result, OneMinusPow(beta, k)); */
double oc_one_minus_pow(double beta, uint64_t k);

#endif
